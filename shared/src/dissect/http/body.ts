/** What follows the header fields: chunks, as many bytes as were announced, or all until the end (RFC 9112 §6). */
import { latin1 } from '../latin1.ts';
import { hexOf, textOf } from '../reading.ts';
import type { Reading } from '../reading.ts';
import { isUtf8Piece } from '../../payload/utf8.ts';
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
const endLength = 2;

/** Chunked transfer coding (RFC 9112 §7.1); it ends with a chunk of size 0 and an empty line. */
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
      if (size > 0) inner.bytes('Data', size, content);
      if (!inner.isShort) inner.bytes('End', Math.min(endLength, inner.left), () => '');
      return `${size} bytes`;
    });
  }
}
