import type { Origin } from '../origin.ts';
import type { Stretch } from '../stretch.ts';

export type Piece = Uint8Array<ArrayBuffer>;

/** Makes a file of one session's stretches, which it is given in order. A piece may be a view of the block it is of. */
export interface Writer {
  /** What stands at the beginning; may be empty. */
  readonly start: Piece;
  write(stretch: Stretch): Iterable<Piece>;
  /** What stands at the end. */
  end(): Iterable<Piece>;
}

export interface WriterOptions {
  readonly origin: Origin;
  /** The event that the session ends with; null when it was cut short, or that is not known. */
  readonly end: number | null;
  /** What is made anew is handed on in pieces of about so many bytes; a larger event by itself. */
  readonly pieceBytes: number;
}
