/** Bytes that come in any order and more than once, handed on in order and once. */
import { redactLimits } from '../../limits.ts';

export interface InOrderTo {
  add(bytes: Uint8Array): void;
  /** So many bytes never came. */
  skip(bytes: number): void;
}

interface Piece {
  readonly at: number;
  readonly bytes: Uint8Array;
}

export class InOrder {
  readonly #to: InOrderTo;
  /** The byte that comes next. */
  #next: number;
  #waiting: Piece[] = [];
  #bytes = 0;

  constructor(to: InOrderTo, first: number) {
    this.#to = to;
    this.#next = first;
  }

  /** Bytes that stand at `at` of the stream. */
  add(at: number, bytes: Uint8Array): void {
    if (at > this.#next) return this.#wait({ at, bytes });
    this.#tell({ at, bytes });
    this.#goOn();
  }

  /** Nothing comes any more: what is missing stays so. */
  finish(): void {
    while (this.#waiting.length > 0) this.#miss();
  }

  /** Kept apart from their packet: that one's memory is used again. */
  #wait({ at, bytes }: Piece): void {
    if (bytes.length === 0) return;
    const index = this.#waiting.findLastIndex((piece) => piece.at <= at);
    this.#waiting.splice(index + 1, 0, { at, bytes: bytes.slice() });
    this.#bytes += bytes.length;
    while (this.#bytes > redactLimits.waitingBytes || this.#waiting.length > redactLimits.waitingPieces)
      this.#miss();
  }

  /** The bytes before the first that waits are given up. */
  #miss(): void {
    const first = this.#waiting[0]?.at ?? this.#next;
    this.#to.skip(first - this.#next);
    this.#next = first;
    this.#goOn();
  }

  #goOn(): void {
    let count = 0;
    for (const piece of this.#waiting) {
      if (piece.at > this.#next) break;
      this.#tell(piece);
      this.#bytes -= piece.bytes.length;
      count += 1;
    }
    this.#waiting.splice(0, count);
  }

  #tell({ at, bytes }: Piece): void {
    const known = bytes.subarray(Math.max(0, this.#next - at));
    if (known.length === 0) return;
    this.#to.add(known);
    this.#next += known.length;
  }
}
