/**
 * Messages that a program may have put into a stream: lines, a length before each, or a fixed size.
 * The stream itself knows none of this; a framing is an overlay that a person tries.
 */
import { unreachable } from '../unreachable.ts';
import type { ByteRange } from './join.ts';
import { streamLimits } from './limits.ts';

export type Framing =
  | { readonly is: 'lines' }
  | { readonly is: 'length'; readonly bytes: 2 | 4; readonly littleEndian: boolean }
  | { readonly is: 'fixed'; readonly bytes: number };

/** `to` is not included. A prefix belongs to its message. */
export interface Message extends ByteRange {
  readonly state: MessageState;
}

/**
 * - `incomplete`: the last one; `wanted` is its size with its prefix, where that is known.
 * - `absurd`: its prefix says `length`, more than any message has. It takes all that follows.
 * - `uncut`: more messages than are cut. It takes all that follows.
 */
export type MessageState =
  | { readonly is: 'whole' }
  | { readonly is: 'incomplete'; readonly wanted: number | null }
  | { readonly is: 'absurd'; readonly length: number }
  | { readonly is: 'uncut' };

const whole: MessageState = { is: 'whole' };

/** Messages in the order of the bytes; together they are all of the bytes. */
export function messagesOf(framing: Framing, bytes: Uint8Array, most = streamLimits.messages): Message[] {
  const next = cutterOf(framing, bytes);
  const messages: Message[] = [];
  for (let from = 0; from < bytes.length;) {
    const { to, state } =
      messages.length < most ? next(from) : { to: bytes.length, state: { is: 'uncut' } as const };
    messages.push({ from, to, state });
    from = to;
  }
  return messages;
}

type Cut = Pick<Message, 'to' | 'state'>;

/** Where the message that begins at `from` ends: always behind it. */
function cutterOf(framing: Framing, bytes: Uint8Array): (from: number) => Cut {
  switch (framing.is) {
    case 'lines':
      return (from) => line(bytes, from);
    case 'length':
      return (from) => prefixed(bytes, from, framing);
    case 'fixed':
      return (from) => sized(bytes, from, Math.max(1, Math.floor(framing.bytes)));
    default:
      return unreachable(framing);
  }
}

const newline = 0x0a;

function line(bytes: Uint8Array, from: number): Cut {
  const at = bytes.indexOf(newline, from);
  return at < 0
    ? { to: bytes.length, state: { is: 'incomplete', wanted: null } }
    : { to: at + 1, state: whole };
}

function prefixed(bytes: Uint8Array, from: number, framing: Extract<Framing, { is: 'length' }>): Cut {
  if (bytes.length - from < framing.bytes)
    return { to: bytes.length, state: { is: 'incomplete', wanted: null } };
  const view = new DataView(bytes.buffer, bytes.byteOffset + from, framing.bytes);
  const length =
    framing.bytes === 2 ? view.getUint16(0, framing.littleEndian) : view.getUint32(0, framing.littleEndian);
  if (length > streamLimits.messageBytes) return { to: bytes.length, state: { is: 'absurd', length } };
  return sized(bytes, from, framing.bytes + length);
}

function sized(bytes: Uint8Array, from: number, size: number): Cut {
  return from + size <= bytes.length
    ? { to: from + size, state: whole }
    : { to: bytes.length, state: { is: 'incomplete', wanted: size } };
}
