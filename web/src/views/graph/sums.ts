/**
 * Rows → what each bin comes to. Rows are added once each, in order, and cost the same however many came before; another
 * window of the same width moves the bins on. A byte counts once: between two sockets of ours, when it was sent.
 */
import { typeNumber } from '@socket-playground/shared/events/type-number.ts';
import { gapType, receivedType, restartType, sentType } from '../../store/columns/row-block.ts';
import type { RowBlock } from '../../store/columns/row-block.ts';
import type { Section } from '../../store/columns/columns.ts';
import { directionOf } from '../../store/rows/ends.ts';
import { rowOf } from '../../store/columns/materialise.ts';
import { Levels } from './levels.ts';
import { graphLimits } from './limits.ts';
import type { Bins } from './bins.ts';
import type { OwnEnds } from './own-ends.ts';

/** What is counted: all sockets, one of them, or none; a listener's connections are counted with it. */
export type Scope = number | 'all' | 'none';

/** Events are missing between these times; `to` is null until the next one came. */
export interface Missing {
  readonly fromNs: number;
  readonly toNs: number | null;
  readonly count: number;
}

const openedType = typeNumber('opened');
const connectedType = typeNumber('connected');
const acceptedType = typeNumber('accepted');
const blockedType = typeNumber('blocked');
const drainedType = typeNumber('drained');
const closedType = typeNumber('closed');

export class Sums {
  readonly scope: Scope;
  readonly toServer: Float64Array;
  readonly toClient: Float64Array;
  readonly chunksToServer: Float64Array;
  readonly chunksToClient: Float64Array;
  readonly open: Float64Array;
  readonly queued: Float64Array;
  readonly #own: Pick<OwnEnds, 'isTold'>;
  readonly #levels: Levels;
  /** The sockets in the scope, when that is not all. */
  readonly #members: Set<number>;
  #bins: Bins;
  #missing: readonly Missing[] = [];
  #newest = 0;
  /** Whether events were missing since the open connections were last compared. */
  #isUnsure = false;

  /** `members`: sockets that are known to be in the scope. */
  constructor(bins: Bins, scope: Scope, own: Pick<OwnEnds, 'isTold'>, members: Iterable<number> = []) {
    const column = () => new Float64Array(bins.count);
    this.scope = scope;
    this.#bins = bins;
    this.#own = own;
    [this.toServer, this.toClient] = [column(), column()];
    [this.chunksToServer, this.chunksToClient] = [column(), column()];
    [this.open, this.queued] = [column(), column()];
    this.#levels = new Levels({ open: this.open, queued: this.queued });
    this.#members = new Set(members);
    if (typeof scope === 'number') this.#members.add(scope);
  }

  get bins(): Bins {
    return this.#bins;
  }

  get missing(): readonly Missing[] {
    return this.#missing;
  }

  /** How many bins have begun: behind them nothing is known yet. */
  get reached(): number {
    const { widthNs, first, count } = this.#bins;
    return Math.min(count, Math.max(0, Math.floor(this.#newest / widthNs) - first + 1));
  }

  /** Moves on to later bins of the same width and number. False: their rows have to be added anew. */
  moveTo(bins: Bins): boolean {
    const by = bins.first - this.#bins.first;
    if (bins.widthNs !== this.#bins.widthNs || bins.count !== this.#bins.count || by < 0) return false;
    // What lies behind the bins was not counted.
    if (by > 0 && this.#newest >= (this.#bins.first + this.#bins.count) * bins.widthNs) return false;
    for (const column of this.#columns) column.copyWithin(0, by).fill(0, Math.max(0, bins.count - by));
    this.#levels.shift(by);
    this.#bins = bins;
    return true;
  }

  add({ block, from, to }: Section): void {
    for (let slot = from; slot < to; slot += 1) {
      const type = block.types[slot] ?? 0;
      if (type === gapType) this.#gap(block, slot);
      else if (type === restartType) this.#restart();
      else this.#event(block, slot, type);
    }
  }

  /** All rows are added; these connections of ours are open. */
  settle(open: () => ReadonlySet<number>): void {
    this.#levels.reach(Math.floor(this.#newest / this.#bins.widthNs) - this.#bins.first);
    if (this.#isUnsure) this.#levels.settle(open());
    this.#isUnsure = false;
  }

  get #columns(): readonly Float64Array[] {
    return [this.toServer, this.toClient, this.chunksToServer, this.chunksToClient, this.open, this.queued];
  }

  #event(block: RowBlock, slot: number, type: number): void {
    const time = block.times[slot] ?? 0;
    const { widthNs, first } = this.#bins;
    this.#newest = time;
    if (this.#missing.at(-1)?.toNs === null) this.#endGap(time);
    const isTransfer = type === sentType || type === receivedType;
    const bin = Math.floor(time / widthNs) - first;
    if (isTransfer && bin < 0 && !this.#levels.isWaiting) return;
    if (this.scope !== 'all' && !this.#isMember(block, slot, type)) return;
    if (!isTransfer) this.#life(block, slot, type, bin);
    else this.#transfer(block, slot, type, bin);
  }

  #transfer(block: RowBlock, slot: number, type: number, bin: number): void {
    const size = block.sizes[slot] ?? 0;
    if (type === sentType && this.#levels.isWaiting) {
      this.#levels.reach(bin);
      this.#levels.took(block.sockets[slot] ?? 0, size);
    }
    if (bin < 0 || bin >= this.#bins.count) return;
    const side = block.endsAt(slot)?.side ?? null;
    const toServer = directionOf(side, type === sentType ? 'sent' : 'received') === 'to-server';
    if (this.scope !== 'all' || !this.#own.isTold(block, slot)) {
      add(toServer ? this.toServer : this.toClient, bin, size);
    }
    if (type === receivedType) add(toServer ? this.chunksToServer : this.chunksToClient, bin, 1);
  }

  #life(block: RowBlock, slot: number, type: number, bin: number): void {
    const socket = block.sockets[slot] ?? 0;
    const levels = this.#levels;
    levels.reach(bin);
    if (type === connectedType || type === acceptedType) levels.opened(socket);
    else if (type === closedType) levels.closed(socket, this.#isUnsure && isConnection(block, slot));
    else if (type === blockedType || type === drainedType) levels.waits(socket, block.sizes[slot] ?? 0);
  }

  /** An accepted connection belongs to its listener, which is told when it opens. */
  #isMember(block: RowBlock, slot: number, type: number): boolean {
    const socket = block.sockets[slot] ?? 0;
    if (type === openedType || type === acceptedType) {
      const row = rowOf(block, slot, 0);
      const event = row?.kind === 'event' ? row.event : undefined;
      if (event !== undefined && 'listener' in event && event.listener === this.scope)
        this.#members.add(socket);
    }
    return this.#members.has(socket);
  }

  #gap(block: RowBlock, slot: number): void {
    const whole = block.wholeAt(slot);
    const count = whole !== undefined && 'kind' in whole && whole.kind === 'gap' ? whole.count : 0;
    const gap = { fromNs: this.#newest, toNs: null, count };
    this.#missing = [...this.#missing, gap].slice(-graphLimits.gaps);
    this.#levels.reach(Math.floor(this.#newest / this.#bins.widthNs) - this.#bins.first);
    this.#levels.missed();
    this.#isUnsure = true;
  }

  #endGap(time: number): void {
    this.#missing = this.#missing.map((gap) => (gap.toNs === null ? { ...gap, toNs: time } : gap));
  }

  /** What came before belongs to another run, and is not shown with this one. */
  #restart(): void {
    for (const column of this.#columns) column.fill(0);
    this.#levels.restart();
    this.#members.clear();
    if (typeof this.scope === 'number') this.#members.add(this.scope);
    this.#missing = [];
    this.#newest = 0;
    this.#isUnsure = false;
  }
}

const add = (column: Float64Array, bin: number, amount: number): void => {
  column[bin] = (column[bin] ?? 0) + amount;
};

const isConnection = (block: RowBlock, slot: number): boolean => {
  const ends = block.endsAt(slot);
  return ends?.socketType === 'stream' && ends.local !== null && ends.remote !== null;
};
