/** The bins that are shown, as rows of a table: those in which something was, newest last. */
import { formatNumber } from '../words.ts';
import { graphLimits } from './limits.ts';
import { binTime } from './model.ts';
import type { Sums } from './sums.ts';

export interface BinRow {
  readonly bin: number;
  readonly time: string;
  readonly cells: readonly string[];
}

export const binHeads = [
  'Bytes to server',
  'Bytes to client',
  'Chunks to server',
  'Chunks to client',
  'Open connections',
  'Write queue',
] as const;

/** `left`: bins with something in them that are not listed, the oldest of those shown. */
export function binRows(sums: Sums): { readonly rows: readonly BinRow[]; readonly left: number } {
  const { bins, reached } = sums;
  const columns = [
    sums.toServer,
    sums.toClient,
    sums.chunksToServer,
    sums.chunksToClient,
    sums.open,
    sums.queued,
  ];
  const busy = Array.from({ length: reached }, (_, bin) => bin).filter((bin) =>
    columns.some((column) => (column[bin] ?? 0) > 0),
  );
  const listed = busy.slice(-graphLimits.tableRows);
  const rows = listed.map((bin) => ({
    bin: bins.first + bin,
    time: binTime(bins.first + bin, bins),
    cells: columns.map((column) => formatNumber(column[bin] ?? 0)),
  }));
  return { rows, left: busy.length - listed.length };
}
