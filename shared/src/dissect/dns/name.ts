/** Domain names, compressed or not (RFC 1035 §4.1.4). */
import { visible } from '../../payload/visible.ts';
import { latin1 } from '../latin1.ts';
import { dissectLimits } from '../limits.ts';
import { numberAt } from '../reading.ts';

export interface Name {
  readonly text: string;
  /** Bytes it takes where it stands: a pointer ends it. */
  readonly length: number;
  readonly isWhole: boolean;
}

const pointerBits = 0xc0;
const pointerLength = 2;
const offsetMask = 0x3fff;
/** RFC 1035 §2.3.4. */
const longestName = 255;

/** The name at `at`. A pointer must lead back; one that does not, or too many, end the name where they stand. */
export function nameAt(message: Uint8Array, at: number): Name {
  const labels: string[] = [];
  let [from, size, jumps] = [at, 0, 0];
  let length: number | null = null;
  while (size <= longestName) {
    const first = message[from];
    if (first === undefined || (first >= 0x40 && first < pointerBits)) break;
    if (first >= pointerBits) {
      length ??= from + pointerLength - at;
      const target = numberAt(message, from, pointerLength) & offsetMask;
      jumps += 1;
      if (from + 1 >= message.length || target >= from || jumps > dissectLimits.nameJumps) break;
      from = target;
      continue;
    }
    if (first === 0) return { text: joined(labels), length: length ?? from + 1 - at, isWhole: true };
    if (from + 1 + first > message.length) break;
    labels.push(labelOf(message.subarray(from + 1, from + 1 + first)));
    size += first + 1;
    from += first + 1;
  }
  return { text: `${joined(labels)}…`, length: length ?? Math.max(1, from - at), isWhole: false };
}

const joined = (labels: readonly string[]) => (labels.length === 0 ? '.' : labels.join('.'));

/** A dot inside of a label is no separator (RFC 1035 §5.1). */
const labelOf = (bytes: Uint8Array) => visible(latin1(bytes)).replaceAll('.', String.raw`\.`);
