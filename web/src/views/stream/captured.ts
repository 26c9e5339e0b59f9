/**
 * The conversation of a capture as what its ends could have sent and received: TCP segments by their sequence numbers, what
 * was sent again once, datagrams as they are. A piece stands where the last segment before its bytes had come. Bytes that
 * were never captured are pieces of their own, without bytes and with a number between two rows.
 */
import type { EventOf, SocketEvent, Transfer } from '@socket-playground/shared/events/event.ts';
import { tcpFlags } from '@socket-playground/shared/events/tcp-flags.ts';
import { concat } from '@socket-playground/shared/payload/concat.ts';
import { InSequence } from '@socket-playground/shared/streams/in-sequence.ts';
import type { Held } from '@socket-playground/shared/streams/in-sequence.ts';
import { Sequence } from '@socket-playground/shared/streams/sequence.ts';
import type { List } from '../../store/rows/rows.ts';
import type { PayloadAnswer } from '../../store/store.svelte.ts';
import { viewLimits } from './limits.ts';

type Segment = EventOf<'segment'>;

/** Bytes of a segment, but for the first `skip`. */
interface Part {
  readonly segment: Segment;
  readonly skip: number;
}

export interface Captured {
  /** As the client's socket would have told it. */
  readonly events: readonly SocketEvent[];
  /** Segments that had nothing new, and segments that stood behind missing ones. */
  readonly sentAgain: number;
  readonly outOfOrder: number;
  readonly missingBytes: number;
  /** The number of the piece that has a segment's bytes. */
  readonly placeOf: (seq: number) => number | null;
  /** All bytes of one of these pieces. */
  readonly payload: (seq: number) => Promise<PayloadAnswer>;
}

type Fetch = (seq: number) => Promise<PayloadAnswer>;

export const isNotCaptured = ({ seq }: { readonly seq: number }): boolean => !Number.isInteger(seq);

export function capturedOf(segments: List<SocketEvent>, fetch: Fetch): Captured {
  const reading = new Reading();
  const first = Math.max(0, segments.length - viewLimits.chunks);
  for (let index = first; index < segments.length; index += 1) {
    const event = segments.at(index);
    if (event?.type === 'segment') reading.add(event);
  }
  reading.finish();
  const { events, sentAgain, outOfOrder, missingBytes, parts, places } = reading;
  const ordered = events.toSorted((a, b) => a.seq - b.seq);
  const payload = (seq: number) => joinedPayload(parts.get(seq) ?? [], fetch);
  const placeOf = (seq: number) => places.get(seq) ?? null;
  return { events: ordered, sentAgain, outOfOrder, missingBytes, placeOf, payload };
}

async function joinedPayload(parts: readonly Part[], fetch: Fetch): Promise<PayloadAnswer> {
  const pieces: Uint8Array[] = [];
  for (const { segment, skip } of parts) {
    const answer = await wholeOf(segment, fetch);
    if (answer.is !== 'data') return answer;
    pieces.push(answer.data.subarray(skip));
  }
  return pieces.length === 0 ? { is: 'gone' } : { is: 'data', data: concat(pieces) };
}

/** What a capture has of a packet may be less than its size. */
async function wholeOf({ seq, size, captured, data }: Segment, fetch: Fetch): Promise<PayloadAnswer> {
  return data.length >= (captured ?? size) ? { is: 'data', data } : fetch(seq);
}

class Reading {
  readonly events: SocketEvent[] = [];
  readonly parts = new Map<number, readonly Part[]>();
  readonly places = new Map<number, number>();
  sentAgain = 0;
  outOfOrder = 0;
  missingBytes = 0;
  readonly #ways = new Map<Segment['from'], Way>();

  add(segment: Segment): void {
    if (segment.tcp === undefined) return this.#tell(segment, segment.size, [{ segment, skip: 0 }]);
    const way = this.#ways.get(segment.from) ?? new Way();
    this.#ways.set(segment.from, way);
    way.add(segment);
    if (!way.isWaiting && segment.size > 0 && way.taken.length === 0) this.sentAgain += 1;
    this.#take(way, segment);
    this.#end(segment);
  }

  finish(): void {
    for (const way of this.#ways.values()) {
      way.finish();
      this.#take(way, null);
    }
  }

  /** What has become readable with this segment, or because nothing comes any more. */
  #take(way: Way, by: Segment | null): void {
    let run: Part[] = [];
    const tell = () => {
      const last = by ?? run[0]?.segment;
      if (last !== undefined && run.length > 0)
        this.#tell({ ...last, seq: way.after(last.seq) }, sizeOf(run), run);
      run = [];
    };
    for (const taken of way.taken.splice(0)) {
      if ('segment' in taken) {
        run.push(taken);
        if (by !== null && taken.segment !== by) this.outOfOrder += 1;
        continue;
      }
      tell();
      this.missingBytes += taken.missing;
      this.#tell({ ...taken.before, seq: way.between(taken.before.seq) }, taken.missing, []);
    }
    tell();
  }

  #tell(place: Segment, size: number, parts: readonly Part[]): void {
    const { seq, time, stream, from } = place;
    const type: Transfer['type'] = from === 'server' ? 'received' : 'sent';
    const known = parts.every(({ segment }) => segment.data.length >= segment.size);
    const data = known ? concat(parts.map(({ segment, skip }) => segment.data.subarray(skip))) : nothing;
    this.events.push({ seq, time, socket: stream ?? 0, type, size, data });
    this.parts.set(seq, parts);
    for (const { segment } of parts) this.places.set(segment.seq, seq);
  }

  /** A FIN or RST stands at its own row. */
  #end({ seq, time, stream, from, tcp }: Segment): void {
    const flags = tcp?.flags ?? 0;
    const by = from === 'server' ? 'remote' : 'local';
    const type = flags & tcpFlags.RST ? 'reset' : flags & tcpFlags.FIN ? 'ended' : null;
    if (type !== null) this.events.push({ seq, time, socket: stream ?? 0, type, by });
  }
}

const nothing = new Uint8Array(0);
const sizeOf = (parts: readonly Part[]) =>
  parts.reduce((sum, { segment, skip }) => sum + segment.size - skip, 0);

interface Place extends Held {
  readonly segment: Segment;
}
type Taken = Part | { readonly missing: number; readonly before: Segment };

/** One direction. */
class Way {
  readonly taken: Taken[] = [];
  isWaiting = false;
  readonly #sequence = new Sequence();
  #inSequence: InSequence<Place> | null = null;
  #missing = 0;
  #last = 0;

  add(segment: Segment): void {
    const { tcp, size } = segment;
    if (tcp === undefined) return;
    const at = this.#sequence.place(tcp, size);
    const line = (this.#inSequence ??= new InSequence<Place>(
      {
        take: (place, skip) => this.#take(place, skip),
        miss: (bytes) => (this.#missing = bytes),
      },
      at,
      { waitingBytes: viewLimits.bytes, waitingPieces: viewLimits.chunks },
    ));
    this.isWaiting = at > line.next;
    line.add({ at, size, segment });
  }

  finish(): void {
    this.#inSequence?.finish();
  }

  /** The number of a piece: its row's, unless what stands before it came later. */
  after(seq: number): number {
    this.#last = seq > this.#last ? seq : this.#last + tiny;
    return this.#last;
  }

  /** The number of bytes that no row has. */
  between(seq: number): number {
    this.#last = Math.max(this.#last, seq - 1) + tiny;
    return this.#last;
  }

  #take({ segment }: Place, skip: number): void {
    if (this.#missing > 0) this.taken.push({ missing: this.#missing, before: segment });
    this.#missing = 0;
    this.taken.push({ segment, skip });
  }
}

/** Far less than from row to row, and far more than numbers have digits for. */
const tiny = 2 ** -16;
