/** What is being written: text with escapes or hex, and the bytes it stands for. */
import { formatEscapes, parseEscapes } from '@socket-playground/shared/payload/escapes.ts';
import { formatHex, parseHex } from '@socket-playground/shared/payload/hex.ts';
import type { Parsed } from '@socket-playground/shared/payload/parsed.ts';
import type { Ending, Notation } from '../../store/kept/written.ts';

export interface Draft {
  readonly mode: Notation;
  readonly text: string;
}

/** The longest text of a message; enough for the largest datagram (65,507 bytes) in hex. */
export const draftCharsMost = 200_000;

const endings: Readonly<Record<Ending, Uint8Array>> = {
  none: new Uint8Array(),
  lf: Uint8Array.of(0x0a),
  crlf: Uint8Array.of(0x0d, 0x0a),
};

/** The bytes a draft stands for, without its ending, or what is wrong with it and where. */
export const bytesOfDraft = ({ mode, text }: Draft): Parsed =>
  mode === 'text' ? parseEscapes(text) : parseHex(text);

export function withEnding(bytes: Uint8Array, ending: Ending): Uint8Array {
  const tail = endings[ending];
  const whole = new Uint8Array(bytes.length + tail.length);
  whole.set(bytes);
  whole.set(tail, bytes.length);
  return whole;
}

/** The same bytes in the other notation; null when the draft has no bytes yet because something in it is wrong. */
export function convertDraft(draft: Draft, mode: Notation): Draft | null {
  if (draft.mode === mode) return draft;
  const parsed = bytesOfDraft(draft);
  if (!parsed.ok) return null;
  return { mode, text: mode === 'hex' ? formatHex(parsed.bytes) : formatEscapes(parsed.bytes) };
}

/** What a paste puts into a single line: its line ends become escapes, or spaces between hex digits. */
export function pastedText(pasted: string, mode: Notation): string {
  if (mode === 'hex') return pasted.replaceAll(/\s+/g, ' ');
  return pasted.replaceAll('\r', String.raw`\r`).replaceAll('\n', String.raw`\n`);
}

export interface Insertion {
  readonly text: string;
  readonly caret: number;
  /** Characters that did not fit. */
  readonly lost: number;
}

/** Puts `added` in place of the selection, as much of it as `draftCharsMost` allows. */
export function insertInto(text: string, start: number, end: number, added: string): Insertion {
  const room = draftCharsMost - (text.length - (end - start));
  const fitting = added.slice(0, Math.max(room, 0));
  return {
    text: text.slice(0, start) + fitting + text.slice(end),
    caret: start + fitting.length,
    lost: added.length - fitting.length,
  };
}

export interface Preview {
  readonly body: string;
  readonly tail: string;
  readonly size: number;
}

export const previewBytes = 32;

/** The bytes about to be sent, as hex: the message, of which the first may be enough, and what is appended to it. */
export function previewOf(bytes: Uint8Array, ending: Ending, size = bytes.length): Preview {
  const body = formatHex(bytes.subarray(0, previewBytes)) + (size > previewBytes ? ' …' : '');
  return { body, tail: formatHex(endings[ending]), size: size + endings[ending].length };
}
