/** What each socket speaks: as somebody chose for it, and as the handshake of its connection said. */
import type * as dissect from '@socket-playground/shared/dissect/index.ts';
import type { Dissector, Input } from '@socket-playground/shared/dissect/dissector.ts';
import { carriesBytes } from '@socket-playground/shared/events/event.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { sourceAndDestination } from '../rows/ends.ts';
import { limits } from '../limits.ts';
import type { EventRow, List, Run } from '../rows/rows.ts';

/** An id of a dissector, or: whichever is surest, or none. */
export type ShowAs = string;
export const automatic = 'automatic';
export const plain = 'plain';

/** What is asked of the journal. */
export interface Past {
  readonly run: Run;
  /** Of the row at this absolute position. */
  runAt(position: number): Run;
  perSocket(socket: number): List<SocketEvent>;
}

/** The registry of dissectors and how it is asked. */
export type Dissecting = typeof dissect;

/** What one choice holds for: a socket, or in a capture, which has no sockets, a conversation. */
function keyOf({ run, event }: EventRow): string {
  if (event.type !== 'segment') return `${run} ${event.socket}`;
  return event.stream === null ? `${run} packet ${event.seq}` : `${run} conversation ${event.stream}`;
}

export class Spoken {
  readonly #past: Past;
  #dissecting = $state.raw<Dissecting | null>(null);
  #chosen = $state.raw<ReadonlyMap<string, ShowAs>>(new Map());
  /** Sockets whose beginning has been looked at. */
  readonly #upgraded = new Map<string, string | null>();

  constructor(past: Past) {
    this.#past = past;
  }

  runAt(position: number): Run {
    return this.#past.runAt(position);
  }

  /** Null until somebody needed it and it came: the first view of the page does not wait for the dissectors. */
  get dissecting(): Dissecting | null {
    return this.#dissecting;
  }

  /** Rejects when they cannot be fetched now; asks again when called again. */
  async load(): Promise<Dissecting> {
    return (this.#dissecting ??= await import('@socket-playground/shared/dissect/index.ts'));
  }

  /** For a view that can show what is there without them. */
  want(): void {
    this.load().catch(() => undefined);
  }

  /** Makes whoever calls this depend on what payloads are taken for. */
  follow(): boolean {
    return this.#dissecting !== null && this.#chosen.size > 0;
  }

  /** What was chosen so far; another object after each choice. */
  get choices(): ReadonlyMap<string, ShowAs> {
    return this.#chosen;
  }

  /** Id of the protocol that the row's payload is taken for; null: none, or not known yet. */
  protocolOf(row: EventRow): string | null {
    const input = this.input(row);
    if (input === null) return null;
    const { dissector, fits } = this.reader(this.choice(row), input);
    return fits ? (dissector?.id ?? null) : null;
  }

  /** How payloads of the row's socket or conversation are to be shown. */
  choice(row: EventRow): ShowAs {
    return this.#chosen.get(keyOf(row)) ?? automatic;
  }

  /** Holds for the row's socket or conversation as long as the page does. */
  choose(row: EventRow, choice: ShowAs): void {
    this.#chosen = new Map(this.#chosen).set(keyOf(row), choice);
  }

  /** What a dissector is asked about; null of a row without bytes. */
  input(row: EventRow, bytes?: Uint8Array): Input | null {
    const { event, ends } = row;
    if (!carriesBytes(event) || event.size === 0 || ends.socketType === null) return null;
    const { source, destination } = sourceAndDestination(ends, event);
    return {
      bytes: bytes ?? event.data,
      size: event.size,
      transport: ends.socketType,
      source: source?.port ?? null,
      destination: destination?.port ?? null,
      upgraded: ends.socketType === 'stream' ? this.#upgradeOf(row) : null,
    };
  }

  /** Who reads this payload, and whether it looks like his own. */
  reader(choice: ShowAs, input: Input): { readonly dissector: Dissector | null; readonly fits: boolean } {
    const dissecting = this.#dissecting;
    if (choice === plain || dissecting === null) return { dissector: null, fits: true };
    const dissector = dissecting.dissectorOf(choice);
    if (dissector === undefined) return { dissector: dissecting.recognise(input), fits: true };
    return { dissector, fits: dissecting.fits(dissector, input) };
  }

  /** A connection changes its protocol in its first messages, if at all. */
  #upgradeOf(row: EventRow): string | null {
    const key = keyOf(row);
    const known = this.#upgraded.get(key);
    if (known !== undefined || row.run !== this.#past.run || row.event.socket === null) return known ?? null;
    if (this.#dissecting === null) return null;
    const events = this.#past.perSocket(row.event.socket);
    const found = upgradeIn(events, this.#dissecting);
    if (found !== null || events.length >= limits.handshakeEvents) this.#remember(key, found);
    return found;
  }

  #remember(key: string, found: string | null): void {
    if (this.#upgraded.size >= limits.handshakes) this.#upgraded.clear();
    this.#upgraded.set(key, found);
  }
}

const switching = /^HTTP\/1\.1 101 .*\bupgrade to (\w+)/i;

/** The protocol that a response said it changes to (RFC 9110 §15.2.2). */
function upgradeIn(events: List<SocketEvent>, dissecting: Dissecting): string | null {
  for (let at = 0; at < Math.min(events.length, limits.handshakeEvents); at += 1) {
    const event = events.at(at);
    if (event === undefined || !carriesBytes(event)) continue;
    const found = switching.exec(saidBy(event.data, event.size, dissecting));
    if (found?.[1] !== undefined) return found[1].toLowerCase();
  }
  return null;
}

const letterH = 0x48;

function saidBy(bytes: Uint8Array, size: number, { dissectAs, dissectorOf }: Dissecting): string {
  const http = bytes[0] === letterH ? dissectorOf('http') : undefined;
  if (http === undefined) return '';
  return dissectAs(http, { bytes, size, transport: 'stream', source: null, destination: null }).info;
}
