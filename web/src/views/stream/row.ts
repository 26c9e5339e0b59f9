/** One row as it is drawn: runs of text, what a search found in it, and where chunks were cut. */
import type { Run } from '@socket-playground/shared/payload/escapes.ts';
import { asciiOf } from '@socket-playground/shared/payload/hexdump.ts';
import { shownRuns, wholeCharacters } from '@socket-playground/shared/streams/forms.ts';
import type { StreamForm } from '@socket-playground/shared/streams/forms.ts';
import type { Hit } from './find.ts';
import type { Lane } from './lane.ts';
import type { StreamRow } from './layout.ts';

export interface Part {
  readonly from: number;
  readonly runs: readonly Run[];
  readonly isHit: boolean;
  readonly isNow: boolean;
  /** A read or write begins here, within the row. */
  readonly isBorder: boolean;
}

export interface Marks {
  readonly borders: boolean;
  readonly hits: readonly Hit[];
  readonly now: Hit | null;
}

/** The parts of a row: cut where something begins or ends in it. */
export function partsOf(row: StreamRow, lane: Lane, form: StreamForm, marks: Marks): readonly Part[] {
  if (row.isHole) return [];
  const { direction } = row.block;
  const hits = marks.hits.filter(
    (hit) => hit.direction === direction && hit.from < row.to && hit.to > row.from,
  );
  const borders = new Set(marks.borders ? bordersIn(row, lane) : []);
  const places = [...new Set([row.from, ...borders, ...hits.flatMap(({ from, to }) => [from, to])])]
    .filter((place) => place >= row.from && place < row.to)
    .toSorted((a, b) => a - b);
  return places.map((from, index) => {
    const hit = hits.find((one) => one.from <= from && from < one.to) ?? null;
    return {
      from,
      runs: runsOf(lane, form, { from, to: places[index + 1] ?? row.to }, row),
      isHit: hit !== null,
      isNow: hit !== null && hit === marks.now,
      isBorder: from > row.from && borders.has(from),
    };
  });
}

function runsOf(
  { bytes }: Lane,
  form: StreamForm,
  part: { readonly from: number; readonly to: number },
  row: StreamRow,
): readonly Run[] {
  const { from, to } = form === 'utf8' ? wholeCharacters(bytes, part, row) : part;
  const runs = shownRuns(form, bytes.subarray(from, to));
  return form === 'hex' && to < row.to ? [...runs, { text: ' ', escaped: false }] : runs;
}

function bordersIn({ from, to }: StreamRow, lane: Lane): number[] {
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
export const asciiText = ({ from, to }: StreamRow, { bytes }: Lane): string =>
  Array.from(bytes.subarray(from, to), asciiOf).join('');
