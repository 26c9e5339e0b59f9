/**
 * Stops listeners before the descriptors run out, and lets them go on when some are free again.
 *
 * accept(2) must not be tried without a free descriptor: libuv would take every connection that waits and close it, and
 * nobody would hear of it (uv__emfile_trick in its src/unix/stream.c). So a few are spared, and who calls meanwhile waits
 * in the kernel's queue. They also leave room for commands, pages and the session's files.
 *
 * To count what is open costs a system call. Far from the limit it is done only after half of what is left may have
 * been taken: a handful of times on the way to the limit, and at every accept once it is near.
 */
import type { Descriptors } from './descriptors.ts';

export interface Room {
  readonly left: number;
  readonly most: number;
}

/** What was found when the gate was shut. */
export interface Shortage extends Room {
  /** The same number as long as one shortage lasts, however often the gate opens for somebody meanwhile. */
  readonly shortage: number;
}

/** Whoever accepts by itself. */
export interface Door {
  shut(found: Shortage): void;
  open(): void;
}

interface Options {
  readonly descriptors: Descriptors | null;
  /** How many descriptors are left free. */
  readonly spare: number;
  /** How often to look while the gate is shut: files and connections of others may go as well. */
  readonly lookMs: number;
}

export class AcceptGate {
  readonly #options: Options;
  readonly #doors = new Set<Door>();
  /** How many may be taken before the next look. */
  #unseen = 0;
  #found: Shortage | null = null;
  #shortages = 0;
  #isScarce = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  /** From now on this door is shut and opened; answers with what ends that. */
  hold(door: Door): () => void {
    this.#doors.add(door);
    if (this.#found) door.shut(this.#found);
    return () => this.#doors.delete(door);
  }

  /** A descriptor was taken, or may have been. */
  taken(): void {
    this.#unseen -= 1;
    if (this.#unseen < 0) this.#look();
  }

  /** One came back. */
  freed(): void {
    if (this.#isScarce) this.#look();
  }

  /** By a look right now; infinite where nobody can tell. */
  get room(): Room {
    const { descriptors } = this.#options;
    const most = descriptors?.most ?? Number.POSITIVE_INFINITY;
    return { most, left: Math.max(0, most - (descriptors?.open() ?? 0)) };
  }

  #look(): void {
    const room = this.room;
    const free = room.left - this.#options.spare;
    this.#unseen = Math.max(0, Math.floor(free / 2));
    // One accept is let through for each descriptor that comes back; the shortage is over once there is some room.
    if (free >= this.#options.spare) this.#isScarce = false;
    if (free <= 0) this.#shut(room);
    else this.#open();
  }

  #shut(room: Room): void {
    if (this.#found) return;
    if (!this.#isScarce) this.#shortages += 1;
    this.#isScarce = true;
    this.#found = { ...room, shortage: this.#shortages };
    this.#timer = setInterval(() => this.#look(), this.#options.lookMs).unref();
    for (const door of this.#doors) door.shut(this.#found);
  }

  #open(): void {
    if (!this.#found) return;
    this.#found = null;
    if (this.#timer) clearInterval(this.#timer);
    for (const door of this.#doors) door.open();
  }
}
