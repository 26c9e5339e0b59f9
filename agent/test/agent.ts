/** An agent on port 0 for one test, closed when the test ends. */
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import { buildApp } from '../src/app.ts';
import type { AppDeps } from '../src/app.ts';
import type { Playground } from '../src/playground.ts';
import { PlaygroundDouble } from './double.ts';

export const token = 'a-token-that-only-the-tests-know-0123456789';
const bearer = { authorization: `Bearer ${token}` };

export interface Call extends Omit<RequestInit, 'headers'> {
  readonly headers?: Readonly<Record<string, string>>;
}

/** An agent that listens, whatever its playground. */
export interface RunningAgent {
  readonly app: FastifyInstance;
  readonly port: number;
  readonly host: string;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** A request with the token. */
  get(path: string, init?: Call): Promise<Response>;
  command(body: unknown): Promise<Response>;
}

export interface TestAgent extends RunningAgent {
  readonly playground: PlaygroundDouble;
}

interface Options extends Partial<Omit<AppDeps, 'playground'>> {
  /** The address to listen at. */
  readonly at?: string;
}

export async function startAgentWith(
  playground: Playground,
  { at = '127.0.0.1', ...deps }: Options = {},
): Promise<RunningAgent> {
  const app = await buildApp({
    playground,
    token,
    version: '1.2.3',
    pageRoot: null,
    extraOrigins: [],
    expose: false,
    log: pino({ level: 'silent' }),
    ...deps,
  });
  await app.listen({ host: at, port: 0 });
  onTestFinished(() => app.close());
  const port = portOf(app);
  const host = formatAddress({ host: at, port });
  const origin = `http://${host}`;
  const get = (path: string, init: Call = {}) =>
    fetch(`${origin}${path}`, { ...init, headers: { ...bearer, ...init.headers } });
  const command = (body: unknown) => get('/api/commands', { method: 'POST', body: JSON.stringify(body) });
  return { app, port, host, origin, get, command };
}

export async function startTestAgent({
  playground = new PlaygroundDouble(),
  ...options
}: Options & { playground?: PlaygroundDouble } = {}): Promise<TestAgent> {
  return { ...(await startAgentWith(playground, options)), playground };
}

function portOf({ server }: FastifyInstance): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return address.port;
}
