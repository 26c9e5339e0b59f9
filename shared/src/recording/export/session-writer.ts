import { wasStored } from '../missing.ts';
import { writeSegmentHead } from '../segment.ts';
import type { Stretch } from '../stretch.ts';
import type { SocketState } from '../../events/state.ts';
import type { GapReason } from '../../wire/messages.ts';
import type { Piece, Writer, WriterOptions } from './writer.ts';

/** A beginning that is not written yet. */
interface Beginning {
  readonly first: number;
  readonly standing: readonly SocketState[];
  readonly missing: GapReason;
}

/** A session file: its blocks as they are. A new segment begins wherever something is missing, and again where the reason changes. */
export class SessionWriter implements Writer {
  readonly start: Piece;
  readonly #options: Pick<WriterOptions, 'origin' | 'end'>;
  /** What follows on a gap; null while nothing is missing. */
  #beginning: Beginning | null = null;
  /** The last event that is written, or was stored once. */
  #follows = 0;
  #hasEvents = false;

  constructor(options: Pick<WriterOptions, 'origin' | 'end'>) {
    this.#options = options;
    this.start = this.#head({ first: 1, standing: [] });
  }

  *write(stretch: Stretch): Iterable<Piece> {
    if (stretch.kind === 'gap') {
      const { to, reason } = stretch.gap;
      if (this.#beginning !== null && this.#beginning.missing !== reason) yield* this.#begin();
      if (wasStored(reason, !this.#hasEvents)) this.#follows = to;
      this.#beginning = { first: to + 1, standing: stretch.standing ?? [], missing: reason };
      return;
    }
    yield* this.#begin();
    this.#hasEvents = true;
    this.#follows = stretch.to;
    yield stretch.block.bytesBetween(stretch.from, stretch.to);
  }

  /** What is missing at the end is missing in the file too. */
  end(): Iterable<Piece> {
    return this.#begin();
  }

  *#begin(): Iterable<Piece> {
    if (this.#beginning !== null) yield this.#head(this.#beginning);
    this.#beginning = null;
  }

  #head({ first, standing, missing }: Omit<Beginning, 'missing'> & Partial<Beginning>): Piece {
    const { origin, end } = this.#options;
    // Nobody goes on writing it.
    const head = { ...origin, pid: 0, first, follows: this.#follows, standing: [...standing] };
    return writeSegmentHead({ ...head, ...(missing && { missing }) }, end);
  }
}
