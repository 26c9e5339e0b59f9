/**
 * Hides secrets in events that leave this machine: header values of HTTP messages, chosen texts, and what chosen patterns
 * match; in payloads, and in the words beside them. Each hidden byte becomes an `x`, so that sizes and offsets stay as they were. What is given is never changed,
 * only copied.
 *
 * Bytes may begin in one chunk and end in a later one, and captured segments come in any order. So all events are given
 * twice, in order: `look` finds the places, then `redact` copies each event. Datagrams are each a stream of their own.
 */
import { carriesBytes } from '../../events/event.ts';
import type { Carrier, SocketEvent } from '../../events/event.ts';
import type { SocketState } from '../../events/state.ts';
import { redactLimits } from '../../limits.ts';
import { decodeUtf8, encodeUtf8 } from '../../payload/utf8.ts';
import { InSequence } from '../../streams/in-sequence.ts';
import type { Held } from '../../streams/in-sequence.ts';
import { Sequence } from '../../streams/sequence.ts';
import { epochFrom } from '../origin.ts';
import type { Origin } from '../origin.ts';
import { Finder } from './finder.ts';
import type { Ranges } from './ranges.ts';
import type { Secret } from './secrets.ts';
import { stateWithWords, withWords } from './words.ts';

interface Piece extends Held {
  /** As far as they are here. */
  readonly bytes: Uint8Array;
}

/** One direction of one conversation, while everything is looked at. */
class Flow {
  readonly finder: Finder;
  readonly first: number;
  readonly #inSequence: InSequence<Piece>;

  constructor(secrets: readonly Secret[], first: number) {
    const finder = new Finder(secrets);
    this.finder = finder;
    this.first = first;
    const to = {
      take: (piece: Piece, skip: number) => take(piece, skip, finder),
      miss: (bytes: number) => finder.skip(bytes),
    };
    this.#inSequence = new InSequence(to, first, redactLimits);
  }

  /** What waits is kept apart from its packet: that one's memory may be used again. */
  add(at: number, { size, data }: Carrier): void {
    const bytes = at > this.#inSequence.next ? data.slice() : data;
    this.#inSequence.add({ at, size, bytes });
  }

  finish(): void {
    this.#inSequence.finish();
    this.finder.finish();
  }
}

function take({ size, bytes }: Piece, skip: number, finder: Finder): void {
  const known = bytes.subarray(skip);
  if (known.length > 0) finder.add(known);
  const missing = size - Math.max(skip, bytes.length);
  if (missing > 0) finder.skip(missing);
}

/** What was found in a direction, `first` bytes from where its places are counted. */
interface Known {
  readonly ranges: Ranges;
  readonly first: number;
}

/** How far a direction is: where its next bytes stand. */
class Place {
  readonly #sequence = new Sequence();
  #end = 0;

  of(event: Carrier): number {
    const { size } = event;
    if (event.type === 'segment' && event.tcp !== undefined) return this.#sequence.place(event.tcp, size);
    this.#end += size;
    return this.#end - size;
  }
}

/** Places that are remembered, and directions that are followed at once. */
type Most = Readonly<Record<'places' | 'flows', number>>;

export class Redactor {
  readonly #secrets: readonly Secret[];
  /** By the number of the conversation's direction, in the order in which they begin. */
  readonly #flows = new Map<number, Flow>();
  readonly #known = new Map<number, Known>();
  #numbers = new Map<string, number>();
  #next = 0;
  #places = new Map<number, Place>();
  #counted = 0;
  #ranges = 0;
  #isCrowded = false;
  readonly #most: Most;

  constructor(secrets: readonly Secret[] = [], most: Most = redactLimits) {
    this.#secrets = secrets;
    this.#most = most;
  }

  /** How many values, texts and matches were found: all of them after `rewind`. */
  get places(): number {
    return this.#counted;
  }

  /** Whether more was found than can be remembered, or more went on at once than can be followed: nothing may be exported then. */
  get isFull(): boolean {
    return this.#isCrowded || this.#ranges > this.#most.places;
  }

  /** All are looked at: `redact` begins at the first event again. */
  rewind(): void {
    for (const number of [...this.#flows.keys()]) this.#finish(number);
    this.#numbers = new Map();
    this.#places = new Map();
    this.#next = 0;
  }

  look(event: SocketEvent): void {
    if (event.type === 'closed') this.#close(event.socket);
    if (!carriesBytes(event)) {
      withWords(event, (text) => this.#countIn(text));
      return;
    }
    const place = this.#placeOf(event);
    const flow = place && this.#flowOf(place);
    if (place && flow) this.#grow(flow, () => flow.add(place.at, event));
    else this.#counted += this.#alone(event.data).places;
  }

  redact(event: SocketEvent): SocketEvent {
    if (event.type === 'closed') this.#close(event.socket);
    if (!carriesBytes(event)) return withWords(event, (text) => this.#hideIn(text));
    const data = this.#hidden(event);
    return data === event.data ? event : { ...event, data };
  }

  /** Bytes that are part of no stream, with what they hold hidden. */
  hide(bytes: Uint8Array): Uint8Array {
    return this.#alone(bytes).ranges.hide(bytes, 0);
  }

  /** What is said of a socket whose first events are not in the file. */
  redactState(state: SocketState): SocketState {
    return stateWithWords(state, (text) => this.#hideIn(text));
  }

  /** What names the run may be somebody's words: the name of the file that it was read from. Hidden, it may be longer. */
  redactOrigin(origin: Origin): Origin {
    return { ...origin, epoch: epochFrom(this.#hideIn(origin.epoch)) };
  }

  #countIn(text: string): string {
    this.#counted += this.#alone(encodeUtf8(text)).places;
    return text;
  }

  #hideIn(text: string): string {
    return decodeUtf8(this.hide(encodeUtf8(text)));
  }

  /** A segment may come too late to be put in order, or say something else the second time: it is looked at by itself, too. */
  #hidden(event: Carrier): Uint8Array {
    const place = this.#placeOf(event);
    const known = place === null ? undefined : this.#known.get(place.number);
    const inFlow = place && known ? known.ranges.hide(event.data, place.at - known.first) : event.data;
    const isSure = place !== null && known !== undefined && event.type !== 'segment';
    return isSure ? inFlow : this.hide(inFlow);
  }

  #alone(bytes: Uint8Array): Finder {
    const finder = new Finder(this.#secrets);
    finder.add(bytes);
    finder.finish();
    return finder;
  }

  /** Of which direction these bytes are, and where they stand in it; null when they stand alone. */
  #placeOf(event: Carrier): { readonly number: number; readonly at: number } | null {
    const key = keyOf(event);
    if (key === null) return null;
    const number = this.#numbers.get(key) ?? (this.#next += 1);
    this.#numbers.set(key, number);
    const place = this.#places.get(number) ?? new Place();
    this.#places.set(number, place);
    return { number, at: place.of(event) };
  }

  /** Null when there are too many. To give one up would let a value through that has begun. */
  #flowOf({ number, at }: { readonly number: number; readonly at: number }): Flow | null {
    const open = this.#flows.get(number);
    if (open !== undefined) return open;
    this.#isCrowded ||= this.#flows.size >= this.#most.flows;
    if (this.#isCrowded) return null;
    const flow = new Flow(this.#secrets, at);
    this.#flows.set(number, flow);
    return flow;
  }

  #grow({ finder }: Flow, work: () => void): void {
    const before = finder.ranges.count;
    work();
    this.#ranges += finder.ranges.count - before;
  }

  #finish(number: number): void {
    const flow = this.#flows.get(number);
    if (flow === undefined) return;
    this.#grow(flow, () => flow.finish());
    this.#flows.delete(number);
    this.#known.set(number, { ranges: flow.finder.ranges, first: flow.first });
    this.#counted += flow.finder.places;
  }

  /** A socket's number may mean another one in a file that somebody wrote. */
  #close(socket: number): void {
    for (const key of [`sent ${socket}`, `received ${socket}`]) {
      const number = this.#numbers.get(key);
      if (number !== undefined) this.#finish(number);
      this.#numbers.delete(key);
      if (number !== undefined) this.#places.delete(number);
    }
  }
}

/** Names the direction that these bytes belong to; null when they stand alone. */
function keyOf(event: Carrier): string | null {
  if (event.type !== 'segment') return event.remote ? null : `${event.type} ${event.socket}`;
  return event.tcp === undefined || event.stream === null ? null : `${event.from} of stream ${event.stream}`;
}
