/** Bytes as a command carries them: text (UTF-8), hex or base64. */
import * as z from 'zod/mini';
import { expects } from '../schema.ts';
import { parseBase64 } from './base64.ts';
import { parseHex } from './hex.ts';
import type { Parsed } from './parsed.ts';
import { parseUtf8 } from './utf8.ts';

/** A string the parser takes; what the parser says is wrong becomes the issue's message. */
const readBy = (parse: (text: string) => Parsed) =>
  z.string(expects('a string')).check((payload) => {
    const read = parse(payload.value);
    if (!read.ok)
      payload.issues.push({ code: 'custom', message: read.wrong, input: payload.value, continue: true });
  });

const text = z.strictObject({ text: readBy(parseUtf8) });
const hex = z.strictObject({ hex: readBy(parseHex) });
const base64 = z.strictObject({ base64: readBy(parseBase64) });

export const payload = z.union(
  [text, hex, base64],
  expects('exactly one of {"text":"…"}, {"hex":"…"} and {"base64":"…"}'),
);
export type Payload = z.infer<typeof payload>;

function readPayload(value: Payload): Parsed {
  if ('text' in value) return parseUtf8(value.text);
  return 'hex' in value ? parseHex(value.hex) : parseBase64(value.base64);
}

/** The bytes of a payload that the schema has let through. */
export function bytesOf(value: Payload): Uint8Array {
  const read = readPayload(value);
  if (!read.ok) throw new TypeError('A payload must be checked by its schema first.');
  return read.bytes;
}
