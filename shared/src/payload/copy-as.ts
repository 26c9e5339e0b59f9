/** The forms bytes can be copied in: one line each, in the order of the page. */
import { formatBase64 } from './base64.ts';
import { formatHex, hexOf } from './hex.ts';
import { formatDump } from './hexdump.ts';
import { isPrintable } from './printable.ts';
import { decodeUtf8 } from './utf8.ts';

/** `b'caf\xc3\xa9\n'`: what Python's `repr` writes for the bytes. */
export function formatPythonBytes(bytes: Uint8Array): string {
  const quote = bytes.includes(0x27) && !bytes.includes(0x22) ? '"' : "'";
  return `b${quote}${Array.from(bytes, (byte) => pythonByte(byte, quote)).join('')}${quote}`;
}

const pythonEscapes: ReadonlyMap<number, string> = new Map([
  [0x09, String.raw`\t`],
  [0x0a, String.raw`\n`],
  [0x0d, String.raw`\r`],
  [0x5c, '\\\\'],
]);

function pythonByte(byte: number, quote: string): string {
  const escape = pythonEscapes.get(byte);
  if (escape !== undefined) return escape;
  if (!isPrintable(byte)) return String.raw`\x${hexOf(byte)}`;
  const character = String.fromCharCode(byte);
  return character === quote ? `\\${character}` : character;
}

const numbersPerLine = 12;

/** A C definition of the bytes. No bytes still take one element: C has no empty arrays (C17 6.7.6.2). */
function formatCArray(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'const unsigned char data[1] = {0}; /* 0 bytes */\n';
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += numbersPerLine) {
    const part = Array.from(bytes.subarray(at, at + numbersPerLine), (byte) => `0x${hexOf(byte)}`);
    lines.push(`  ${part.join(', ')},\n`);
  }
  return `const unsigned char data[${bytes.length}] = {\n${lines.join('')}};\n`;
}

export const copyForms = {
  hex: (bytes: Uint8Array) => formatHex(bytes),
  text: decodeUtf8,
  base64: formatBase64,
  Python: formatPythonBytes,
  C: formatCArray,
  dump: formatDump,
} as const satisfies Record<string, (bytes: Uint8Array) => string>;

export type CopyForm = keyof typeof copyForms;
