import type { SocketEvent } from '@socket-playground/shared/events/event.ts';

/** Events `from` to `to` (inclusive). */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** How far a page is in the events of an agent run: whatever comes twice, late or not at all, each counts once and in order. */
export class Cursor {
  #epoch: string | null = null;
  #next = 1;

  /** The newest event that has come, or is known to be missing; 0 before the first. */
  get last(): number {
    return this.#next - 1;
  }

  /** What an agent is told to go on from here; nothing before the first `welcome`. */
  get place(): { readonly epoch?: string; readonly from?: number } {
    return this.#epoch === null ? {} : { epoch: this.#epoch, from: this.#next };
  }

  /** Another run begins with its first event. */
  welcome(epoch: string): void {
    if (epoch !== this.#epoch) this.#next = 1;
    this.#epoch = epoch;
  }

  /** Those of these events that are not here already, and what is missing before them. */
  take(events: readonly SocketEvent[]): {
    readonly missing: Span | null;
    readonly fresh: readonly SocketEvent[];
  } {
    const isNext = events[0]?.seq === this.#next;
    const fresh = isNext ? events : events.filter(({ seq }) => seq >= this.#next);
    const [first, last] = [fresh[0], fresh.at(-1)];
    const missing = first === undefined ? null : this.skip({ from: this.#next, to: first.seq - 1 });
    if (last !== undefined) this.#next = last.seq + 1;
    return { missing, fresh };
  }

  /** As much of this gap as is not here already. */
  skip({ from, to }: Span): Span | null {
    const start = Math.max(from, this.#next);
    if (to < start) return null;
    this.#next = to + 1;
    return { from: start, to };
  }
}
