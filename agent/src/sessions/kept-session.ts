/** A session that is no longer written, read from its files. What is damaged, cut off or taken away is a gap, out loud. */
import { stat } from 'node:fs/promises';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { missingBehind } from '@socket-playground/shared/recording/missing.ts';
import { sessionParts } from '@socket-playground/shared/recording/parts.ts';
import type { SessionPart } from '@socket-playground/shared/recording/parts.ts';
import { preambleBytes } from '@socket-playground/shared/recording/segment.ts';
import type { Block } from '@socket-playground/shared/wire/block.ts';
import type { Gap } from '@socket-playground/shared/wire/messages.ts';
import type { Epoch, EventSource } from '../journal/source.ts';
import { isGone, SegmentFile } from './segment-file.ts';
import { SegmentIndex } from './segment-index.ts';
import type { Segment } from './segment-index.ts';

/** One file of a session. */
export interface SegmentPlace {
  readonly path: string;
  readonly bytes: number;
}

export class KeptSession implements EventSource {
  readonly epoch: Epoch;
  /** Bytes that are no whole record: at the end, where it was cut off while being written, or damaged. */
  readonly tornBytes: number;
  /** It ended in order, whatever became of its files since. */
  readonly hasEnded: boolean;
  readonly #index: SegmentIndex;
  #isClosed = false;

  private constructor(epoch: Epoch, { index, tornBytes, hasEnded }: Reading) {
    this.epoch = epoch;
    this.#index = index;
    this.tornBytes = tornBytes;
    this.hasEnded = hasEnded;
  }

  /** Finds where every event is. Null when the files are no session. Rejects when they cannot be read. */
  static async open(places: readonly SegmentPlace[]): Promise<KeptSession | null> {
    const reading = new Reading();
    const { index } = reading;
    try {
      for (const place of places) await reading.readFile(place);
      const last = places.at(-1);
      if (last && !(await hasGrown(last))) reading.finish();
    } catch (error) {
      await index.close();
      throw error;
    }
    return reading.epoch && new KeptSession(reading.epoch, reading);
  }

  get first(): number {
    return this.#index.first ?? this.latest + 1;
  }

  get latest(): number {
    return this.#index.latest;
  }

  get events(): number {
    return this.#index.events;
  }

  /** It ended in order, and every event of it is here. */
  get isComplete(): boolean {
    return this.hasEnded && this.tornBytes === 0 && this.events === this.latest;
  }

  gapAt(cursor: number): Gap | null {
    return cursor > this.latest ? null : this.#index.gapAt(cursor, this.latest + 1);
  }

  blockOf(seq: number): Promise<Block | null> | null {
    return this.#isClosed ? null : this.#index.blockOf(seq);
  }

  async standingAfter({ to }: Gap): Promise<readonly SocketState[] | null> {
    return this.#isClosed ? null : this.#index.standingAt(to + 1);
  }

  /** Nothing more comes. */
  subscribe(): () => void {
    return () => undefined;
  }

  /** For good: whoever reads on opens no file again. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.#index.close();
  }
}

type SegmentPart = Extract<SessionPart, { kind: 'segment' }>;
type BlockPart = Extract<SessionPart, { kind: 'block' }>;

/** A session while its files are read, one after the other. */
class Reading {
  readonly index = new SegmentIndex();
  epoch: Epoch | null = null;
  tornBytes = 0;
  /** The last segment that is there. */
  #newest: SegmentPart | null = null;

  /** Known once it is finished. */
  hasEnded = false;

  /** The files are all there is of it: nobody goes on writing them. */
  finish(): void {
    if (this.#newest === null) return;
    this.hasEnded = this.#newest.preamble.state === 'ended';
    this.index.addMissing(missingBehind(this.#newest, this.#before));
  }

  get #before() {
    const { first, last } = this.index;
    return { last, isOldest: first === null && this.tornBytes === 0 };
  }

  /** A file that does not fit behind the ones before it, or cannot be read, counts as torn; the next one may fit. */
  async readFile({ path, bytes }: SegmentPlace): Promise<void> {
    const file = new SegmentFile(path, bytes);
    let [readTo, segment]: [number, Segment | null] = [0, null];
    try {
      for await (const part of sessionParts((at, length) => file.read(at, length), bytes)) {
        if (part.kind === 'segment') segment = this.#begin(file, part);
        else if (part.kind === 'block' && segment) extend(segment, part);
        if (segment === null || (part.kind !== 'segment' && part.kind !== 'block')) break;
        readTo = endOf(part);
      }
    } catch (error) {
      // Its writer may have taken out its oldest part meanwhile.
      if (!isGone(error)) throw error;
    } finally {
      if (segment === null) await file.close();
    }
    this.tornBytes += bytes - readTo;
  }

  #begin(file: SegmentFile, part: SegmentPart): Segment | null {
    const { head, at } = part;
    const { first, follows, missing, epoch, started } = head;
    if ((this.epoch?.id ?? epoch) !== epoch || first <= this.index.last) return null;
    this.epoch ??= { id: epoch, started };
    const segment = { file, at, first, last: first - 1, blocks: [] };
    this.index.add(segment, { follows, missing, isOldest: this.#before.isOldest });
    this.#newest = part;
    return segment;
  }
}

/** Its writer may have gone on, and may even have ended it, since somebody looked how large it is. */
async function hasGrown({ path, bytes }: SegmentPlace): Promise<boolean> {
  const stats = await stat(path).catch(() => null);
  return stats !== null && stats.size > bytes;
}

function extend(segment: Segment, { block, at }: BlockPart): void {
  segment.blocks.push({ first: block.first, at, length: block.used });
  segment.last = block.last;
}

const endOf = (part: SegmentPart | BlockPart): number =>
  part.at + (part.kind === 'block' ? part.block.used : preambleBytes + part.preamble.headBytes);
