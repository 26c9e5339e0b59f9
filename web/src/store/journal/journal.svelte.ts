/**
 * Every row this page has, in order: events, gaps and restarts. Bounded; the oldest rows go first and are counted.
 *
 * Rows are appended as they arrive; `version` changes at most once a frame, so read it first and the rest follows.
 * They are kept as columns and made when asked for. A row keeps its absolute position (`dropped` + index) for as long
 * as the page lives.
 */
import { carriesBytes, isTransfer } from '@socket-playground/shared/events/event.ts';
import type { Carrier, SocketEvent, Transfer } from '@socket-playground/shared/events/event.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { firstWhere } from '@socket-playground/shared/first-where.ts';
import { gapType } from '../columns/row-block.ts';
import { Columns } from '../columns/columns.ts';
import type { Section } from '../columns/columns.ts';
import type { Ends } from '../rows/ends.ts';
import { evictedBy } from './evict.ts';
import { Hosts } from './hosts.ts';
import { Lanes } from '../rows/lanes.ts';
import { limits } from '../limits.ts';
import { rowOf } from '../columns/materialise.ts';
import { RowCache } from './row-cache.ts';
import { lastOf, sameRow, seqOf } from '../rows/rows.ts';
import type { GapRow, List, Row, Run } from '../rows/rows.ts';
import { Runs } from './runs.ts';
import { SocketEvents } from './socket-events.ts';
import type { Transfers } from './stream-ranges.ts';

export interface Caps {
  readonly rows: number;
  readonly payloadBytes: number;
}

const isCut = ({ captured, data }: Carrier) => captured !== undefined || data.length > limits.prefixBytes;

export class Journal {
  #version = $state.raw(0);
  #settled = $state.raw(0);
  #taken = 0;
  readonly #columns = new Columns();
  readonly #cache = new RowCache();
  readonly #socketEvents = new SocketEvents(this.#columns, (position) => this.rowAt(position));
  readonly #caps: Caps;
  #lanes = new Lanes();
  readonly #hosts = new Hosts();
  readonly #runs = new Runs();
  #lastCut = 0;
  #hasPastCut = false;
  #bytes = 0;
  #started: string | null = null;
  #newest = 0;
  #missing = 0;
  #hiddenBefore = $state.raw(0);

  constructor(caps: Caps = limits) {
    this.#caps = caps;
  }

  /** Changes when rows came or went, at most once a frame. */
  get version(): number {
    return this.#version;
  }

  /** The same for who need not follow every frame of a flood. */
  get settled(): number {
    return this.#settled;
  }

  /** Makes whoever calls this depend on the rows and on which are hidden. */
  follow(): number {
    return this.#version + this.#hiddenBefore;
  }

  get length(): number {
    return this.#columns.end - this.#columns.first;
  }

  /** The row at this index; the same object as the last time, when that was not long ago. */
  at(index: number): Row | undefined {
    return index < 0 ? undefined : this.rowAt(this.dropped + index);
  }

  /** The same by absolute position. */
  rowAt(position: number): Row | undefined {
    const known = this.#cache.get(position);
    if (known !== undefined && position >= this.dropped) return known;
    const found = this.#columns.find(position);
    const row = found && rowOf(found.block, found.slot, this.#runs.at(position));
    if (row !== undefined) this.#cache.set(position, row);
    return row;
  }

  /** Position behind the last row that stays as it is: of a gap at the end it may still be told who stands behind it. */
  get firmEnd(): number {
    const { end } = this.#columns;
    const last = this.#columns.find(end - 1);
    return last?.block.types[last.slot] === gapType ? end - 1 : end;
  }

  /** The time of the row at this absolute position, ns; NaN for a gap, a restart, or none. */
  timeAt(position: number): number {
    const found = this.#columns.find(position);
    const type = found?.block.types[found.slot] ?? gapType;
    return found === undefined || type >= gapType ? NaN : (found.block.times[found.slot] ?? NaN);
  }

  /** The block of the row at this absolute position and its slot there; undefined when it is not here. */
  slotAt(position: number): ReturnType<Columns['find']> {
    return this.#columns.find(position);
  }

  /** The columns of the rows at these absolute positions (`to` not included), for who looks at very many. */
  sections(from: number, to: number): Iterable<Section> {
    return this.#columns.sections(from, to);
  }

  /** Rows that were here once; the absolute position of row 0. */
  get dropped(): number {
    return this.#columns.first;
  }

  /** Absolute position behind the last row. */
  get end(): number {
    return this.#columns.end;
  }

  /** The present agent run. */
  get run(): Run {
    return this.#runs.present;
  }

  /** The run of the row at this absolute position. */
  runAt(position: number): Run {
    return this.#runs.at(position);
  }

  /** Absolute positions of a run's first row that is here, and behind its last. */
  boundsOf(run: Run): { readonly from: number; readonly to: number } {
    const from = Math.max(this.dropped, this.#runs.begin(run));
    return { from, to: Math.min(this.#columns.end, this.#runs.begin(run + 1)) };
  }

  /** Absolute position of the present run's first row. */
  get runBegin(): number {
    return Math.max(this.dropped, this.#runs.begin(this.run));
  }

  /** When the present run began, ISO 8601; null before the first welcome. */
  get started(): string | null {
    return this.#started;
  }

  /** Time of the newest event of the present run, ns; 0 before the first. */
  get newest(): number {
    return this.#newest;
  }

  /** Number of the newest event of the present run whose payload is here only in part; 0 when there is none. */
  get lastCut(): number {
    return this.#lastCut;
  }

  /** Whether an earlier run has such events: nobody has the rest of them any more. */
  get hasPastCut(): boolean {
    return this.#hasPastCut;
  }

  /** Whether every address so far is of one loopback host, so that ports tell everything. */
  get oneHost(): boolean {
    return this.#hosts.one;
  }

  /** Rows before this absolute position are hidden by `Clear`. */
  get hiddenBefore(): number {
    return this.#hiddenBefore;
  }

  /** The last event number that is here or known to be missing, of the present run. */
  get lastSeq(): number {
    const last = this.at(this.length - 1);
    return last?.run === this.run ? lastOf(last) : 0;
  }

  /** Events of the present run that came, whether they are still here or not. */
  get count(): number {
    return this.lastSeq - this.#missing;
  }

  /** Index of the row that has this number (a gap row for a missing one), or -1. */
  indexOf(seq: number, run: Run = this.run): number {
    const { from, to } = this.boundsOf(run);
    const position = this.#lastUpTo(seq, from, to);
    const row = position < from ? undefined : this.rowAt(position);
    return row?.run === run && lastOf(row) >= seq ? position - this.dropped : -1;
  }

  /** Absolute position of a row; null for none, and for one that has been dropped or merged since. */
  positionOf(row: Row | undefined): number | null {
    if (row === undefined) return null;
    const index = this.indexOf(seqOf(row), row.run);
    return sameRow(this.at(index), row) ? this.dropped + index : null;
  }

  bySeq(seq: number, run: Run = this.run): Row | undefined {
    return this.at(this.indexOf(seq, run));
  }

  /** The kept events of one socket of the present run, in order. Live: read `version` to follow it. */
  perSocket(socket: number): List<SocketEvent> {
    return this.#socketEvents.of(socket);
  }

  /** The same without what was sent and received: few, whatever the traffic. */
  lifeOf(socket: number): List<SocketEvent> {
    return this.#socketEvents.lifeOf(socket);
  }

  /** What a connection of the present run sent or received; rows whose place in the stream is not known are left out. */
  transfersOf(socket: number, type: Transfer['type']): Transfers {
    return this.#socketEvents.transfersOf(socket, type);
  }

  /** The kept segments of one conversation of a capture, in order. */
  perStream(stream: number): List<SocketEvent> {
    return this.#socketEvents.ofStream(stream);
  }

  begin(started: string): void {
    this.#started = started;
  }

  restart(started: string): void {
    this.#runs.start(this.#columns.end);
    this.#hasPastCut ||= this.#lastCut > 0;
    this.#lastCut = 0;
    this.#newest = 0;
    this.#missing = 0;
    this.#started = started;
    this.#socketEvents.clear();
    this.#lanes = new Lanes();
    this.#columns.pushWhole({ kind: 'restart', run: this.run, started });
  }

  append(event: SocketEvent, ends: Ends, offset: number | null): void {
    const position = this.#columns.end;
    this.#newest = event.time;
    this.#bytes += this.#columns.push(event, ends, offset, this.#lanes.at(event));
    this.#hosts.add(ends.local);
    this.#hosts.add(ends.remote);
    if (isTransfer(event)) this.#hosts.add(event.remote);
    this.#socketEvents.append(event, ends, offset, position);
    if (carriesBytes(event) && isCut(event)) this.#lastCut = event.seq;
    // Caps hold also where nothing is painted.
    if (this.#isOverfull) this.#evict();
  }

  gap(gap: Pick<GapRow, 'from' | 'to' | 'reason'>): void {
    const count = gap.to - gap.from + 1;
    this.#missing += count;
    this.#columns.pushWhole({ kind: 'gap', run: this.run, ...gap, count });
  }

  /** Right behind a gap: these sockets are open there, and no others. */
  stand(sockets: readonly SocketState[]): void {
    this.#lanes.stand(new Set(sockets.map(({ socket }) => socket)));
    this.#bytes += this.#columns.stand(sockets);
    this.#cache.delete(this.#columns.end - 1);
  }

  /** Hides what is here now; nothing is deleted. */
  hideAll(): void {
    this.#hiddenBefore = this.#columns.end;
  }

  /** Hides what was here once this event of the present run had come. */
  hideUpTo(seq: number): void {
    const next = this.positionOf(this.bySeq(seq + 1)) ?? this.dropped;
    this.#hiddenBefore = seq < this.lastSeq ? next : this.#columns.end;
  }

  showAll(): void {
    this.#hiddenBefore = 0;
  }

  /** Keeps the caps. Returns how many rows came since the last time; only who asks sees them. */
  take(): number {
    const came = this.#columns.end - this.#taken;
    this.#taken = this.#columns.end;
    this.#evict();
    return came;
  }

  /** Makes what was appended visible to all that follow. */
  publish(): void {
    this.take();
    this.#version += 1;
  }

  settle(): void {
    this.#settled = this.#version;
  }

  /** More than `#evict` leaves to gather: nobody has asked for rows for long. */
  get #isOverfull(): boolean {
    return Math.max(this.length / this.#caps.rows, this.#bytes / this.#caps.payloadBytes) > 17 / 16;
  }

  /** Drops a sixteenth at a time, so that a flood does not pay for it row by row. */
  #evict(): void {
    const evicted = evictedBy(this.#columns, this.#runs, this.#bytes, this.#caps);
    if (evicted === null) return;
    const { position, gap, bytes } = evicted;
    // The last dropped row's place is taken by the gap that counts them all.
    this.#bytes += this.#columns.dropBefore(position, gap) - bytes;
    this.#runs.forgetBefore(position);
    this.#cache.delete(position);
    this.#socketEvents.forgetBefore(position + 1);
  }

  /** Position of the last row of `from` … `to - 1` whose number is not above `seq`, or `from - 1`. */
  #lastUpTo(seq: number, from: number, to: number): number {
    const isAbove = (position: number) => {
      const found = this.#columns.find(position);
      return (found?.block.seqs[found.slot] ?? Infinity) > seq;
    };
    return firstWhere(from, to, isAbove) - 1;
  }
}
