import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { Block } from '@socket-playground/shared/wire/block.ts';
import { originOf } from '../journal/source.ts';
import type { Epoch } from '../journal/source.ts';
import type { SegmentFile } from './segment-file.ts';
import type { Segment } from './segment-index.ts';

interface Plan {
  readonly file: SegmentFile;
  /** The number of its first event. */
  readonly first: number;
  /** The sockets that are open right before its first event. */
  readonly standing: SocketState[];
}

/** A segment from the moment it is decided on: blocks are given to it before its file is there. */
export class PlannedSegment implements Segment {
  readonly file: SegmentFile;
  readonly at = 0;
  readonly first: number;
  readonly blocks: Segment['blocks'] = [];
  last: number;
  #standing: SocketState[];
  #plannedBytes = 0;
  #isCreated = false;

  constructor({ file, first, standing }: Plan) {
    this.file = file;
    this.first = first;
    this.last = first - 1;
    this.#standing = standing;
  }

  get isCreated(): boolean {
    return this.#isCreated;
  }

  /** The sockets that are open right before its first event, until its file tells. */
  get standing(): readonly SocketState[] {
    return this.#standing;
  }

  /** Whether a block of this size still fits; the first always does. */
  hasRoom(bytes: number, most: number): boolean {
    return this.#plannedBytes === 0 || this.#plannedBytes + bytes <= most;
  }

  give(bytes: number): void {
    this.#plannedBytes += bytes;
  }

  /** `follows` is the last event stored before it. */
  async create(epoch: Epoch, follows: number): Promise<void> {
    const { first, file } = this;
    await file.create({
      ...originOf(epoch),
      pid: process.pid,
      first,
      follows,
      standing: this.#standing,
    });
    this.#isCreated = true;
    this.#standing = [];
  }

  /** Appends what its blocks have gained: whole records, or nothing when the disk refuses. */
  async write(gains: readonly { readonly block: Block; readonly from: number }[]): Promise<void> {
    let at = this.file.size;
    const grown = gains.map(({ block, from }) => {
      const bytes = block.bytesFrom(from);
      const place = { first: block.first, at, length: block.used, last: block.last, from };
      at += bytes.length;
      return { bytes, place };
    });
    await this.file.append(grown.map(({ bytes }) => bytes));
    for (const { place } of grown) this.#wrote(place);
  }

  #wrote({ first, at, length, last, from }: Record<'first' | 'at' | 'length' | 'last' | 'from', number>) {
    const known = this.blocks.at(-1);
    if (known?.first === first) known.length = length;
    else this.blocks.push({ first, at: at - from, length });
    this.last = Math.max(this.last, last);
  }
}
