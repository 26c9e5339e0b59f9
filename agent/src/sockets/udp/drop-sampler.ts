/**
 * Asks the kernel how many datagrams it dropped, for all datagram sockets at once (a drop makes no sound, only
 * a counter moves). It looks a few times a second while something may have been dropped, and else not at all: a drop
 * means that the receive buffer was full, and what filled it is received after the drop, or waits while nobody reads.
 */
import type { Family } from '@socket-playground/shared/events/address.ts';
import { eachRow } from './drop-table.ts';
import type { KernelTables } from './kernel-tables.ts';

/** How long after traffic the counters are looked at, ms. */
const lookMs = 200;

/** The counters have 32 bits and go round. */
const since = (now: number, before: number) => (now - before) >>> 0;

/** Calls back once, later, without keeping the process alive for it. */
export type Later = (callback: () => void) => void;

const inAWhile: Later = (callback) => void setTimeout(callback, lookMs).unref();

/** One datagram socket, right after it was bound. */
export interface Watched {
  readonly descriptor: number;
  readonly family: Family;
  readonly port: number;
  /** Whether drops may come without anything being received: it is looked at again and again while this holds. */
  isUneasy(): boolean;
  /** So many datagrams were dropped since it was last called, or since the socket was bound. */
  dropped(count: number): void;
}

export class DropSampler {
  readonly #tables: KernelTables | null;
  readonly #later: Later;
  readonly #watches = new Map<number, DropWatch>();
  #isDue = false;
  #running = Promise.resolve();
  #coming: Promise<void> | null = null;

  constructor(tables: KernelTables | null, later: Later = inAWhile) {
    this.#tables = tables;
    this.#later = later;
  }

  /** Null where the kernel does not tell what it dropped. */
  watch(watched: Watched): DropWatch | null {
    const inode = this.#tables?.inodeOf(watched.descriptor) ?? null;
    if (inode === null) return null;
    const watch = new DropWatch(this, watched, () => this.#watches.delete(inode));
    this.#watches.set(inode, watch);
    return watch;
  }

  /** Something may have been dropped. */
  stir(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#later(() => {
      this.#isDue = false;
      void this.look();
    });
  }

  /** A look that begins after this call. There is never more than one at a time, so that no drop is counted twice. */
  look(): Promise<void> {
    if (this.#coming) return this.#coming;
    const look = this.#running.then(() => {
      this.#coming = null;
      return this.#look();
    });
    // Whoever asked hears of a look that failed; the next one begins all the same.
    this.#running = look.catch(() => undefined);
    return (this.#coming = look);
  }

  async #look(): Promise<void> {
    const families = new Set<Family>();
    for (const watch of this.#watches.values()) if (watch.begin()) families.add(watch.family);
    await Promise.all([...families].map((family) => this.#read(family)));
    if ([...this.#watches.values()].some((watch) => watch.isUneasy)) this.stir();
  }

  async #read(family: Family): Promise<void> {
    const table = await this.#tables?.read(family);
    if (table) eachRow(table, (inode, port, drops) => this.#watches.get(inode)?.found(family, port, drops));
  }
}

/** One socket's part of it. */
export class DropWatch {
  readonly #sampler: DropSampler;
  readonly #watched: Watched;
  readonly #forget: () => void;
  #drops = 0;
  #isStirred = false;
  #isFound = false;

  constructor(sampler: DropSampler, watched: Watched, forget: () => void) {
    this.#sampler = sampler;
    this.#watched = watched;
    this.#forget = forget;
  }

  get family(): Family {
    return this.#watched.family;
  }

  get isUneasy(): boolean {
    return this.#isStirred || this.#watched.isUneasy();
  }

  /** A datagram came, or will not for a while. */
  stir(): void {
    if (this.#isStirred) return;
    this.#isStirred = true;
    this.#sampler.stir();
  }

  /** Called when a look begins. Answers whether this socket's table is worth reading. */
  begin(): boolean {
    const { isUneasy } = this;
    this.#isStirred = false;
    this.#isFound = false;
    return isUneasy;
  }

  /** Called with the row of this inode: it is this socket's when its port is, since inodes go round as well. */
  found(family: Family, port: number, drops: number): void {
    if (family !== this.#watched.family || port !== this.#watched.port) return;
    this.#isFound = true;
    const count = since(drops, this.#drops);
    this.#drops = drops;
    if (count > 0) this.#watched.dropped(count);
  }

  /** The last look, before the socket is closed and its row is gone; then it is forgotten. */
  async end(): Promise<void> {
    // A row may be passed over where other sockets come and go while the kernel writes the table.
    if (!(await this.#findOnce())) await this.#findOnce();
    this.#forget();
  }

  async #findOnce(): Promise<boolean> {
    this.#isStirred = true;
    await this.#sampler.look();
    return this.#isFound;
  }
}
