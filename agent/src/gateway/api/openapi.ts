/** The API document (OpenAPI 3.1), made from the schemas that check requests and from the routes that use them. */
import fastifySwagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema } from 'fastify';
import * as z from 'zod/mini';
import { idOf } from './components.ts';

const isSchema = (value: unknown): value is z.core.$ZodType => value instanceof z.core.$ZodType;

const info = {
  title: 'Socket Playground',
  description:
    'Drive real TCP and UDP sockets and read what they do. Every route but /healthz asks for the token of this run: ' +
    '`Authorization: Bearer <token>`. Every refusal has the same body: `{"ok":false,"problem":{…}}`.',
};

/** Collects every route registered after this. */
export async function documentApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { ...info, version },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
    transform: ({ schema, url }) => ({ schema: documented(schema), url }),
  });
}

/** A route's schema with JSON Schema in the place of Zod's. */
function documented(schema: FastifySchema | undefined): FastifySchema {
  return Object.fromEntries(Object.entries(schema ?? {}).map(([part, value]) => [part, converted(value)]));
}

/** Components are referred to; whatever else there is, is spelled out where it stands. */
function converted(value: unknown): unknown {
  if (isSchema(value))
    return referenceOr(value, () => z.toJSONSchema(value, { io: 'input', unrepresentable: 'any' }));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, converted(inner)]));
}

function referenceOr(schema: z.core.$ZodType, spellOut: () => object): object {
  const id = idOf(schema);
  return id === null ? spellOut() : { $ref: `#/components/schemas/${id}` };
}
