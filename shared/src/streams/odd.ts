/** Bytes that break a text: what is not UTF-8, and control characters that no line of text has. */
import { utf8LengthAt } from '../payload/utf8.ts';
import type { ByteRange } from './join.ts';

const [tab, newline, carriageReturn, space, del] = [0x09, 0x0a, 0x0d, 0x20, 0x7f];

const isControl = (byte: number): boolean =>
  (byte < space && byte !== tab && byte !== newline && byte !== carriageReturn) || byte === del;

/** One byte may be odd of so many; where more are, it is no text that something broke. */
const textPerOdd = 4;

/** The odd bytes of what is text but for them, next to each other in one range; none where it is no text at all. */
export function oddRanges(bytes: Uint8Array, { from, to }: ByteRange): ByteRange[] {
  const part = bytes.subarray(0, to);
  const odd: { from: number; to: number }[] = [];
  let count = 0;
  for (let place = from; place < to;) {
    const length = utf8LengthAt(part, place);
    const next = place + Math.max(1, length);
    if (length === 0 || isControl(part[place] ?? 0)) {
      const last = odd.at(-1);
      if (last?.to === place) last.to = next;
      else odd.push({ from: place, to: next });
      count += next - place;
    }
    place = next;
  }
  return count > 1 && count * textPerOdd > to - from ? [] : odd;
}
