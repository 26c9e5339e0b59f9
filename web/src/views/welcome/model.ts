/** One click to a server that answers: on its usual address, or on any free port when that is taken. */
import type { CommandOf } from '@socket-playground/shared/commands/verbs.ts';
import type { Opened } from '../open/steps.ts';
import type { RunCommand } from '../../store/store.svelte.ts';

export const usualAddress = { host: '127.0.0.1', port: 8888 } as const;
const anyPort = 0;

const serveEcho = (port: number): CommandOf<'serve'> => ({
  type: 'serve',
  socketType: 'stream',
  host: usualAddress.host,
  port,
  behaviour: { name: 'echo' },
});

/** The card and the stage of the new socket say which address it got. */
export async function openEcho(run: RunCommand): Promise<Opened> {
  const { open } = await import('../open/steps.ts');
  const extras = { broadcast: false, group: '', joinOn: '' };
  const usual = await open(run, serveEcho(usualAddress.port), extras, null);
  if (usual.ok || usual.problem.code !== 'EADDRINUSE') return usual;
  return open(run, serveEcho(anyPort), extras, null);
}
