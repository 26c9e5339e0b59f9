/** A real agent process, and what a test may ask of it beside the page. */
import { verbs } from '@socket-playground/shared/commands/verbs.ts';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import { outcome } from '@socket-playground/shared/wire/messages.ts';
import { inRoot } from '../scripts/lib/root.mjs';
import { startAgent } from '../scripts/lib/agent-process.mjs';
import type { AgentProcess } from '../scripts/lib/agent-process.mjs';

export interface Agent extends AgentProcess {
  /** What a command came to; throws its problem when it was refused. */
  readonly run: (command: Command) => Promise<Readonly<Record<string, unknown>>>;
  /** Opens a server on any free port. */
  readonly serve: (server?: Partial<Server>) => Promise<Opened>;
  /** Connects a client of the agent's own. */
  readonly dial: (port: number, client?: Partial<Client>) => Promise<number>;
}

interface Server {
  readonly socketType: 'stream' | 'dgram';
  readonly behaviour: 'none' | 'echo' | 'ok' | 'discard' | 'reset' | 'collect';
  readonly label: string;
  readonly accept: 'manual';
  readonly backlog: number;
}
type Client = Pick<Server, 'socketType' | 'label'>;

interface Opened {
  readonly socket: number;
  readonly port: number;
}

interface Start {
  /** The folder where sessions are kept; runs may share it. */
  readonly data: string;
  /** 0, the default, means any free one. */
  readonly port?: number;
}

export async function startRealAgent({ data, port = 0 }: Start): Promise<Agent> {
  const cli = inRoot('agent', 'dist', 'cli.mjs');
  const flags = ['--port', String(port), '--data', data, '--no-open', '--json'];
  const agent = await startAgent(process.execPath, [cli, ...flags]);
  const run = (command: Command) => runCommand(agent, command);
  return {
    ...agent,
    run,
    serve: async ({ behaviour = 'echo', ...given } = {}) => {
      const where = { host: '127.0.0.1', port: 0, behaviour: { name: behaviour } };
      const result = await run({ type: 'serve', socketType: 'stream', ...where, ...given });
      const { socket, local } = verbs.serve.result.parse(result);
      return { socket, port: local.port };
    },
    dial: async (to, given = {}) => {
      const where = { host: '127.0.0.1', port: to };
      const result = await run({ type: 'dial', socketType: 'stream', ...where, ...given });
      return verbs.dial.result.parse(result).socket;
    },
  };
}

async function runCommand({ origin, ready }: AgentProcess, command: Command) {
  const response = await fetch(`${origin}/api/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ready.token}` },
    body: JSON.stringify(command),
  });
  const said = outcome.parse(await response.json());
  if (!said.ok) throw new Error(`${command.type}: ${said.problem.code}: ${said.problem.message}`);
  return said.result;
}
