/** One row as it is drawn: runs of text, what a search found in it, and where chunks were cut. */
import type { Run } from '@socket-playground/shared/payload/escapes.ts';
import { asciiOf } from '@socket-playground/shared/payload/hexdump.ts';
import { characterStart, shownRuns } from '@socket-playground/shared/streams/forms.ts';
import type { StreamForm } from '@socket-playground/shared/streams/forms.ts';
import type { Hit } from './find.ts';
import { oddRanges } from '@socket-playground/shared/streams/odd.ts';
import type { Lane } from './lane.ts';
import type { ByteRow } from './layout.ts';

export interface Part {
  readonly from: number;
  readonly runs: readonly Run[];
  readonly isHit: boolean;
  readonly isNow: boolean;
  /** A read or write begins here, within the row. */
  readonly isBorder: boolean;
  /** It breaks the text it stands in. */
  readonly isOdd: boolean;
}

export interface Marks {
  readonly borders: boolean;
  readonly hits: readonly Hit[];
  readonly now: Hit | null;
}

/** The parts of a row: cut where something begins or ends in it. */
export function partsOf(row: ByteRow, form: StreamForm, marks: Marks): readonly Part[] {
  if (row.isHole) return [];
  const { lane } = row.block;
  const hits = marks.hits.filter((hit) => hit.lane === lane && hit.from < row.to && hit.to > row.from);
  const borders = new Set(marks.borders ? bordersIn(row, lane) : []);
  const odd = form === 'utf8' ? oddRanges(lane.bytes, row) : [];
  const edges = new Set(odd.flatMap(({ from, to }) => [from, to]));
  /** Where the text of a part begins: with a character, unless its bytes are known to be none. */
  const start = (place: number) =>
    form !== 'utf8' || edges.has(place) || place === row.from || place === row.to
      ? place
      : characterStart(lane.bytes, place, row.from);
  const places = [
    ...new Set([row.from, ...borders, ...[...hits, ...odd].flatMap(({ from, to }) => [from, to])]),
  ]
    .filter((place) => place >= row.from && place < row.to)
    .toSorted((a, b) => a - b);
  return places.map((from, index) => {
    const hit = hits.find((one) => one.from <= from && from < one.to) ?? null;
    return {
      from,
      runs: runsOf(row, form, start(from), start(places[index + 1] ?? row.to)),
      isHit: hit !== null,
      isNow: hit !== null && hit === marks.now,
      isBorder: from > row.from && borders.has(from),
      isOdd: odd.some((range) => range.from <= from && from < range.to),
    };
  });
}

function runsOf({ block, to: end }: ByteRow, form: StreamForm, from: number, to: number): readonly Run[] {
  const runs = shownRuns(form, block.lane.bytes.subarray(from, to));
  return form === 'hex' && to < end ? [...runs, { text: ' ', escaped: false }] : runs;
}

function bordersIn({ from, to }: ByteRow, lane: Lane): number[] {
  const borders: number[] = [];
  for (let place = from; place < to;) {
    const chunk = lane.chunkAt(place);
    if (chunk === undefined || chunk.to <= place) break;
    if (chunk.from > from) borders.push(chunk.from);
    place = chunk.to;
  }
  return borders;
}

/** The text beside a row of hex. */
export const asciiText = ({ from, to, block }: ByteRow): string =>
  Array.from(block.lane.bytes.subarray(from, to), asciiOf).join('');
