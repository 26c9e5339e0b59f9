/**
 * `/proc/net/udp` and `/proc/net/udp6`: a header, then one line a socket. Only its port, inode and drops are read. They
 * are plain numbers on every machine; addresses are not looked at, which the kernel prints in its own byte order.
 */

/** Called with each row that has all its columns. `drops` counts what the kernel could not deliver, modulo 2^32. */
export type VisitRow = (inode: number, port: number, drops: number) => void;

/** Columns, counted in words: the header has more words than a row. */
const [localAddress, inodeColumn, dropsColumn] = [1, 9, 12];
const [newline, space, colon] = [0x0a, 0x20, 0x3a];

/** Reads the table in one pass. What is no table has no rows; nothing in it throws. */
export function eachRow(table: Uint8Array, visit: VisitRow): void {
  let at = lineEnd(table, 0) + 1;
  while (at < table.length) {
    const end = lineEnd(table, at);
    readRow(table, at, end, visit);
    at = end + 1;
  }
}

function lineEnd(table: Uint8Array, from: number): number {
  const end = table.indexOf(newline, from);
  return end < 0 ? table.length : end;
}

function readRow(table: Uint8Array, from: number, to: number, visit: VisitRow): void {
  let [column, inode, port, drops] = [-1, 0, 0, 0];
  let isInWord = false;
  for (let at = from; at < to; at += 1) {
    const byte = table[at] ?? space;
    const begins = byte !== space && !isInWord;
    isInWord = byte !== space;
    if (begins) column += 1;
    if (!isInWord) continue;
    if (column === localAddress) port = byte === colon ? 0 : port * 16 + hexDigit(byte);
    else if (column === inodeColumn) inode = inode * 10 + decimalDigit(byte);
    else if (column === dropsColumn) drops = drops * 10 + decimalDigit(byte);
  }
  const isWhole = column >= dropsColumn && Number.isSafeInteger(inode + port + drops);
  if (isWhole) visit(inode, port, drops);
}

/** What is no digit makes the whole number NaN. */
function decimalDigit(byte: number): number {
  return byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : NaN;
}

function hexDigit(byte: number): number {
  if (byte >= 0x41 && byte <= 0x46) return byte - 0x41 + 10;
  if (byte >= 0x61 && byte <= 0x66) return byte - 0x61 + 10;
  return decimalDigit(byte);
}
