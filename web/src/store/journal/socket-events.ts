/** The kept events of each socket of the present run, and of each conversation of a capture. */
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { SocketEvent, Transfer } from '@socket-playground/shared/events/event.ts';
import type { Columns } from '../columns/columns.ts';
import type { Ends } from '../rows/ends.ts';
import { PerSocket } from './per-socket.ts';
import type { Positions } from './positions.ts';
import type { List, Row } from '../rows/rows.ts';
import { StreamRanges } from './stream-ranges.ts';
import type { Transfers } from './stream-ranges.ts';

/** The row at an absolute position. */
type RowAt = (position: number) => Row | undefined;

/** Knows where they are, not what they say. Its lists are live: they grow with the journal, and lose what it drops. */
export class SocketEvents {
  readonly #rowAt: RowAt;
  readonly #all = new PerSocket();
  /** Those that are no transfers. */
  readonly #life = new PerSocket();
  readonly #ranges: StreamRanges;
  /** Captured segments by the number of their conversation. */
  readonly #streams = new PerSocket();

  constructor(columns: Columns, rowAt: RowAt) {
    this.#rowAt = rowAt;
    this.#ranges = new StreamRanges(columns);
  }

  of(socket: number): List<SocketEvent> {
    return this.#eventsAt(this.#all.of(socket));
  }

  lifeOf(socket: number): List<SocketEvent> {
    return this.#eventsAt(this.#life.of(socket));
  }

  transfersOf(socket: number, type: Transfer['type']): Transfers {
    return this.#ranges.of(socket, type);
  }

  ofStream(stream: number): List<SocketEvent> {
    return this.#eventsAt(this.#streams.of(stream));
  }

  /** `offset`: the place of a transfer's first byte in its stream, where that is known. */
  append(event: SocketEvent, { socketType }: Ends, offset: number | null, position: number): void {
    if (event.type === 'segment' && event.stream !== null) this.#streams.append(event.stream, position);
    if (event.socket === null) return;
    this.#all.append(event.socket, position);
    if (!isTransfer(event)) this.#life.append(event.socket, position);
    else if (socketType === 'stream' && offset !== null)
      this.#ranges.append(event.socket, event.type, position);
  }

  forgetBefore(position: number): void {
    this.#all.forgetBefore(position);
    this.#life.forgetBefore(position);
    this.#ranges.forgetBefore(position);
    this.#streams.forgetBefore(position);
  }

  clear(): void {
    this.#all.clear();
    this.#life.clear();
    this.#ranges.clear();
    this.#streams.clear();
  }

  #eventsAt(positions: Positions): List<SocketEvent> {
    return {
      get length() {
        return positions.length;
      },
      at: (index) => {
        const position = positions.at(index);
        const row = position === undefined ? undefined : this.#rowAt(position);
        return row?.kind === 'event' ? row.event : undefined;
      },
    };
  }
}
