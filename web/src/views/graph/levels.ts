/**
 * How many connections are open and how many bytes wait to be written, event by event. Both are known only as far as
 * events tell: of what was open before the first of them, or changed in a gap, the traces that come later tell.
 */
export interface Peaks {
  /** The most connections that were open at once in each bin. */
  readonly open: Float64Array;
  /** The most bytes that waited at once in each bin, at least. */
  readonly queued: Float64Array;
}

export class Levels {
  readonly #peaks: Peaks;
  readonly #open = new Set<number>();
  /** Of those, the ones that opened before events were missing; and those that closed since without having been known. */
  #before = new Set<number>();
  readonly #past = new Set<number>();
  readonly #queues = new Map<number, number>();
  #waiting = 0;
  /** The bin up to which the levels are written down; they stand behind it. */
  #at = -1;
  /** The bin since which nothing is missing. */
  #since = 0;

  constructor(peaks: Peaks) {
    this.#peaks = peaks;
  }

  get isWaiting(): boolean {
    return this.#waiting > 0;
  }

  /** Time goes on to this bin: what was holds in all before it. */
  reach(bin: number): void {
    const end = Math.min(bin, this.#peaks.open.length - 1);
    for (let at = Math.max(0, this.#at + 1); at <= end; at += 1) {
      this.#peaks.open[at] = this.#open.size;
      this.#peaks.queued[at] = this.#waiting;
    }
    this.#at = Math.max(this.#at, bin);
  }

  /** All bins move to the front by this many, and the first are forgotten. */
  shift(bins: number): void {
    this.#at -= bins;
    this.#since = Math.max(0, this.#since - bins);
  }

  opened(socket: number): void {
    this.#open.add(socket);
    this.#raise();
  }

  /** A connection of which it is not known that it opened was open since nothing is missing. */
  closed(socket: number, wasConnection: boolean): void {
    const wasKnown = this.#open.delete(socket);
    this.#before.delete(socket);
    if (!wasKnown && wasConnection) {
      this.#past.add(socket);
      this.#lift(1);
    }
    this.waits(socket, 0);
  }

  /** So many bytes of this socket wait now. */
  waits(socket: number, bytes: number): void {
    this.#waiting += bytes - (this.#queues.get(socket) ?? 0);
    if (bytes === 0) this.#queues.delete(socket);
    else this.#queues.set(socket, bytes);
    this.#raise();
  }

  /** The kernel took a write of this many bytes. */
  took(socket: number, bytes: number): void {
    const waited = this.#queues.get(socket);
    if (waited !== undefined) this.waits(socket, Math.max(0, waited - bytes));
  }

  /** Events are missing here: what waits is not known any more. */
  missed(): void {
    this.#queues.clear();
    this.#past.clear();
    this.#before = new Set(this.#open);
    this.#waiting = 0;
    this.#since = Math.max(0, this.#at);
  }

  /** Another run begins with nothing. */
  restart(): void {
    this.#open.clear();
    this.#before.clear();
    this.#past.clear();
    this.#queues.clear();
    [this.#waiting, this.#at, this.#since] = [0, -1, 0];
  }

  /** These connections are open now: they have been since nothing is missing; others from before closed in the gap. */
  settle(open: ReadonlySet<number>): void {
    const gone = [...this.#before].filter((socket) => !open.has(socket));
    const come = [...open].filter((socket) => !this.#open.has(socket) && !this.#past.has(socket));
    for (const socket of gone) this.#open.delete(socket);
    for (const socket of come) this.#open.add(socket);
    this.#lift(come.length - gone.length);
  }

  #raise(): void {
    const { open, queued } = this.#peaks;
    if (this.#at < 0 || this.#at >= open.length) return;
    open[this.#at] = Math.max(open[this.#at] ?? 0, this.#open.size);
    queued[this.#at] = Math.max(queued[this.#at] ?? 0, this.#waiting);
  }

  #lift(by: number): void {
    const { open } = this.#peaks;
    const end = Math.min(this.#at, open.length - 1);
    for (let bin = this.#since; bin <= end; bin += 1) open[bin] = Math.max(0, (open[bin] ?? 0) + by);
  }
}
