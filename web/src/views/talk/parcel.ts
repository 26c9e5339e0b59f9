/** What goes with one press of Send: a message and what is put behind it, or a file as it is. */
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { CommandOf } from '@socket-playground/shared/commands/verbs.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { limits } from '../../store/limits.ts';
import type { RunCommand } from '../../store/store.svelte.ts';
import { sendCommand } from './sending.ts';

/** A file whose bytes are sent in place of a message. They stay where they are until then. */
export interface Attached {
  readonly name: string;
  /** Its first bytes, to be shown. */
  readonly head: Uint8Array;
  readonly file: Blob;
}

export interface Parcel {
  readonly socket: number;
  /** Null where the socket has its peer. */
  readonly to: Address | null;
  readonly bytes: Blob | Uint8Array;
}

export const sizeOf = ({ bytes }: Parcel): number => (bytes instanceof Blob ? bytes.size : bytes.length);

const unreadable: Problem = {
  code: 'file-unreadable',
  message: 'The browser can no longer read this file.',
  hint: 'It was moved or changed since it was chosen: choose it again.',
};

/** Whether it goes on, and who hears how many bytes the agent has, and how many wait there for the peer. */
interface Watch {
  readonly goesOn: () => boolean;
  readonly onpiece: (bytes: number, waiting: number) => void;
}

/**
 * Hands it over, on a stream as one `send` after the other, until it is whole, stopped, or refused. Answers why it was
 * refused, or null. No bytes at all are one piece: an empty datagram.
 */
export async function deliver(
  run: RunCommand,
  parcel: Parcel,
  { goesOn, onpiece }: Watch,
): Promise<Problem | null> {
  const size = sizeOf(parcel);
  let from = 0;
  do {
    const to = Math.min(size, from + limits.sendPieceBytes);
    const command = await commandOf(parcel, from, to);
    if (command === null) return unreadable;
    const outcome = await run(command);
    if (!outcome.ok) return outcome.problem;
    from = to;
    const { queued } = outcome.result;
    onpiece(from, typeof queued === 'number' ? queued : 0);
  } while (from < size && goesOn());
  return null;
}

/** The command for its bytes from `from` to `to` (not included); null when they cannot be read. */
async function commandOf(
  { socket, bytes, to: address }: Parcel,
  from: number,
  to: number,
): Promise<CommandOf<'send'> | CommandOf<'sendto'> | null> {
  try {
    const piece =
      bytes instanceof Blob
        ? new Uint8Array(await bytes.slice(from, to).arrayBuffer())
        : bytes.subarray(from, to);
    return sendCommand(socket, piece, address);
  } catch {
    return null;
  }
}
