/**
 * Rows that somebody marked, and the row that times are counted from. They survive a reload of the page within one
 * agent run, and stay with their rows when another run begins.
 */
import { limits } from '../limits.ts';
import { seqOf } from '../rows/rows.ts';
import type { EventRow, Row, Run } from '../rows/rows.ts';
import { isRecord, storedJson } from '../kept/stored-json.ts';

/** Where a row is found: by its number within its run. */
export interface Spot {
  readonly run: Run;
  readonly seq: number;
}

/** `timeNs`: since the run began. */
export interface Reference extends Spot {
  readonly timeNs: number;
}

const key = 'marks';
const order = (a: Spot, b: Spot) => a.run - b.run || a.seq - b.seq;
const spotOf = (row: Row): Spot => ({ run: row.run, seq: seqOf(row) });

export class Marks {
  #spots: readonly Spot[] = $state.raw([]);
  readonly #known: ReadonlySet<string> = $derived(new Set(this.#spots.map(nameOf)));
  #reference: Reference | null = $state.raw(null);
  #epoch: string | null = null;
  #run: Run = 0;
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.#storage = storage;
  }

  /** In the order of the log. */
  get spots(): readonly Spot[] {
    return this.#spots;
  }

  get reference(): Reference | null {
    return this.#reference;
  }

  has(row: Row): boolean {
    return this.#known.size > 0 && this.#known.has(nameOf(spotOf(row)));
  }

  /** Marks a row or takes its mark away; false when there are as many as there may be. */
  toggle(row: Row): boolean {
    const spot = spotOf(row);
    const others = this.#spots.filter((other) => order(other, spot) !== 0);
    const adds = others.length === this.#spots.length;
    if (adds && others.length >= limits.marks) return false;
    this.#spots = adds ? [...others, spot].sort(order) : others;
    this.#save();
    return true;
  }

  clear(): void {
    this.#spots = [];
    this.#save();
  }

  /** The marked spots behind a row (all of them without one), nearest first; those before it come last, from the far end. */
  around(row: Row | undefined, way: 1 | -1): readonly Spot[] {
    const spots = way === 1 ? this.#spots : this.#spots.toReversed();
    const from = row === undefined ? null : spotOf(row);
    const at = from === null ? 0 : spots.findIndex((spot) => order(spot, from) * way > 0);
    return at < 0 ? spots : [...spots.slice(at), ...spots.slice(0, at)];
  }

  /** Times count from this row, or from the start again when they did already. */
  refer(row: EventRow | null): void {
    const same = row !== null && this.isReference(row);
    this.#reference = row === null || same ? null : { ...spotOf(row), timeNs: row.event.time };
    this.#save();
  }

  isReference(row: Row): boolean {
    return this.#reference !== null && order(this.#reference, spotOf(row)) === 0;
  }

  /** A run began: what was marked in it before a reload is marked again. */
  begin(epoch: string): void {
    this.#epoch = epoch;
    const saved = parse(this.#storage.getItem(key));
    if (saved?.epoch !== epoch) return;
    this.#spots = saved.seqs.slice(0, limits.marks).map((seq) => ({ run: 0, seq }));
    this.#reference = saved.reference === null ? null : { run: 0, ...saved.reference };
  }

  restart(epoch: string, run: Run): void {
    this.#epoch = epoch;
    this.#run = run;
    this.#save();
  }

  /** Of the present run: nobody has the rows of an earlier one after a reload. */
  #save(): void {
    const seqs = this.#spots.filter(({ run }) => run === this.#run).map(({ seq }) => seq);
    const { run, ...reference } = this.#reference ?? { run: null };
    const saved = { epoch: this.#epoch, seqs, reference: run === this.#run ? reference : null };
    this.#storage.setItem(key, JSON.stringify(saved));
  }
}

function nameOf({ run, seq }: Spot): string {
  return `${run} ${seq}`;
}

interface Saved {
  readonly epoch: string;
  readonly seqs: readonly number[];
  readonly reference: Omit<Reference, 'run'> | null;
}

const isSeq = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;

/** What is stored may be anybody's: only what fits is taken. */
function parse(text: string | null): Saved | null {
  const value = storedJson(text);
  if (!isRecord(value) || typeof value.epoch !== 'string') return null;
  const seqs: readonly unknown[] = Array.isArray(value.seqs) ? value.seqs : [];
  return { epoch: value.epoch, seqs: seqs.filter(isSeq), reference: referenceOf(value.reference) };
}

function referenceOf(value: unknown): Saved['reference'] {
  if (!isRecord(value) || !isSeq(value.seq) || typeof value.timeNs !== 'number') return null;
  return { seq: value.seq, timeNs: value.timeNs };
}
