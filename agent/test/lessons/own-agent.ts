/** An agent of one lesson's own, in this process: a lesson sees every event of its agent, so it shares it with nobody. */
import { pino } from 'pino';
import { buildApp } from '../../src/app.ts';
import { startEpoch } from '../../src/cli/epoch.ts';
import { createPlayground } from '../../src/create-playground.ts';
import type { AgentAccess } from './agent-log.ts';

export interface OwnAgent extends AgentAccess {
  /** What went wrong in it so far. */
  readonly bugs: readonly unknown[];
  stop(): Promise<void>;
}

const token = 'a-token-that-only-the-tests-know-0123456789';

export async function startOwnAgent({ expose = false } = {}): Promise<OwnAgent> {
  const bugs: unknown[] = [];
  const onBug = (error: unknown) => bugs.push(error);
  const playground = createPlayground({ ...startEpoch(), allow: [], expose, onBug });
  const app = await buildApp({
    ...{ playground, token, version: '1.2.3', pageRoot: null, extraOrigins: [], expose },
    log: pino({ level: 'silent' }),
  });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  const stop = async () => {
    await app.close();
    await playground.shutdown();
  };
  return { origin, token, bugs, stop };
}
