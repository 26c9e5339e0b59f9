/** One click to a server that answers: on its usual address, or on any free port when that is taken. */
import type { CommandOf } from '@socket-playground/shared/commands/verbs.ts';
import type { Opened } from '../open/steps.ts';
import type { RunCommand } from '../../store/store.svelte.ts';
import { notLoaded } from '../../ui/not-loaded.ts';

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
  const part = await import('../open/steps.ts').catch(() => null);
  if (part === null) return { ok: false, problem: notLoaded, during: null };
  const { open } = part;
  const extras = { broadcast: false, group: '', joinOn: '' };
  const usual = await open(run, serveEcho(usualAddress.port), extras, null);
  if (usual.ok || usual.problem.code !== 'EADDRINUSE') return usual;
  return open(run, serveEcho(anyPort), extras, null);
}
