import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { wasStored } from '@socket-playground/shared/recording/missing.ts';
import { writeSegmentHead } from '@socket-playground/shared/recording/segment.ts';
import type { Gap, GapReason } from '@socket-playground/shared/wire/messages.ts';
import type { Epoch } from '../journal/source.ts';
import type { Stretch } from '../sessions/walk.ts';

/** Behind what is missing for one reason: where the next segment begins, and who was open then. */
interface Behind {
  readonly first: number;
  readonly missing: GapReason;
  readonly standing: readonly SocketState[];
}

/**
 * A session file: a new segment begins wherever something is missing. Where gaps of different reasons meet, and where the
 * session ends with one, that segment holds no event: each reason keeps its own events.
 */
export class SessionWriter {
  readonly start: Uint8Array;
  readonly #epoch: Epoch;
  /** What has not been said yet of what is missing. */
  #behind: Behind | null = null;
  /** The last event that is written, or was stored once. */
  #follows = 0;
  #hasEvents = false;

  constructor(epoch: Epoch) {
    this.#epoch = epoch;
    this.start = this.#head(1, []);
  }

  *write(stretch: Stretch): Iterable<Uint8Array> {
    if (stretch.kind === 'gap') {
      yield* this.#skip(stretch.gap, stretch.standing ?? []);
      return;
    }
    yield* this.end();
    const { block, from, to } = stretch;
    this.#hasEvents = true;
    this.#follows = to;
    yield block.bytesBetween(from, to);
  }

  *end(): Iterable<Uint8Array> {
    if (this.#behind === null) return;
    const { first, missing, standing } = this.#behind;
    this.#behind = null;
    if (wasStored(missing, !this.#hasEvents)) this.#follows = first - 1;
    yield this.#head(first, standing, missing);
  }

  /** Gaps of one reason become one. */
  *#skip({ to, reason }: Gap, standing: readonly SocketState[]): Iterable<Uint8Array> {
    if (this.#behind !== null && this.#behind.missing !== reason) yield* this.end();
    this.#behind = { first: to + 1, missing: reason, standing };
  }

  #head(first: number, standing: readonly SocketState[], missing?: GapReason): Uint8Array {
    const { id, started } = this.#epoch;
    return writeSegmentHead({
      epoch: id,
      started,
      pid: process.pid,
      first,
      follows: this.#follows,
      ...(missing && { missing }),
      standing: [...standing],
    });
  }
}
