/** What selected bytes are, and what a payload looks like, where that is plainly true. */
import { formatHex } from '@socket-playground/shared/payload/hex.ts';
import { decodeUtf8Strictly } from '@socket-playground/shared/payload/utf8.ts';
import { hasUnsafe } from '@socket-playground/shared/payload/visible.ts';
import { plural } from '../words.ts';

/** Bytes from `start` up to and without `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Selected {
  readonly hex: string;
  readonly place: string;
  /** UTF-8 “é” U+00E9; null when it is not one character. */
  readonly character: string | null;
  readonly integers: readonly { readonly name: string; readonly value: string }[];
}

const mostHexBytes = 8;
const longestCharacter = 4;

export function selectedFacts(data: Uint8Array, { start, end }: Range): Selected {
  const bytes = data.subarray(start, end);
  const hex = formatHex(bytes.subarray(0, mostHexBytes)) + (bytes.length > mostHexBytes ? ' …' : '');
  const size = plural(bytes.length, 'byte');
  return { hex, place: `at ${start}, ${size}`, character: characterOf(bytes), integers: integersOf(bytes) };
}

function characterOf(bytes: Uint8Array): string | null {
  if (bytes.length > longestCharacter) return null;
  const text = decodeUtf8Strictly(bytes);
  const code = text?.codePointAt(0);
  if (text === null || code === undefined || String.fromCodePoint(code) !== text) return null;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return hasUnsafe(text) ? name : `UTF-8 “${text}” ${name}`;
}

/** Unsigned and signed, in both byte orders; one value where they agree. */
function integersOf(bytes: Uint8Array): { name: string; value: string }[] {
  const bits = bytes.length * 8;
  if (![8, 16, 32, 64].includes(bits)) return [];
  const little = bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
  const big = bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  if (bits === 8) return [{ name: 'integer', value: bothSigns(big, bits) }];
  return [
    { name: 'little endian', value: bothSigns(little, bits) },
    { name: 'big endian', value: bothSigns(big, bits) },
  ];
}

function bothSigns(value: bigint, bits: number): string {
  const signed = BigInt.asIntN(bits, value);
  return signed === value ? String(value) : `${value} or ${signed}`;
}

/** Longer payloads are not looked through. */
const mostBytes = 64 * 1024;
const oneLineOfJson = /^\s*[[{].*[\]}]\s*$/s;

/** What the whole payload is, or null when nothing plain can be said. */
export function looksLike(data: Uint8Array): string | null {
  if (data.length === 0 || data.length > mostBytes) return null;
  const text = decodeUtf8Strictly(data);
  if (text === null || hasUnsafe(text.replaceAll(/[\r\n\t]/g, ''))) return null;
  const lines = text.split(/\r?\n/).length - (text.endsWith('\n') ? 1 : 0);
  const what = isJson(text) ? 'JSON' : firstLine(text);
  const amount = lines === 1 ? 'one line of' : `${plural(lines, 'line')} of`;
  const encoding = /^[\0-\x7f]*$/.test(text) ? 'ASCII' : 'UTF-8';
  return `${amount} ${what}, ${encoding}, ${ending(text)}`;
}

function isJson(text: string): boolean {
  if (!oneLineOfJson.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function firstLine(text: string): string {
  if (/^[A-Z]+ \S+ HTTP\/1\.[01]\r?\n/.test(text)) return 'text that begins as an HTTP request';
  if (/^HTTP\/1\.[01] \d{3}/.test(text)) return 'text that begins as an HTTP response';
  return 'text';
}

function ending(text: string): string {
  if (text.endsWith('\r\n')) return 'ends with CR LF';
  return text.endsWith('\n') ? 'ends with LF' : 'without a line end';
}
