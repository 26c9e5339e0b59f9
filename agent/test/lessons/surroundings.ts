/** A real agent for one test, as someone who takes a lesson on it has it. */
import { hostname, platform } from 'node:os';
import { expect, onTestFinished } from 'vitest';
import { startEpoch } from '../../src/cli/epoch.ts';
import { createPlayground } from '../../src/create-playground.ts';
import { startAgentWith, token } from '../agent.ts';
import { AgentLog } from './agent-log.ts';
import type { Surroundings } from './learner.ts';

/** Whatever a machine may lack is lacking: steps that need it are predicted. */
export async function surroundings(Log = AgentLog): Promise<Surroundings> {
  const onBug = (error: unknown) => expect.fail(String(error));
  const playground = createPlayground({ ...startEpoch(), allow: [], expose: false, onBug });
  onTestFinished(() => playground.shutdown());
  const { origin } = await startAgentWith(playground);
  const log = new Log({ origin, token });
  await log.open();
  onTestFinished(() => log.close());
  return { log, machine: { name: hostname(), platform: platform() }, can: [], random: Math.random };
}
