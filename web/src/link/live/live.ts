/**
 * The link to a running agent: one WebSocket, resumed by (epoch, seq) after it broke.
 *
 * Every event reaches the listener exactly once and in order. Credit is given back when the listener has
 * taken a batch, so a page that falls behind slows nobody but itself.
 */
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import { readBatch } from '@socket-playground/shared/wire/unpack.ts';
import { agentMessage, closeCodes } from '@socket-playground/shared/wire/messages.ts';
import type {
  AgentMessage,
  Gap,
  Outcome,
  PageMessage,
  Welcome,
} from '@socket-playground/shared/wire/messages.ts';
import type { KernelView } from '@socket-playground/shared/kernel/view.ts';
import { protocolVersion } from '@socket-playground/shared/wire/version.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';
import { Backoff } from './backoff.ts';
import { Cursor } from './cursor.ts';
import type { Link, LinkListener, PayloadAnswer, SearchAnswer, SearchQuery } from '../link.ts';
import { fetchPayload } from './payload.ts';
import { Questions } from './questions.ts';
import { unsentReply } from './replies.ts';
import { fetchSession } from '../sessions/session-download.ts';
import type { Download, SaveRequest } from '../sessions/sessions.ts';
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
  readonly #questions = new Questions((message) => this.#say(message));
  readonly #cursor = new Cursor();
  readonly #backoff = new Backoff(() => this.#connect());
  #listener: LinkListener | null = null;
  #wire: Wire | null = null;
  /** Whether the agent has said welcome on this wire. */
  #live = false;
  #refused = false;
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
    return this.#questions.run(command);
  }

  payload(seq: number): Promise<PayloadAnswer> {
    return fetchPayload(seq, this.#options.session ?? null, this.#options.token() ?? '');
  }

  search(query: SearchQuery): Promise<SearchAnswer> {
    const isAsked = this.#live && !query.signal.aborted;
    return isAsked ? this.#questions.search(query) : Promise.resolve({ is: 'unreachable' });
  }

  kernel(sockets: readonly number[]): Promise<KernelView | null> {
    return this.#live ? this.#questions.kernel(sockets) : Promise.resolve(null);
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
    const { session } = this.#options;
    const { place } = this.#cursor;
    this.#say({ type: 'hello', token, protocol: protocolVersion, ...(session && { session }), ...place });
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
      case 'reply':
      case 'found':
      case 'refused':
      case 'seen': {
        this.#questions.hear(message);
        return;
      }
      case 'gap': {
        this.#gap(message);
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
    this.#cursor.welcome(welcome.epoch);
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
    const { missing, fresh } = this.#cursor.take(events);
    if (missing !== null) this.#listener?.gap({ ...missing, reason: 'not-received' });
    if (fresh.length > 0) {
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
    const [done, total] = [this.#cursor.last, this.#latest];
    if (this.#options.session === undefined) this.#listener?.status({ is: 'live' });
    else if (done < total) this.#listener?.status({ is: 'reading', done, total });
    else this.#listener?.status({ is: 'read', holds: 'events', tornBytes: this.#tornBytes });
  }

  #gap({ from, to, reason }: Gap): void {
    const missing = this.#cursor.skip({ from, to });
    if (missing === null) return;
    this.#listener?.gap({ ...missing, reason });
    if (this.#options.session !== undefined) this.#tellPlace();
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
    this.#questions.lose();
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
