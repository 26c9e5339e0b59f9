/** What each connection sent and received by its place in the stream, as ranges that can be searched. */
import type { Ranges } from '@socket-playground/shared/streams/join.ts';
import type { Transfer } from '@socket-playground/shared/events/event.ts';
import type { Columns } from '../columns/columns.ts';
import { PerSocket } from './per-socket.ts';

/** One direction of one end of a connection. Live: it grows with the journal, and loses what the journal drops. */
export interface Transfers extends Ranges {
  /** Absolute position of the row. */
  positionAt(index: number): number | undefined;
}

export class StreamRanges {
  readonly #columns: Pick<Columns, 'find'>;
  readonly #sent = new PerSocket();
  readonly #received = new PerSocket();

  constructor(columns: Pick<Columns, 'find'>) {
    this.#columns = columns;
  }

  of(socket: number, type: Transfer['type']): Transfers {
    const positions = (type === 'sent' ? this.#sent : this.#received).of(socket);
    return {
      get length() {
        return positions.length;
      },
      at: (index) => this.#rangeAt(positions.at(index)),
      positionAt: (index) => positions.at(index),
    };
  }

  append(socket: number, type: Transfer['type'], position: number): void {
    (type === 'sent' ? this.#sent : this.#received).append(socket, position);
  }

  forgetBefore(position: number): void {
    this.#sent.forgetBefore(position);
    this.#received.forgetBefore(position);
  }

  clear(): void {
    this.#sent.clear();
    this.#received.clear();
  }

  #rangeAt(position: number | undefined): { from: number; to: number } | undefined {
    const found = position === undefined ? undefined : this.#columns.find(position);
    if (found === undefined) return undefined;
    const from = found.block.offsets[found.slot] ?? NaN;
    return { from, to: from + (found.block.sizes[found.slot] ?? 0) };
  }
}
