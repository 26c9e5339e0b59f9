import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { Block } from '@socket-playground/shared/wire/block.ts';
import type { PlannedSegment } from './planned-segment.ts';

/** A block on its way to disk. */
interface Waiting {
  readonly block: Block;
  readonly segment: PlannedSegment;
  written: number;
}

/** What waits for the disk: blocks in order, each with the segment it was given to. The newest may still grow. */
export class WaitingBlocks {
  #waiting: Waiting[] = [];

  /** What is not written yet. */
  get bytes(): number {
    return this.#waiting.reduce((sum, { block, written }) => sum + block.used - written, 0);
  }

  /** Whether a block that begins with this event waits. */
  has(first: number): boolean {
    return this.#waiting.some(({ block }) => block.first === first);
  }

  add(block: Block, segment: PlannedSegment): void {
    segment.give(block.capacity);
    this.#waiting.push({ block, segment, written: 0 });
  }

  /** Writes everything, segment by segment. Rejects when the disk refuses: what was not written waits on. */
  async write(create: (segment: PlannedSegment) => Promise<void>): Promise<void> {
    for (let [next] = this.#waiting; next; [next] = this.#waiting) {
      const { segment } = next;
      if (!segment.isCreated) await create(segment);
      const own = this.#waiting.filter((waiting) => waiting.segment === segment);
      const ends = own.map(({ block }) => block.used);
      await segment.write(own.map(({ block, written }) => ({ block, from: written })));
      own.forEach((waiting, index) => (waiting.written = ends[index] ?? 0));
      this.#forgetWritten();
      if (this.#waiting[0]?.segment === segment) return;
      await segment.file.finish('continued', segment.last);
    }
  }

  /**
   * None of it will be stored. Calls `passes` with each block whose segment has no file yet, and with the sockets that
   * were open before that segment.
   */
  giveUp(passes: (block: Block, standing: () => readonly SocketState[]) => void): void {
    for (const { block, segment } of this.#waiting) {
      // A write of them may still be under way.
      block.keep();
      if (!segment.isCreated) passes(block, () => segment.standing);
    }
    this.clear();
  }

  /** Nothing is waited for any more, and no write is under way. */
  clear(): void {
    this.#waiting = [];
  }

  #forgetWritten(): void {
    const newest = this.#waiting.at(-1);
    this.#waiting = this.#waiting.filter(
      (waiting) => waiting === newest || waiting.written < waiting.block.used,
    );
  }
}
