/** What a socket is called and what state it is in, in the words and shapes of the whole page. */
import type { SocketTable } from '@socket-playground/shared/events/reduce.ts';
import type { Failure, SocketState } from '@socket-playground/shared/events/state.ts';
import { sendQueueBytes } from '@socket-playground/shared/limits.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';
import { drawn } from '../drawn.ts';
import { formatSize } from '../words.ts';
import { serverOf, waitsFor } from './who.ts';
import type { Who } from './who.ts';

export type Glyph =
  | 'opened'
  | 'bound'
  | 'listening'
  | 'connecting'
  | 'connected'
  | 'half'
  | 'paused'
  | 'blocked'
  | 'reset'
  | 'failed'
  | 'closed';

export interface Condition {
  readonly glyph: Glyph;
  readonly word: string;
  /** What that means, where the word alone does not say it. */
  readonly why: string | null;
  readonly trouble: boolean;
  /** The kernel's or our own code for it. */
  readonly code: string | null;
  /** How full what is filling is, 0 to 1. */
  readonly fill: number | null;
}

const calm = (glyph: Glyph, word: string, why: string | null = null): Condition => ({
  glyph,
  word,
  why,
  trouble: false,
  code: null,
  fill: null,
});

const bad = (glyph: Glyph, word: string, why: string): Condition => ({
  ...calm(glyph, word, why),
  trouble: true,
});

/** A meter that shows something is seen. */
const leastFill = 0.04;

const failureWords: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'refused'],
  ['ETIMEDOUT', 'timed out'],
  ['ENOTFOUND', 'not found'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['EADDRINUSE', 'port taken'],
]);

/** A failure that kept the socket from ever working; later ones do not end it. */
function fatalFailure({ lastFailure, role, local, state }: SocketState): Failure | null {
  if (lastFailure === null || state !== 'closed') return null;
  const neverWorked = role === 'none' || (role === 'datagram' && local === null);
  return neverWorked || lastFailure.during === 'connect' || lastFailure.during === 'bind'
    ? lastFailure
    : null;
}

/** What an RST of ours means for the other end: one that has had a FIN learns of it only when it sends. */
function resetWhy(peer: SocketState | null): string {
  if (peer?.state === 'half-closed')
    return `This side sent RST: #${peer.socket} gets ECONNRESET at its next send.`;
  return 'This side sent RST: the other end gets ECONNRESET when it reads or sends next.';
}

function afterwards(socket: SocketState, peer: SocketState | null): Condition {
  const failure = fatalFailure(socket);
  if (failure) {
    const word = failureWords.get(failure.code) ?? 'failed';
    return { ...bad('failed', word, drawn(failure.message)), code: drawn(failure.code) };
  }
  if (socket.resetBy === null) return calm('closed', 'closed');
  const why = socket.resetBy === 'remote' ? 'ECONNRESET: the other side sent RST.' : resetWhy(peer);
  return bad('reset', 'reset', why);
}

/** `peer`: the other end, where it is ours. After a FIN nothing is read that could tell of an RST: the peer knows. */
function halfClosed({ endedByLocal, endedByRemote }: SocketState, peer: SocketState | null): Condition {
  if (peer?.resetBy === 'local') {
    return calm(
      'half',
      'half-closed',
      `#${peer.socket} has reset it; the kernel tells this end at its next send.`,
    );
  }
  if (endedByLocal && endedByRemote) return calm('half', 'closing', 'FIN sent and received.');
  const why = endedByRemote
    ? 'FIN received. This side may still send.'
    : 'FIN sent. This side may still receive.';
  return calm('half', 'half-closed', why);
}

/** The other end, when it is a socket of ours. */
export function peerOf({ socket }: SocketState, sockets: SocketTable, who: Who): SocketState | null {
  const peer = who.peerOf(socket);
  return (peer === null ? null : sockets.get(peer)) ?? null;
}

export function conditionOf(socket: SocketState, peer: SocketState | null = null): Condition {
  if (socket.state === 'closed') return afterwards(socket, peer);
  if (socket.blocked) {
    const fill = Math.min(1, Math.max(leastFill, socket.queued / sendQueueBytes));
    // It is told when it began: what was sent since waits too.
    return { ...bad('blocked', 'blocked', `At least ${formatSize(socket.queued)} wait for the peer`), fill };
  }
  if (socket.paused) return calm('paused', 'paused', 'Not reading. Bytes wait in the kernel.');
  switch (socket.state) {
    case 'half-closed':
      return halfClosed(socket, peer);
    case 'opened':
    case 'bound':
    case 'listening':
    case 'connecting':
    case 'connected':
      return calm(socket.state, socket.state);
    default:
      return unreachable(socket.state);
  }
}

const triedToServe = ({ lastFailure }: SocketState): boolean =>
  lastFailure?.during === 'bind' || lastFailure?.during === 'listen';

export interface Name {
  /** Reads first. */
  readonly main: string;
  /** Reads second, may be empty. */
  readonly rest: string;
}

function roleName(socket: SocketState, sockets: SocketTable, who: Who): Name {
  if (socket.listener !== null) {
    const other = who.peerOf(socket.socket);
    return { main: other === null ? 'from outside' : `from #${other}`, rest: '' };
  }
  if (socket.role === 'listener') return { main: socket.behaviour.name, rest: 'server' };
  const side = who.sideOf(socket.socket);
  if (side === null) return { main: triedToServe(socket) ? 'server' : 'socket', rest: '' };
  if (side === 'server') return { main: socket.behaviour.name, rest: 'server' };
  const server = serverOf(socket, sockets, who);
  if (server !== null) return { main: 'client', rest: `of #${server}` };
  const queue = waitsFor(socket, sockets, who);
  return { main: 'client', rest: queue === null ? '' : `waits at #${queue}` };
}

/** "echo server", "from #2", "from outside", "client of #1", "client waits at #1"; a label of its own, safe to show, comes first. */
export function nameOf(socket: SocketState, sockets: SocketTable, who: Who): Name {
  const name = roleName(socket, sockets, who);
  if (socket.label === null || socket.label === '') return name;
  // Who calls an echo server "echo" says nothing new.
  const rest = socket.label === name.main ? name.rest : `${name.main} ${name.rest}`.trimEnd();
  return { main: drawn(socket.label), rest };
}

export const protocolOf = ({ socketType }: Pick<SocketState, 'socketType'>): 'TCP' | 'UDP' =>
  socketType === 'stream' ? 'TCP' : 'UDP';
