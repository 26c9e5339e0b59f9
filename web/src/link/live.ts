/**
 * The link to a running agent: one WebSocket, resumed by (epoch, seq) after it broke.
 *
 * Every event reaches the listener exactly once and in order. Credit is given back when the listener has
 * taken a batch, so a page that falls behind slows nobody but itself.
 */
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { readBatch } from '@socket-playground/shared/wire/unpack.ts';
import { agentMessage, closeCodes, mostKernelSockets } from '@socket-playground/shared/wire/messages.ts';
import type { AgentMessage, Outcome, PageMessage, Welcome } from '@socket-playground/shared/wire/messages.ts';
import { formatBase64 } from '@socket-playground/shared/payload/base64.ts';
import type { KernelView } from '@socket-playground/shared/kernel/view.ts';
import { protocolVersion } from '@socket-playground/shared/wire/version.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';
import { Backoff } from './backoff.ts';
import type { Link, LinkListener, PayloadAnswer, SearchAnswer, SearchQuery } from './link.ts';
import { fetchPayload } from './payload.ts';
import { brokenReply, unsentReply } from './replies.ts';
import { Requests } from './requests.ts';
import { fetchSession } from './session-download.ts';
import type { Download, SaveRequest } from './sessions.ts';
import { openWebSocket } from './wire.ts';
import type { OpenWire, Wire } from './wire.ts';

export interface LiveOptions {
  readonly url: string;
  readonly token: () => string | null;
  /** The id of a kept session to replay; the running one when absent. */
  readonly session?: string;
  /** Bytes of batches the agent may have under way. */
  readonly creditBytes: number;
  /** What to connect with, when it is not the browser's own WebSocket. */
  readonly open?: OpenWire;
}

/** Credit goes back in parts of this many, so that small batches do not each cost a message. */
const creditParts = 8;
/** An agent that is there says welcome at once. */
const welcomeWithinMs = 5_000;

/** The words of problems: the agent says most of them. */
const catalogue = () => import('@socket-playground/shared/problems.ts');

export class LiveLink implements Link {
  readonly #options: LiveOptions;
  readonly #replies = new Requests<Outcome>(brokenReply);
  readonly #searches = new Requests<SearchAnswer>({ is: 'unreachable' });
  readonly #looks = new Requests<KernelView | null>(null);
  readonly #backoff = new Backoff(() => this.#connect());
  #listener: LinkListener | null = null;
  #wire: Wire | null = null;
  /** Whether the agent has said welcome on this wire. */
  #live = false;
  #refused = false;
  #epoch: string | null = null;
  #next = 1;
  /** The newest event of a replayed session, and what is torn behind it. */
  #latest = 0;
  #tornBytes = 0;
  #owed = 0;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  start(listener: LinkListener): void {
    this.#listener = listener;
    this.#connect();
  }

  stop(): void {
    this.#backoff.stop();
    this.#drop();
    this.#listener = null;
  }

  retryNow(): void {
    this.#backoff.reset();
    this.#connect();
  }

  async run(command: Command): Promise<Outcome> {
    if (this.#options.session !== undefined) {
      const { problem } = await catalogue();
      return { ok: false, problem: problem('recording', null) };
    }
    if (!this.#live) return unsentReply(this.#refused);
    const { id, answer } = this.#replies.expect();
    this.#say({ type: 'command', id, command });
    return answer;
  }

  payload(seq: number): Promise<PayloadAnswer> {
    return fetchPayload(seq, this.#options.session ?? null, this.#options.token() ?? '');
  }

  search({ what, signal, ...query }: SearchQuery): Promise<SearchAnswer> {
    if (!this.#live || signal.aborted) return Promise.resolve({ is: 'unreachable' });
    const { id, answer } = this.#searches.expect();
    const forget = () => this.#forget(id);
    signal.addEventListener('abort', forget);
    void answer.then(() => signal.removeEventListener('abort', forget));
    const sought = what.is === 'bytes' ? { ...what, bytes: formatBase64(what.bytes) } : what;
    this.#say({ type: 'search', id, what: sought, ...query });
    return answer;
  }

  #forget(id: number): void {
    if (this.#searches.settle(id, { is: 'unreachable' })) this.#say({ type: 'forget', id });
  }

  kernel(sockets: readonly number[]): Promise<KernelView | null> {
    if (!this.#live) return Promise.resolve(null);
    const { id, answer } = this.#looks.expect();
    this.#say({ type: 'kernel', id, sockets: sockets.slice(0, mostKernelSockets) });
    return answer;
  }

  save(request: SaveRequest): Promise<Download> {
    return fetchSession(this.#options.session ?? 'current', this.#options.token() ?? '', request);
  }

  #connect(): void {
    this.#backoff.stop();
    this.#drop();
    const token = this.#options.token();
    if (token === null) return this.#listener?.status({ is: 'no-token' });
    this.#listener?.status({ is: 'connecting' });
    const open = this.#options.open ?? openWebSocket;
    this.#wire = open(this.#options.url, {
      opened: () => this.#hello(token),
      heard: (data) => this.#hear(data),
      closed: (code) => this.#closed(code),
    });
    this.#patience = setTimeout(() => this.#lost(), welcomeWithinMs);
  }

  #hello(token: string): void {
    const known = this.#epoch === null ? {} : { epoch: this.#epoch, from: this.#next };
    const { session } = this.#options;
    this.#say({ type: 'hello', token, protocol: protocolVersion, ...(session && { session }), ...known });
  }

  #hear(data: unknown): void {
    if (data instanceof ArrayBuffer) {
      this.#batch(new Uint8Array(data));
      return;
    }
    const message = parse(data);
    // What this page does not understand it cannot skip: events might be missing after it.
    if (message === null) {
      this.#lost();
      return;
    }
    this.#answer(message);
  }

  #answer(message: AgentMessage): void {
    switch (message.type) {
      case 'welcome': {
        this.#welcome(message);
        return;
      }
      case 'reply': {
        this.#replies.settle(message.id, message.outcome);
        return;
      }
      case 'found': {
        this.#searches.settle(message.id, { is: 'found', seqs: message.seqs, next: message.next });
        return;
      }
      case 'refused': {
        this.#searches.settle(message.id, { is: 'refused', problem: message.problem });
        return;
      }
      case 'seen': {
        this.#looks.settle(message.id, message.view);
        return;
      }
      case 'gap': {
        this.#gap(message.from, message.to, message.reason);
        return;
      }
      case 'standing': {
        this.#listener?.standing(message.sockets);
        return;
      }
      default:
        return unreachable(message);
    }
  }

  #welcome(welcome: Welcome): void {
    clearTimeout(this.#patience);
    if (welcome.epoch !== this.#epoch) this.#next = 1;
    this.#epoch = welcome.epoch;
    this.#owed = 0;
    this.#live = true;
    this.#backoff.reset();
    this.#latest = welcome.latest;
    this.#tornBytes = welcome.tornBytes;
    this.#listener?.welcome(welcome);
    this.#tellPlace();
    this.#say({ type: 'credit', bytes: this.#options.creditBytes });
  }

  #batch(bytes: Uint8Array): void {
    const { events, torn } = readBatch(bytes);
    const fresh = events[0]?.seq === this.#next ? events : this.#inOrder(events);
    const last = fresh.at(-1);
    if (last !== undefined) {
      this.#next = last.seq + 1;
      this.#listener?.events(fresh);
      if (this.#options.session !== undefined) this.#tellPlace();
    }
    if (torn) {
      this.#lost();
      return;
    }
    this.#giveBack(bytes.length);
  }

  /** The running session is live; of a kept one so much was read. */
  #tellPlace(): void {
    const [done, total] = [this.#next - 1, this.#latest];
    if (this.#options.session === undefined) this.#listener?.status({ is: 'live' });
    else if (done < total) this.#listener?.status({ is: 'reading', done, total });
    else this.#listener?.status({ is: 'read', holds: 'events', tornBytes: this.#tornBytes });
  }

  /** Leaves out what is here already, and says so where something is missing. */
  #inOrder(events: readonly SocketEvent[]): readonly SocketEvent[] {
    const fresh = events.filter((event) => event.seq >= this.#next);
    const first = fresh[0];
    if (first !== undefined && first.seq > this.#next) this.#gap(this.#next, first.seq - 1, 'not-received');
    return fresh;
  }

  #gap(from: number, to: number, reason: Parameters<LinkListener['gap']>[0]['reason']): void {
    const start = Math.max(from, this.#next);
    if (to < start) return;
    this.#next = to + 1;
    this.#listener?.gap({ from: start, to, reason });
  }

  #giveBack(bytes: number): void {
    this.#owed += bytes;
    if (this.#owed < this.#options.creditBytes / creditParts) return;
    this.#say({ type: 'credit', bytes: this.#owed });
    this.#owed = 0;
  }

  #closed(code: number): void {
    this.#drop();
    this.#refused = code === closeCodes.refused;
    if (this.#refused) return this.#listener?.status({ is: 'refused' });
    if (code === closeCodes.version) return this.#listener?.status({ is: 'mismatch' });
    if (code === closeCodes.noSession) return void this.#unreadable(this.#options.session ?? '');
    this.#lost();
  }

  async #unreadable(id: string): Promise<void> {
    const { problem } = await catalogue();
    this.#listener?.status({ is: 'unreadable', problem: problem('no-such-session', { id }) });
  }

  #lost(): void {
    this.#drop();
    this.#listener?.status({ is: 'lost', retryInMs: this.#backoff.start() });
  }

  /** Lets go of the present wire; nothing it still says is heard. */
  #drop(): void {
    clearTimeout(this.#patience);
    this.#wire?.drop();
    this.#wire = null;
    this.#live = false;
    this.#replies.lose();
    this.#searches.lose();
    this.#looks.lose();
  }

  #say(message: PageMessage): void {
    this.#wire?.send(JSON.stringify(message));
  }
}

function parse(data: unknown): AgentMessage | null {
  if (typeof data !== 'string') return null;
  try {
    const parsed = agentMessage.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
