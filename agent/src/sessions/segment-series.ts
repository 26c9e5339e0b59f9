import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { Epoch } from '../journal/source.ts';
import { PlannedSegment } from './planned-segment.ts';
import { SegmentFile } from './segment-file.ts';
import type { SegmentIndex } from './segment-index.ts';

export interface SeriesOptions {
  readonly epoch: Epoch;
  /** The path of a segment, counted from 1. */
  readonly pathOf: (number: number) => string;
}

/** The files of the running session, one segment each: made in order at one end, taken off the disk at the other. */
export class SegmentSeries {
  readonly #options: SeriesOptions;
  readonly #index: SegmentIndex;
  #planned = 0;
  /** Taken off, but still on disk: the system did not let them go. */
  readonly #refused = new Set<SegmentFile>();

  constructor(options: SeriesOptions, index: SegmentIndex) {
    this.#options = options;
    this.#index = index;
  }

  /** Decides on the next one. */
  plan(first: number, standing: SocketState[]): PlannedSegment {
    const file = new SegmentFile(this.#options.pathOf((this.#planned += 1)));
    return new PlannedSegment({ file, first, standing });
  }

  /** Makes its file. Rejects when the disk refuses, and leaves nothing behind. */
  async create(segment: PlannedSegment): Promise<void> {
    try {
      await segment.create(this.#options.epoch, this.#index.lastStored);
    } catch (error) {
      // What was there before is not ours. What the disk said first is what is told, also when it lets nothing go.
      if (segment.file.isOurs) await segment.file.remove().catch(() => undefined);
      throw error;
    }
  }

  /** Nothing more is written to the newest segment. One without events leaves no file, but for the session's first. */
  async leaveTail(): Promise<void> {
    const empty = this.#index.dropEmptyTail();
    const newest = this.#index.segments.at(-1);
    try {
      if (empty) await empty.file.remove();
      else if (newest) await newest.file.finish('continued', newest.last);
    } catch {
      // The outage was reported, and the file can be read without its ending.
    }
  }

  /**
   * Takes the oldest off the disk, but never the one that is being written. False when there is none to take. Rejects when
   * the system does not let it go: its events are gone for readers, and its file is tried again before the next one goes.
   */
  async dropOldest(): Promise<boolean> {
    for (const file of this.#refused) {
      const isOff = await this.#takeOff(file).then(
        () => true,
        () => false,
      );
      if (isOff) return true;
    }
    if (this.#index.segments.length < 2) return false;
    const oldest = this.#index.removeOldest();
    if (oldest) await this.#takeOff(oldest.file);
    return true;
  }

  async #takeOff(file: SegmentFile): Promise<void> {
    this.#refused.add(file);
    // The file that the session is known by stays where it is.
    if (file.path === this.#options.pathOf(1)) await file.empty();
    else await file.remove();
    this.#refused.delete(file);
  }
}
