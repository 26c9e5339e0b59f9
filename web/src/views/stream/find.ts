/** Where a stream has some bytes: a search goes across the borders of chunks, rows and messages. */
import { indexOfBytes } from '@socket-playground/shared/payload/find.ts';
import { parseHex } from '@socket-playground/shared/payload/hex.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import type { StreamForm } from '@socket-playground/shared/streams/forms.ts';
import type { ByteRange } from '@socket-playground/shared/streams/join.ts';
import type { Direction } from '../../store/rows/ends.ts';
import type { Lane } from './lane.ts';
import type { Layout } from './layout.ts';
import { viewLimits } from './limits.ts';
import type { Stream } from './stream.ts';

export interface Hit extends ByteRange {
  readonly lane: Lane;
  readonly row: number;
}

/** What is looked for: in the hex form hex digits are bytes, everything else is text. */
export function needleOf(query: string, form: StreamForm): Uint8Array {
  const hex = form === 'hex' ? parseHex(query) : null;
  return hex?.ok === true ? hex.bytes : encodeUtf8(query);
}

/** In the order of the rows; ASCII letters in either case. */
export function hitsOf(
  stream: Stream,
  layout: Layout,
  needle: Uint8Array,
  only: Direction | null,
): readonly Hit[] {
  if (needle.length === 0) return [];
  const shown = stream.lanes.filter(({ direction }) => only === null || direction === only);
  const hits = shown.flatMap((lane) => laneHits(lane, needle));
  return hits
    .map((hit) => ({ ...hit, row: layout.rowOf(hit.lane, hit.from) }))
    .toSorted((a, b) => a.row - b.row || a.from - b.from);
}

function laneHits(lane: Lane, needle: Uint8Array): Omit<Hit, 'row'>[] {
  const hits: Omit<Hit, 'row'>[] = [];
  for (const { from, to } of lane.solid()) {
    let at = from;
    while (hits.length < viewLimits.hits) {
      const found = indexOfBytes(lane.bytes.subarray(at, to), needle, true);
      if (found < 0) break;
      hits.push({ lane, from: at + found, to: at + found + needle.length });
      at += found + needle.length;
    }
  }
  return hits;
}
