/**
 * Hides secrets in events that leave this machine: header values of HTTP messages and chosen bytes. Each hidden byte
 * becomes an `x`, so that sizes and offsets stay as they were. What is given is never changed, only copied.
 *
 * Bytes may begin in one chunk and end in a later one. So all events are given twice, in order: `look` finds what
 * reaches back into chunks before, then `redact` copies each event. Datagrams are each a stream of their own.
 */
import { isTransfer } from '../../events/event.ts';
import type { SocketEvent, Transfer } from '../../events/event.ts';
import { redactLimits } from '../../limits.ts';
import { HeaderValues } from './headers.ts';
import { LiteralMatcher } from './literal.ts';

/** What is hidden: header values always, and these bytes; none of them is empty. */
export type Patterns = readonly Uint8Array[];

const filler = 0x78;

interface Piece {
  readonly seq: number;
  /** Where it begins in its stream, in bytes. */
  readonly start: number;
  readonly size: number;
}
interface Range {
  readonly from: number;
  readonly to: number;
}

/** One direction of one socket. */
class Flow {
  readonly headers = new HeaderValues();
  readonly matchers: readonly { readonly size: number; readonly matcher: LiteralMatcher }[];
  /** The last chunks, as far as something that ends later can begin in them. */
  recent: readonly Piece[] = [];
  end = 0;

  constructor(patterns: Patterns) {
    this.matchers = patterns.map((pattern) => ({
      size: pattern.length,
      matcher: new LiteralMatcher(pattern),
    }));
  }
}

export class Redactor {
  readonly #patterns: Patterns;
  readonly #reach: number;
  #flows = new Map<string, Flow>();
  /** What is hidden in a chunk because of one behind it. */
  readonly #before = new Map<number, Range[]>();
  #isFull = false;
  #places = 0;

  constructor(patterns: Patterns = []) {
    this.#patterns = patterns;
    this.#reach = Math.max(0, ...patterns.map(({ length }) => length - 1));
  }

  /** How many values and patterns were found by `look`. */
  get places(): number {
    return this.#places;
  }

  /** Whether more reached from chunk to chunk than can be remembered: nothing may be exported then. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** All are looked at: `redact` begins at the first event again. */
  rewind(): void {
    this.#flows = new Map();
  }

  look(event: SocketEvent): void {
    if (event.type === 'closed') this.#forget(event.socket);
    if (!isTransfer(event)) return;
    const flow = this.#flowOf(event);
    this.#find(event, flow, (range, isFirst) => {
      if (isFirst) this.#places += 1;
      if (range.from < 0) this.#remember(flow, flow.end + range.from);
    });
    this.#pass(event, flow);
  }

  redact(event: SocketEvent): SocketEvent {
    if (event.type === 'closed') this.#forget(event.socket);
    if (!isTransfer(event)) return event;
    const flow = this.#flowOf(event);
    const own = { data: event.data };
    const hide = ({ from, to }: Range) => {
      if (own.data === event.data) own.data = event.data.slice();
      own.data.fill(filler, Math.max(0, from), to);
    };
    for (const range of this.#before.get(event.seq) ?? []) hide(range);
    this.#find(event, flow, hide);
    this.#pass(event, flow);
    return own.data === event.data ? event : { ...event, data: own.data };
  }

  #find({ data }: Transfer, flow: Flow, found: (range: Range, isFirst: boolean) => void): void {
    flow.headers.add(data, (at, isFirst) => found({ from: at, to: at + 1 }, isFirst));
    for (const { matcher, size } of flow.matchers) {
      data.forEach((byte, at) => {
        if (matcher.add(byte)) found({ from: at + 1 - size, to: at + 1 }, true);
      });
    }
  }

  /** From this place of the stream on, up to the present chunk, bytes of chunks before are hidden. */
  #remember(flow: Flow, from: number): void {
    for (const { seq, start, size } of flow.recent) {
      if (start + size <= from) continue;
      const ranges = this.#before.get(seq) ?? [];
      if (ranges.length === 0 && this.#before.size >= redactLimits.reachingBack) this.#isFull = true;
      else this.#before.set(seq, joined(ranges, { from: Math.max(0, from - start), to: size }));
    }
  }

  #pass({ seq, data }: Transfer, flow: Flow): void {
    if (data.length === 0) return;
    const piece = { seq, start: flow.end, size: data.length };
    flow.end += data.length;
    flow.recent = [...flow.recent, piece].filter(({ start, size }) => start + size > flow.end - this.#reach);
  }

  #flowOf({ socket, type, remote }: Transfer): Flow {
    if (remote) return new Flow(this.#patterns);
    const key = `${type} ${socket}`;
    const flow = this.#flows.get(key) ?? new Flow(this.#patterns);
    this.#flows.set(key, flow);
    return flow;
  }

  #forget(socket: number): void {
    this.#flows.delete(`sent ${socket}`);
    this.#flows.delete(`received ${socket}`);
  }
}

/** What reaches back from behind ends at the chunk's end: of two, the longer holds both. */
function joined(ranges: readonly Range[], { from, to }: Range): Range[] {
  return [{ from: Math.min(from, ...ranges.map((range) => range.from)), to }];
}
