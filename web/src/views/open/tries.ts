/** After a failure: who is in the way, and what to try with one click. */
import type { SocketTable } from '@socket-playground/shared/events/reduce.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { waitsAt } from '../sockets/who.ts';
import { openServerThere } from '../words.ts';
import type { OpenCommand } from './model.ts';

/** The open socket of ours that stands where the command wants to bind. */
export function holderOf(command: OpenCommand, sockets: SocketTable): SocketState | null {
  const wanted = { host: command.host === 'localhost' ? '127.0.0.1' : command.host, port: command.port };
  for (const socket of sockets.values()) {
    if (socket.socketType !== command.socketType || socket.state === 'closed' || socket.listener !== null)
      continue;
    const { local } = socket;
    if (local && socket.remote === null && (waitsAt(local, wanted) || waitsAt(wanted, local))) return socket;
  }
  return null;
}

export type Try =
  | { readonly kind: 'set'; readonly label: string; readonly entries: Readonly<Record<string, string>> }
  | { readonly kind: 'close'; readonly label: string; readonly socket: number }
  | { readonly kind: 'serve'; readonly label: string };

const anyFreePort: Try = { kind: 'set', label: 'Use any free port', entries: { port: '0' } };
const useLoopback: Try = { kind: 'set', label: 'Use 127.0.0.1', entries: { host: '127.0.0.1' } };
const firstOrdinaryPort = 1024;

/** What one click could do about a problem. */
export function triesFor(
  { code }: Problem,
  command: OpenCommand,
  holder: SocketState | null,
): readonly Try[] {
  const isServer = command.type === 'serve';
  switch (code) {
    case 'EADDRINUSE':
      return holder === null
        ? [anyFreePort]
        : [anyFreePort, { kind: 'close', label: `Close #${holder.socket}`, socket: holder.socket }];
    case 'EACCES':
      return isServer && command.port < firstOrdinaryPort
        ? [{ kind: 'set', label: 'Use port 8080', entries: { port: '8080' } }, anyFreePort]
        : [];
    case 'EADDRNOTAVAIL':
    case 'policy-listen':
      return isServer ? [useLoopback] : [];
    case 'policy-self':
      return isServer ? [anyFreePort] : [];
    case 'ECONNREFUSED':
      return isServer ? [] : [{ kind: 'serve', label: openServerThere }];
    default:
      return [];
  }
}
