/** What follows the header fields: chunks, as many bytes as were announced, or all until the end (RFC 9112 §6). */
import { latin1 } from '../latin1.ts';
import { hexOf, textOf } from '../reading.ts';
import type { Reading } from '../reading.ts';
import { isUtf8Piece } from '../../payload/utf8.ts';
import { headers } from './headers.ts';
import type { Headers } from './headers.ts';
import { isEnded, lineLength } from './line.ts';

/** A request without either has no body; a response without either goes on until the connection ends. */
export function body(reading: Reading, { isWhole, isChunked, length }: Headers, isResponse: boolean): void {
  if (!isWhole) return;
  if (isChunked) return chunks(reading);
  if (length !== null && length > 0) {
    const missing = length - reading.left;
    reading.bytes(missing > 0 ? `Body, first part of ${length} bytes` : 'Body', length, content);
  } else if (length === null && isResponse) reading.rest('Body', content);
}

const content = (bytes: Uint8Array) => (isUtf8Piece(bytes) ? textOf(bytes) : hexOf(bytes));

const sizeLine = /^([0-9a-f]{1,12})[ \t]*(?:;[^\n]*)?\r?\n$/i;
const lf = 0x0a;

/** Chunked transfer coding (RFC 9112 §7.1); it ends with a chunk of size 0, fields that came late (§7.1.2) and an empty line. */
function chunks(reading: Reading): void {
  let isLast = false;
  while (!reading.isOver && !isLast) {
    const line = reading.ahead(lineLength(reading.ahead()));
    const digits = sizeLine.exec(latin1(line))?.[1];
    if (digits === undefined) return reading.rest(isEnded(line) ? 'No chunk' : 'Not ended', textOf);
    const size = Number.parseInt(digits, 16);
    isLast = size === 0;
    reading.group(isLast ? 'Last chunk' : 'Chunk', (inner) => {
      inner.bytes('Size', line.length, () => `${size}`);
      if (!isLast) data(inner, size);
      else if (!headers(inner, 'End').isWhole) inner.cut();
      return `${size} bytes`;
    });
  }
}

/** The data of a chunk and the end of its line, LF alone among them, as in lines. */
function data(reading: Reading, size: number): void {
  reading.bytes('Data', size, content);
  if (!reading.isShort) reading.bytes('End', reading.peek(1) === lf ? 1 : 2, () => '');
}
