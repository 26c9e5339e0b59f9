/** The kernel's view in words: what state a socket is in. Apart from who waits, which the first screen tells. */
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { KernelSocket, KernelTimer } from '@socket-playground/shared/kernel/view.ts';
import { stateMeanings } from '@socket-playground/shared/kernel/states.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';
import type { Glimpse } from '../../store/asked/kernel-sight.svelte.ts';
import { formatCount, plural } from '../words.ts';

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
