/** Which rows the caps no longer allow, and the gap that stands for them. */
import { gapType, restartType } from '../columns/row-block.ts';
import type { Columns, Section } from '../columns/columns.ts';
import { rowOf } from '../columns/materialise.ts';
import { lastOf, seqOf } from '../rows/rows.ts';
import type { GapRow, Row } from '../rows/rows.ts';
import type { Runs } from './runs.ts';
import { standingBehind } from './standing.ts';

export interface Evicted {
  /** Absolute position of the last row that goes: the gap takes its place. */
  readonly position: number;
  readonly gap: GapRow;
  /** Bytes that were held by what goes. */
  readonly bytes: number;
}

interface Sum {
  rows: number;
  bytes: number;
  /** Events that are gone with the rows, those of gaps among them. */
  count: number;
}

/** What must go, oldest first, down to 15/16 of the caps; null while they are kept. The last row always stays. */
export function evictedBy(
  columns: Columns,
  runs: Runs,
  bytes: number,
  caps: { readonly rows: number; readonly payloadBytes: number },
): Evicted | null {
  const length = columns.end - columns.first;
  if (length <= caps.rows && bytes <= caps.payloadBytes) return null;
  const least = {
    rows: length - Math.floor((caps.rows * 15) / 16),
    bytes: bytes - (caps.payloadBytes * 15) / 16,
  };
  const sum: Sum = { rows: 0, bytes: 0, count: 0 };
  for (const section of columns.sections(columns.first, columns.end - 1)) add(section, least, sum);
  if (sum.rows === 0) return null;
  const position = columns.first + sum.rows - 1;
  const run = runs.at(position);
  const rowAt = (at: number) => {
    const found = columns.find(at);
    return found && rowOf(found.block, found.slot, run);
  };
  const from = firstOf(rowAt(Math.max(columns.first, runs.begin(run))));
  const last = rowAt(position);
  const to = last === undefined ? 0 : lastOf(last);
  const standing = standingBehind(columns.sections(columns.first, position + 1));
  const gap: GapRow = { kind: 'gap', run, from, to, count: sum.count, reason: 'page-limit', standing };
  return { position, gap, bytes: sum.bytes };
}

const firstOf = (row: Row | undefined): number =>
  row === undefined || row.kind === 'restart' ? 1 : seqOf(row);

function add({ block, from, to }: Section, least: Pick<Sum, 'rows' | 'bytes'>, sum: Sum): void {
  for (let slot = from; slot < to && (sum.rows < least.rows || sum.bytes < least.bytes); slot += 1) {
    sum.rows += 1;
    sum.bytes += block.weightAt(slot);
    sum.count += block.types[slot] === gapType ? gapCount(block.wholeAt(slot)) : 1;
    if (block.types[slot] === restartType) sum.count -= 1;
  }
}

const gapCount = (whole: ReturnType<Section['block']['wholeAt']>): number =>
  whole !== undefined && 'kind' in whole && whole.kind === 'gap' ? whole.count : 0;
