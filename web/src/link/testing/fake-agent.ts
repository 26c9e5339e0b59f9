/** For tests: an agent as a link sees it, made of the events it has and answering as the real one does. */
import type { SaveRequest } from '../sessions/sessions.ts';
import type { FormatName } from '@socket-playground/shared/recording/export/formats.ts';
import type { KernelSocket, KernelView } from '@socket-playground/shared/kernel/view.ts';
import { parseBase64 } from '@socket-playground/shared/payload/base64.ts';
import type { Block } from '@socket-playground/shared/wire/block.ts';
import { lookFor } from '@socket-playground/shared/wire/look.ts';
import { pageMessage } from '@socket-playground/shared/wire/messages.ts';
import type { Gap, PageMessage, Search } from '@socket-playground/shared/wire/messages.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { protocolVersion } from '@socket-playground/shared/wire/version.ts';
import type { OpenWire, Wire, WireListener } from '../live/wire.ts';

/** A stretch of a journal: events, or what is missing and who is open behind it. */
export type Stretch =
  | { readonly is: 'events'; readonly block: Block }
  | { readonly is: 'gap'; readonly gap: Gap; readonly standing: readonly SocketState[] };

export const epoch = 'an-epoch';
export const started = '2026-11-21T04:24:05.000Z';

export function welcome(changes: object = {}): object {
  return {
    type: 'welcome',
    protocol: protocolVersion,
    version: '1.0.0',
    epoch,
    started,
    from: 1,
    latest: 0,
    session: null,
    tornBytes: 0,
    addresses: ['127.0.0.1'],
    hostname: 'here',
    platform: 'linux',
    expose: false,
    can: [],
    ...changes,
  };
}

/** Small, so that a journal takes many batches. */
const caps = { bytes: 600, events: 50, dataBytes: 256 };

/** Answers every link with these stretches. */
export function agentWith(stretches: readonly Stretch[], session: string | null): OpenWire {
  return (_url, page) => {
    const wire = new AnsweringWire(stretches, session, page);
    queueMicrotask(() => page.opened());
    return wire;
  };
}

function bytesOf(base64: string): Uint8Array {
  const parsed = parseBase64(base64);
  return parsed.ok ? parsed.bytes : new Uint8Array(0);
}

function allOf<Value>(looking: Generator<undefined, Value>): Value {
  let step = looking.next();
  while (step.done !== true) step = looking.next();
  return step.value;
}

class AnsweringWire implements Wire {
  readonly #stretches: readonly Stretch[];
  readonly #session: string | null;
  readonly #page: WireListener;
  #told = false;

  constructor(stretches: readonly Stretch[], session: string | null, page: WireListener) {
    this.#stretches = stretches;
    this.#session = session;
    this.#page = page;
  }

  send(text: string): void {
    const message = pageMessage.parse(JSON.parse(text));
    queueMicrotask(() => this.#answer(message));
  }

  drop(): void {
    this.#told = true;
  }

  #answer(message: PageMessage): void {
    if (message.type === 'hello') this.#tell(welcome({ session: this.#session, latest: this.#latest }));
    else if (message.type === 'credit' && !this.#told) this.#replay();
    else if (message.type === 'search') this.#tell(this.#found(message));
    else if (message.type === 'kernel')
      this.#tell({ type: 'seen', id: message.id, view: this.#view(message) });
    else if (message.type === 'command')
      this.#tell({ type: 'reply', id: message.id, outcome: { ok: true, result: {} } });
  }

  get #latest(): number {
    const last = this.#stretches.at(-1);
    return last?.is === 'events' ? last.block.last : (last?.gap.to ?? 0);
  }

  #replay(): void {
    this.#told = true;
    for (const stretch of this.#stretches) {
      if (stretch.is === 'events') this.#batches(stretch.block);
      else {
        this.#tell(stretch.gap);
        this.#tell({ type: 'standing', sockets: stretch.standing });
      }
    }
  }

  #batches(block: Block): void {
    let batch = block.batch(block.first, block.last, caps);
    while (batch !== null) {
      this.#page.heard(batch.bytes.buffer);
      batch = block.batch(batch.next, block.last, caps);
    }
  }

  #found({ id, what, from, to, longerThan }: Search & { id: number }): object {
    const prepared = lookFor(what.is === 'pattern' ? what : { ...what, bytes: bytesOf(what.bytes) });
    if (!prepared.ok) return { type: 'refused', id, problem: prepared.problem };
    const blocks = this.#stretches.flatMap((stretch) => (stretch.is === 'events' ? [stretch.block] : []));
    const seqs = blocks.flatMap((block) => allOf(prepared.look({ block, from, to, longerThan })));
    return { type: 'found', id, seqs, next: null };
  }

  /** It knows its kernel, where every socket is established; a kept session has none. */
  #view({ sockets }: { readonly sockets: readonly number[] }): KernelView {
    if (this.#session !== null) return { available: false, reason: 'recording' };
    return { available: true, time: 1, sockets: sockets.map(established) };
  }

  #tell(message: object): void {
    this.#page.heard(JSON.stringify(message));
  }
}

export const established = (socket: number): KernelSocket => ({
  socket,
  state: 'ESTABLISHED',
  sendQueue: 0,
  receiveQueue: 0,
  timer: null,
});

/** What `GET …/events/<seq>/data` answers. */
export function dataFetch(stretches: readonly Stretch[], path: string): typeof fetch {
  return (input) => {
    const url = typeof input === 'string' ? input : input instanceof URL ? input.pathname : input.url;
    const seq = Number(new RegExp(`^${path}/events/(\\d+)/data$`).exec(url)?.[1]);
    const data = stretches.map((stretch) => (stretch.is === 'events' ? stretch.block.dataOf(seq) : null));
    const found = data.find((bytes) => bytes !== null);
    return Promise.resolve(
      found ? new Response(Uint8Array.from(found)) : new Response('{}', { status: 404 }),
    );
  };
}

/** Asks for a file as everything is. */
export const exact = (format: FormatName): SaveRequest => ({
  format,
  hide: null,
  signal: new AbortController().signal,
  looked: () => undefined,
});
