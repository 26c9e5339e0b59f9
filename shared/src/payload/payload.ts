/** Bytes as a command carries them: text (UTF-8), hex or base64. */
import * as z from 'zod/mini';
import { parseBase64 } from './base64.ts';
import { parseHex } from './hex.ts';
import { encodeUtf8, isWellFormed } from './utf8.ts';

const text = z.strictObject({
  text: z.string().check(z.refine(isWellFormed, { error: 'text without lone surrogates' })),
});
const hex = z.strictObject({
  hex: z.string().check(z.refine((value) => parseHex(value) !== null, { error: 'pairs of hex digits' })),
});
const base64 = z.strictObject({
  base64: z
    .string()
    .check(z.refine((value) => parseBase64(value) !== null, { error: 'base64 (RFC 4648 §4)' })),
});

export const payload = z.union([text, hex, base64]);
export type Payload = z.infer<typeof payload>;

/** The bytes of a payload that the schema has let through. */
export function bytesOf(value: Payload): Uint8Array {
  if ('text' in value) return encodeUtf8(value.text);
  const bytes = 'hex' in value ? parseHex(value.hex) : parseBase64(value.base64);
  if (bytes === null) throw new TypeError('A payload must be checked by its schema first.');
  return bytes;
}
