/**
 * Who was at the other end in a run before the present one. Another run numbers its sockets anew, so that what is known of
 * them is forgotten with it; the rows that are still here say it again, to whoever asks.
 */
import type { Transfer } from '@socket-playground/shared/events/event.ts';
import { receivedType, sentType } from '../columns/row-block.ts';
import type { Section } from '../columns/columns.ts';
import type { Journal } from '../journal/journal.svelte.ts';
import { rowOf } from '../columns/materialise.ts';
import type { Ground } from './other-end.ts';
import { Peers } from './peers.ts';
import type { Run } from '../rows/rows.ts';
import { StreamRanges } from '../journal/stream-ranges.ts';
import type { Transfers } from '../journal/stream-ranges.ts';

type Rows = Pick<Journal, 'boundsOf' | 'sections' | 'slotAt' | 'rowAt' | 'dropped'>;

const transferTypes: ReadonlyMap<number | undefined, Transfer['type']> = new Map([
  [sentType, 'sent'],
  [receivedType, 'received'],
]);

/** Reads the rows of the run once; it gets no others any more, and loses those that the journal drops. */
export class PastRun implements Ground {
  readonly run: Run;
  readonly #rows: Rows;
  readonly #peers = new Peers();
  readonly #ranges: StreamRanges;
  #dropped: number;

  constructor(rows: Rows, run: Run) {
    this.run = run;
    this.#rows = rows;
    this.#dropped = rows.dropped;
    this.#ranges = new StreamRanges({ find: (position) => rows.slotAt(position) });
    const { from, to } = rows.boundsOf(run);
    for (const section of rows.sections(from, to)) this.#read(section);
  }

  readonly rowAt = (position: number) => this.#rows.rowAt(position);
  readonly peerOf = (socket: number) => this.#peers.of(socket);

  transfersOf(socket: number, type: Transfer['type']): Transfers {
    const { dropped } = this.#rows;
    // The first row says what was dropped.
    if (dropped > this.#dropped) this.#ranges.forgetBefore(dropped + 1);
    this.#dropped = dropped;
    return this.#ranges.of(socket, type);
  }

  #read({ block, from, to, base }: Section): void {
    for (let slot = from; slot < to; slot += 1) {
      const type = transferTypes.get(block.types[slot]);
      if (type === undefined) this.#readLife(rowOf(block, slot, this.run));
      else if (!Number.isNaN(block.offsets[slot]) && block.endsAt(slot)?.socketType === 'stream')
        this.#ranges.append(block.sockets[slot] ?? 0, type, base + slot);
    }
  }

  #readLife(row: ReturnType<typeof rowOf>): void {
    if (row?.kind === 'event') this.#peers.apply(row.event);
    if (row?.kind !== 'gap' || row.standing === undefined) return;
    this.#peers.stand(new Set(row.standing.map(({ socket }) => socket)));
    for (const state of row.standing) this.#peers.meet(state);
  }
}
