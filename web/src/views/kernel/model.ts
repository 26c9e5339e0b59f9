/** The kernel's view in words: who waits to be accepted. */
import type { SocketTable } from '@socket-playground/shared/events/reduce.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { Glimpse } from '../../store/asked/kernel-sight.svelte.ts';
import { formatCount, nounFor } from '../words.ts';

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
  return `${formatCount(waiting)} of ${formatCount(room)} ${nounFor(waiting, 'waits', 'wait')}`;
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
