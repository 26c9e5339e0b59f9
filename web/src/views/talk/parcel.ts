/** What goes with one press of Send: a message and what is put behind it, or a file as it is. */
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { CommandOf } from '@socket-playground/shared/commands/verbs.ts';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import { sendQueueBytes } from '@socket-playground/shared/limits.ts';
import type { RunCommand } from '../../store/store.svelte.ts';
import { sendCommand } from './sending.ts';

/** A file whose bytes are sent in place of a message. */
export interface Attached {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** More could not wait in the agent for a peer that does not read. */
export const fileBytesMost = sendQueueBytes;

/** One request holds no more: its bytes are in base64 there, within 1 MiB. */
export const pieceBytes = 512 * 1024;

type SendCommand = CommandOf<'send'> | CommandOf<'sendto'>;

/** The bytes for one socket, where they go, and whether they must stay together. */
export interface Parcel {
  readonly socket: number;
  readonly bytes: Uint8Array;
  /** Null where the socket has its peer. */
  readonly to: Address | null;
}

/** A stream takes many bytes as one `send` after the other; no bytes at all are an empty datagram. */
export function* commandsFor({ socket, bytes, to }: Parcel): Generator<SendCommand> {
  let from = 0;
  do {
    yield sendCommand(socket, bytes.subarray(from, from + pieceBytes), to);
    from += pieceBytes;
  } while (from < bytes.length);
}

/** Hands it over piece by piece, up to the first that is refused; `onpiece` is told how many bytes the agent has so far. */
export async function deliver(
  run: RunCommand,
  parcel: Parcel,
  onpiece: (bytes: number) => void,
): Promise<Outcome> {
  let outcome: Outcome = { ok: true, result: {} };
  let handed = 0;
  for (const command of commandsFor(parcel)) {
    outcome = await run(command);
    if (!outcome.ok) return outcome;
    handed = Math.min(handed + pieceBytes, parcel.bytes.length);
    onpiece(handed);
  }
  return outcome;
}
