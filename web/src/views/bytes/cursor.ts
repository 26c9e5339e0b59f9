/** Where a key moves the cursor of a dump, and what stands under the pointer. */
const bytesPerGroup = 8;
const charactersPerByte = 3;

export interface Shape {
  readonly length: number;
  readonly perLine: number;
  /** Lines a page holds. */
  readonly page: number;
}

/** The byte a key moves the cursor to; null for keys that move nothing. `ctrl`: Home and End of everything. */
export function cursorAfter(
  key: string,
  ctrl: boolean,
  at: number,
  { length, perLine, page }: Shape,
): number | null {
  const last = length - 1;
  const lineStart = at - (at % perLine);
  const targets: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at + perLine,
    ArrowUp: at - perLine,
    PageDown: at + page * perLine,
    PageUp: at - page * perLine,
    Home: ctrl ? 0 : lineStart,
    End: ctrl ? last : lineStart + perLine - 1,
  };
  const target = targets[key];
  if (target === undefined || length === 0) return null;
  // Past the first or last line the cursor stays where it is rather than changing its column.
  const leaps = key.startsWith('Arrow') && (target < 0 || target > last);
  return leaps ? at : Math.min(Math.max(0, target), last);
}

/** The byte of a line that this character of its hex belongs to. */
export function byteAtHexColumn(column: number, perLine: number): number {
  const group = Math.floor(column / (bytesPerGroup * charactersPerByte + 1));
  const inGroup = column - group * (bytesPerGroup * charactersPerByte + 1);
  const byte = group * bytesPerGroup + Math.min(bytesPerGroup - 1, Math.floor(inGroup / charactersPerByte));
  return Math.min(Math.max(0, byte), perLine - 1);
}

/** First and last character of bytes `from` to `to` (inclusive) in a line of hex. */
export function hexColumns(from: number, to: number): { readonly start: number; readonly end: number } {
  const startOf = (byte: number) => byte * charactersPerByte + Math.floor(byte / bytesPerGroup);
  return { start: startOf(from), end: startOf(to) + 2 };
}
