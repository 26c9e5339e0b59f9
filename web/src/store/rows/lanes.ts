/**
 * Each open socket keeps one lane of the log from `opened` to `closed`, so that lifetimes are seen without reading.
 * There are few; a socket that finds none has only its number.
 */
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';

export const laneCount = 6;

export interface LaneMark {
  /** Bit n: lane n is taken. */
  readonly taken: number;
  /** The lane of the row's own socket, or -1. */
  readonly own: number;
}

const takenBits = (1 << laneCount) - 1;

/** A mark as a number of 9 bits. */
export const packLanes = ({ taken, own }: LaneMark): number => taken | ((own + 1) << laneCount);

export const unpackLanes = (packed: number): LaneMark => ({
  taken: packed & takenBits,
  own: (packed >> laneCount) - 1,
});

export class Lanes {
  readonly #owners: (number | null)[] = Array.from({ length: laneCount }, () => null);
  #taken = 0;
  /** One mark for each lane and state, shared by all rows that look the same. */
  #marks: LaneMark[] = [];

  /** The lanes at this event, its own among them. */
  at(event: SocketEvent): LaneMark {
    if (event.type === 'opened') this.#take(event.socket);
    const own = event.socket === null ? -1 : this.#owners.indexOf(event.socket);
    const mark = (this.#marks[own + 1] ??= { taken: this.#taken, own });
    if (event.type === 'closed') this.#free(own);
    return mark;
  }

  /** What missing events came to: these sockets are open, and no others. */
  stand(open: ReadonlySet<number>): void {
    for (const [lane, owner] of this.#owners.entries())
      if (owner !== null && !open.has(owner)) this.#free(lane);
    for (const socket of open) if (!this.#owners.includes(socket)) this.#take(socket);
  }

  #take(socket: number): void {
    const free = this.#owners.indexOf(null);
    if (free >= 0) this.#set(free, socket);
  }

  #free(lane: number): void {
    if (lane >= 0) this.#set(lane, null);
  }

  #set(lane: number, owner: number | null): void {
    this.#owners[lane] = owner;
    this.#taken = this.#owners.reduce(
      (bits: number, held, index) => (held === null ? bits : bits | (1 << index)),
      0,
    );
    this.#marks = [];
  }
}
