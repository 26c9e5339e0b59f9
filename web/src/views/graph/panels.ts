/** What the graph draws, one above the other on one axis of time. */
import { nsPerSecond } from '@socket-playground/shared/units.ts';
import type { Sums } from './sums.ts';

export const panelNames = ['bytes', 'chunks', 'open', 'queue'] as const;
export type PanelName = (typeof panelNames)[number];

export const sides = ['server', 'client'] as const;
export type Side = (typeof sides)[number];

export interface Panel {
  readonly label: string;
  /** What one of its values is. */
  readonly means: string;
  /** Amounts a second, to the server upwards and to the client downwards; or one level. */
  readonly kind: 'rate' | 'level';
  /** The columns that are drawn, in the order of `sides`, or the level. */
  readonly columns: (sums: Sums) => readonly Float64Array[];
}

export const panels = {
  bytes: {
    label: 'Bytes/s',
    means: 'between sockets here each counts once',
    kind: 'rate',
    columns: ({ toServer, toClient }) => [toServer, toClient],
  },
  chunks: {
    label: 'Chunks/s',
    means: 'received here, datagrams too',
    kind: 'rate',
    columns: ({ chunksToServer, chunksToClient }) => [chunksToServer, chunksToClient],
  },
  open: {
    label: 'Open connections',
    means: 'counted by ends, the most at once in each bar',
    kind: 'level',
    columns: ({ open }) => [open],
  },
  queue: {
    label: 'Write queue',
    means: 'the most bytes that waited, at least',
    kind: 'level',
    columns: ({ queued }) => [queued],
  },
} as const satisfies Record<PanelName, Panel>;

/** A value for each bin, or null where nothing is known. */
export type Values = (number | null)[];

/** When the bins begin, in seconds; one more, so that the last has its width. */
export const timesOf = ({ bins: { first, count, widthNs } }: Sums): number[] =>
  Array.from({ length: count + 1 }, (_, bin) => ((first + bin) * widthNs) / nsPerSecond);

/** What a panel draws of each of its columns; `hidden` sides are left out. */
export function valuesOf(panel: Panel, sums: Sums, hidden: ReadonlySet<Side>): Values[] {
  const { bins, reached } = sums;
  const perSecond = nsPerSecond / bins.widthNs;
  const columns = panel.columns(sums);
  return columns.map((column, index) => {
    const side = sides[index];
    if (panel.kind === 'rate' && side !== undefined && hidden.has(side)) return [];
    const factor = panel.kind === 'level' ? 1 : side === 'client' ? -perSecond : perSecond;
    return Array.from({ length: bins.count + 1 }, (_, bin) => {
      // A bar of no height would be a line.
      if (bin < reached) return panel.kind === 'rate' && !column[bin] ? null : (column[bin] ?? 0) * factor;
      // A level holds to the end of its last bin.
      return panel.kind === 'level' && bin === reached && bin > 0 ? (column[bin - 1] ?? 0) : null;
    });
  });
}
