/** The kernel's view in words: who waits to be accepted, and what state a socket is in. */
import type { SocketTable } from '@socket-playground/shared/events/reduce.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { KernelSocket, KernelTimer } from '@socket-playground/shared/kernel/view.ts';
import { stateMeanings } from '@socket-playground/shared/kernel/states.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';
import type { Glimpse } from '../../store/kernel-sight.svelte.ts';
import { formatCount, plural } from '../words.ts';

/** Connections that wait to be accepted. */
export interface Queue {
  readonly waiting: number;
  readonly room: number;
}

export function queueOf(glimpse: Glimpse): Queue | null {
  return glimpse.is === 'seen' && glimpse.as.state === 'LISTEN' ? glimpse.as : null;
}

export const hiddenQueue = 'The queue is not visible on this system.';

/** `2 of 3 wait`; null while nothing is known. How many may wait is for whoever fills it to find out. */
export function queueWords(glimpse: Glimpse): string | null {
  if (glimpse.is === 'unavailable') return hiddenQueue;
  const queue = queueOf(glimpse);
  if (queue === null) return null;
  const { waiting, room } = queue;
  if (waiting === 0) return 'none waits';
  return `${formatCount(waiting)} of ${formatCount(room)} ${waiting === 1 ? 'waits' : 'wait'}`;
}

export interface QueueNote {
  readonly queue: Queue | null;
  readonly says: string;
}

/** The same for a card. */
export function queueNote(glimpse: Glimpse): QueueNote {
  const queue = queueOf(glimpse);
  const words = queueWords(glimpse) ?? 'accepts one by one';
  return { queue, says: queue === null ? words : `${words}, sampled` };
}

/** Why there is nobody to accept, as far as is known; null when there may be. */
export function whyNobody(glimpse: Glimpse): string | null {
  return queueOf(glimpse)?.waiting === 0 ? 'Nobody waits.' : null;
}

/** What an accept came to. */
export function acceptedWords(listener: number, { connection }: Readonly<Record<string, unknown>>): string {
  return typeof connection === 'number'
    ? `#${listener} accepted #${connection}.`
    : `Nobody waited at #${listener}.`;
}

const isManual = (socket: SocketState | undefined) =>
  socket?.accept === 'manual' && socket.state !== 'closed';

/** The listener meant by "accept": the selected one, that of the selected connection, or the newest there is. */
export function manualListener(sockets: SocketTable, selected: number | null): number | null {
  const near = selected === null ? undefined : sockets.get(selected);
  const meant = [near, near && sockets.get(near.listener ?? 0), ...[...sockets.values()].reverse()];
  return meant.find(isManual)?.socket ?? null;
}

/** What happens to whoever calls now. */
export function nextCaller({ waiting, room }: Queue): string {
  return waiting < room
    ? 'Whoever connects is through at once and waits in the kernel until it is accepted.'
    : 'The queue is full: the SYN of whoever calls now is not answered, and sent again a second later.';
}

export interface Facts {
  readonly state: string | null;
  /** What the state means, or why there is none. */
  readonly says: string;
  readonly rows: readonly { readonly name: string; readonly value: string }[];
}

const nothing = (says: string): Facts => ({ state: null, says, rows: [] });

function absence({ state, resetBy }: SocketState): string {
  if (state === 'opened' || state === 'bound')
    return 'Not in the kernel’s table: a socket is there once it listens or connects.';
  if (resetBy !== null) return 'Not in the kernel’s table: an RST leaves nothing behind.';
  if (state === 'closed') return 'No longer in the kernel’s table: nothing is left of it.';
  return 'Not in the kernel’s table.';
}

/** What the kernel says of a TCP socket. */
export function kernelFacts(glimpse: Glimpse, socket: SocketState): Facts {
  switch (glimpse.is) {
    case 'unknown':
      return nothing('Not known at the moment.');
    case 'unavailable':
      return nothing(
        glimpse.reason === 'system'
          ? 'Not visible on this system: only Linux shows it.'
          : 'A recording has no kernel: its sockets are long closed.',
      );
    case 'absent':
      return nothing(absence(socket));
    case 'seen':
      return { state: glimpse.as.state, says: stateMeanings[glimpse.as.state], rows: rowsOf(glimpse.as) };
    default:
      return unreachable(glimpse);
  }
}

function rowsOf(seen: KernelSocket): Facts['rows'] {
  if (seen.state === 'LISTEN') {
    const { waiting, room } = seen;
    return [
      { name: 'Waiting', value: `${formatCount(waiting)} to be accepted, at most ${formatCount(room)}` },
    ];
  }
  const { sendQueue, receiveQueue, timer } = seen;
  return [
    { name: 'Send queue', value: `${plural(sendQueue, 'byte')} not acknowledged` },
    { name: 'Receive queue', value: `${plural(receiveQueue, 'byte')} not read` },
    ...(timer === null ? [] : [{ name: 'Timer', value: timerWords(timer) }]),
  ];
}

function timerWords({ kind, seconds }: KernelTimer): string {
  switch (kind) {
    case 'retransmit':
      return `sends again in ${seconds.toFixed(1)} s`;
    case 'probe':
      return `asks the full peer for room in ${seconds.toFixed(1)} s`;
    case 'keep-alive':
      return `asks whether the peer is there in ${Math.ceil(seconds)} s`;
    case 'forget':
      return `forgotten in ${Math.ceil(seconds)} s`;
    default:
      return unreachable(kind);
  }
}
