/** A session that is no longer written, read from its files. What is damaged or was cut off ends it, out loud. */
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { sessionParts } from '@socket-playground/shared/recording/parts.ts';
import type { Block } from '@socket-playground/shared/wire/block.ts';
import type { Gap } from '@socket-playground/shared/wire/messages.ts';
import type { Epoch, EventSource } from '../journal/source.ts';
import { SegmentFile } from './segment-file.ts';
import { SegmentIndex } from './segment-index.ts';
import type { Segment } from './segment-index.ts';

/** The file of one segment. */
export interface SegmentPlace {
  readonly path: string;
  readonly bytes: number;
}

export class KeptSession implements EventSource {
  readonly epoch: Epoch;
  /** Bytes at the end that are no whole record. */
  readonly tornBytes: number;
  readonly #index: SegmentIndex;

  private constructor(epoch: Epoch, index: SegmentIndex, tornBytes: number) {
    this.epoch = epoch;
    this.#index = index;
    this.tornBytes = tornBytes;
  }

  /** Finds where every event is. Null when the files are no session. Rejects when they cannot be read. */
  static async open(places: readonly SegmentPlace[]): Promise<KeptSession | null> {
    const index = new SegmentIndex();
    let epoch: Epoch | null = null;
    let tornBytes = 0;
    for (const { path, bytes } of places) {
      const read = await readSegment(path, bytes);
      const isNext =
        read && (epoch?.id ?? read.epoch.id) === read.epoch.id && read.segment.first > index.last;
      if (!isNext) {
        await read?.segment.file.close();
        tornBytes += bytes;
        break;
      }
      epoch = read.epoch;
      index.add(read.segment);
      tornBytes += read.tornBytes;
    }
    return epoch && new KeptSession(epoch, index, tornBytes);
  }

  get first(): number {
    return this.#index.first ?? this.latest + 1;
  }

  get latest(): number {
    return this.#index.last;
  }

  get events(): number {
    return this.#index.events;
  }

  gapAt(cursor: number): Gap | null {
    return cursor > this.latest ? null : this.#index.gapAt(cursor, this.latest + 1);
  }

  blockOf(seq: number): Promise<Block | null> | null {
    return this.#index.blockOf(seq);
  }

  standingAfter({ to }: Gap): Promise<readonly SocketState[] | null> {
    return this.#index.standingAt(to + 1);
  }

  /** Nothing more comes. */
  subscribe(): () => void {
    return () => undefined;
  }

  close(): Promise<void> {
    return this.#index.close();
  }
}

interface ReadSegment {
  readonly epoch: Epoch;
  readonly segment: Segment;
  readonly tornBytes: number;
}

async function readSegment(path: string, bytes: number): Promise<ReadSegment | null> {
  const file = new SegmentFile(path, bytes);
  const parts = sessionParts((at, length) => file.read(at, length), bytes);
  const start = (await parts.next()).value;
  if (start?.kind !== 'segment') {
    await file.close();
    return null;
  }
  const { first, epoch, started } = start.head;
  const segment: Segment = { file, first, last: first - 1, blocks: [] };
  let tornBytes = 0;
  for await (const part of parts) {
    if (part.kind === 'block') {
      segment.blocks.push({ first: part.block.first, at: part.at, length: part.block.used });
      segment.last = part.block.last;
    } else if (part.kind === 'torn') {
      tornBytes = part.bytes;
    }
  }
  return { epoch: { id: epoch, started }, segment, tornBytes };
}
