/**
 * Every row this page has, in order: events, gaps and restarts. Bounded; the oldest rows go first and are counted.
 *
 * Rows are appended as they arrive; `version` changes at most once a frame, so read it first and the rest follows.
 * A row keeps its absolute position (`dropped` + index) for as long as the page lives.
 */
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { Deque } from './deque.ts';
import type { Ends } from './ends.ts';
import { Hosts } from './hosts.ts';
import { Lanes } from './lanes.ts';
import { limits } from './limits.ts';
import { PerSocket } from './per-socket.ts';
import { seqOf } from './rows.ts';
import type { GapRow, List, Row, Run } from './rows.ts';

const bytesOf = (row: Row) => (row.kind === 'event' && isTransfer(row.event) ? row.event.data.length : 0);

export interface Caps {
  readonly rows: number;
  readonly payloadBytes: number;
}

export class Journal {
  #version = $state.raw(0);
  readonly #rows = new Deque<Row>();
  readonly #perSocket = new PerSocket();
  readonly #caps: Caps;
  #lanes = new Lanes();
  readonly #hosts = new Hosts();
  #hasCut = false;
  #dropped = 0;
  #bytes = 0;
  #run: Run = 0;
  #started: string | null = null;
  #hiddenBefore = $state.raw(0);

  constructor(caps: Caps = limits) {
    this.#caps = caps;
  }

  /** Changes when rows came or went, at most once a frame. */
  get version(): number {
    return this.#version;
  }

  /** Makes whoever calls this depend on the rows and on which are hidden. */
  follow(): number {
    return this.#version + this.#hiddenBefore;
  }

  get length(): number {
    return this.#rows.length;
  }

  at(index: number): Row | undefined {
    return this.#rows.at(index);
  }

  /** Rows that were here once; the absolute position of row 0. */
  get dropped(): number {
    return this.#dropped;
  }

  /** The present agent run, and when it began (ISO 8601; null before the first welcome). */
  get run(): Run {
    return this.#run;
  }

  get started(): string | null {
    return this.#started;
  }

  /** Whether some payload is here only in part. */
  get hasCut(): boolean {
    return this.#hasCut;
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
    const last = this.#rows.at(this.length - 1);
    if (last?.run !== this.#run) return 0;
    return last.kind === 'gap' ? last.to : seqOf(last);
  }

  /** Index of the row that has this number (a gap row for a missing one), or -1. */
  indexOf(seq: number, run: Run = this.#run): number {
    let low = 0;
    let high = this.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const row = this.#rows.at(middle);
      if (row === undefined) return -1;
      if (row.run < run || (row.run === run && lastOf(row) < seq)) low = middle + 1;
      else if (row.run > run || seqOf(row) > seq) high = middle - 1;
      else return middle;
    }
    return -1;
  }

  /** Index of a row that may have been dropped or merged since (-1). */
  indexOfRow(row: Row): number {
    const index = this.indexOf(seqOf(row), row.run);
    return this.at(index) === row ? index : -1;
  }

  bySeq(seq: number, run: Run = this.#run): Row | undefined {
    return this.at(this.indexOf(seq, run));
  }

  /** The kept events of one socket of the present run, in order. Live: read `version` to follow it. */
  perSocket(socket: number): List<SocketEvent> {
    return this.#perSocket.of(socket);
  }

  begin(started: string): void {
    this.#started = started;
  }

  restart(started: string): void {
    this.#run += 1;
    this.#started = started;
    this.#perSocket.clear();
    this.#lanes = new Lanes();
    this.#rows.push({ kind: 'restart', run: this.#run, started });
  }

  append(event: SocketEvent, ends: Ends, offset: number | null): void {
    const row: Row = { kind: 'event', run: this.#run, event, ends, offset, lanes: this.#lanes.at(event) };
    this.#rows.push(row);
    this.#bytes += bytesOf(row);
    this.#perSocket.append(event);
    this.#hasCut ||= isTransfer(event) && event.captured !== undefined;
    this.#hosts.add(event, ends);
  }

  gap(gap: Pick<GapRow, 'from' | 'to' | 'reason'>): void {
    this.#rows.push({ kind: 'gap', run: this.#run, ...gap, count: gap.to - gap.from + 1 });
  }

  /** Hides what is here now; nothing is deleted. */
  hideAll(): void {
    this.#hiddenBefore = this.#dropped + this.length;
  }

  showAll(): void {
    this.#hiddenBefore = 0;
  }

  /** Makes what was appended visible, and keeps the caps. */
  publish(): void {
    this.#evict();
    this.#version += 1;
  }

  /** Drops a sixteenth at a time, so that a flood does not pay for it row by row. */
  #evict(): void {
    if (this.length <= this.#caps.rows && this.#bytes <= this.#caps.payloadBytes) return;
    const keep = Math.floor((this.#caps.rows * 15) / 16);
    const keepBytes = (this.#caps.payloadBytes * 15) / 16;
    let gone = 0;
    let missing: GapRow | null = null;
    while (this.length - gone > 1 && (this.length - gone > keep || this.#bytes > keepBytes)) {
      const row = this.#rows.at(gone);
      if (row === undefined) break;
      missing = merged(missing, row);
      this.#bytes -= bytesOf(row);
      gone += 1;
    }
    if (missing === null) return;
    // The last dropped row's place is taken by the gap that counts them all.
    this.#rows.dropFront(gone - 1);
    this.#rows.replaceFirst(missing);
    this.#dropped += gone - 1;
    if (missing.run === this.#run) this.#perSocket.forgetUpTo(missing.to);
  }
}

const lastOf = (row: Row) => (row.kind === 'gap' ? row.to : seqOf(row));

function merged(gap: GapRow | null, row: Row): GapRow {
  const count = row.kind === 'event' ? 1 : row.kind === 'gap' ? row.count : 0;
  if (gap?.run === row.run) return { ...gap, to: Math.max(gap.to, lastOf(row)), count: gap.count + count };
  const from = row.kind === 'restart' ? 1 : seqOf(row);
  const to = row.kind === 'restart' ? 0 : lastOf(row);
  return { kind: 'gap', run: row.run, from, to, count: (gap?.count ?? 0) + count, reason: 'page-limit' };
}
