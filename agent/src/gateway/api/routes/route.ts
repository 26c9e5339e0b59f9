import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Playground } from '../../../playground.ts';
import type { Followers } from '../followers.ts';

/** What routes may use. */
export interface RouteDeps {
  readonly playground: Playground;
  readonly followers: Followers;
}

/** Requests and answers are typed by the schemas they are checked with. */
type TypedApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Adds one route of the API. */
export type ApiRoute = (app: TypedApp, deps: RouteDeps) => void;
