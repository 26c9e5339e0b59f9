import type { FastifyBaseLogger } from 'fastify';
import type { WebSocket } from '@fastify/websocket';
import type { KernelView } from '@socket-playground/shared/kernel/view.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { pageMessage } from '@socket-playground/shared/wire/messages.ts';
import type {
  AgentMessage,
  Gap,
  Hello,
  Outcome,
  Search,
  Welcome,
} from '@socket-playground/shared/wire/messages.ts';
import { protocolVersion } from '@socket-playground/shared/wire/version.ts';
import { limits } from '../../limits.ts';
import type { OpenSession } from '../../sessions/sessions.ts';
import { goodbyes } from './greeting.ts';
import type { Goodbye } from './greeting.ts';
import type { Outbox, Recipient, Subscription } from './outbox.ts';
import { search } from './search.ts';

/** What the page is told of the agent and its machine. */
export type Host = Pick<Welcome, 'version' | 'addresses' | 'hostname' | 'platform' | 'expose' | 'can'>;

export interface PageDeps {
  /** What the page shows. */
  readonly session: OpenSession;
  readonly outbox: Outbox;
  readonly host: Host;
  /** Never rejects. A replayed session can run nothing. */
  readonly execute: (command: unknown) => Promise<Outcome>;
  /** Never rejects. The sockets of a replayed session are in no table any more. */
  readonly kernel: (sockets: ReadonlySet<number>) => Promise<KernelView>;
  readonly log: FastifyBaseLogger;
}

/** One attached page: commands in, replies, batches and gaps out. */
export class Page implements Recipient {
  readonly #socket: WebSocket;
  readonly #deps: PageDeps;
  readonly #subscription: Subscription;
  #unanswered = 0;
  /** Searches of one page take turns. */
  #searching: Promise<void> = Promise.resolve();
  #searches = 0;
  /** So do its looks into the kernel. */
  #looking: Promise<void> = Promise.resolve();
  #looks = 0;
  /** Searches whose answer the page waits for. */
  readonly #waiting = new Set<number>();

  constructor(socket: WebSocket, hello: Hello, deps: PageDeps) {
    this.#socket = socket;
    this.#deps = deps;
    const from = firstWanted(hello, deps.session);
    this.#send(welcomeTo(from, deps));
    this.#subscription = deps.outbox.add(this, from);
  }

  get queued(): number {
    return this.#socket.bufferedAmount;
  }

  gap(gap: Gap, standing: readonly SocketState[] | null): void {
    this.#send(gap);
    if (standing) this.#send({ type: 'standing', sockets: [...standing] });
  }

  batch(bytes: Uint8Array, taken: () => void): void {
    this.#socket.send(bytes, taken);
  }

  /** Answers why the link must be closed, or null. Commands run side by side; each reply carries its command's id. */
  receive(data: unknown): Goodbye | null {
    const message = pageMessage.safeParse(data);
    if (!message.success) return goodbyes.malformed;
    switch (message.data.type) {
      case 'hello':
        return goodbyes.malformed;
      case 'credit':
        this.#subscription.grant(message.data.bytes);
        return null;
      case 'command':
        void this.#run(message.data.id, message.data.command);
        return null;
      case 'search': {
        const { id, ...wanted } = message.data;
        this.#queueSearch(id, wanted);
        return null;
      }
      case 'forget':
        this.#waiting.delete(message.data.id);
        return null;
      case 'kernel': {
        const { id, sockets } = message.data;
        return this.#queueLook(id, new Set(sockets));
      }
      default:
        return unreachable(message.data);
    }
  }

  leave(): void {
    this.#subscription.end();
  }

  async #run(id: number, command: unknown): Promise<void> {
    this.#unanswered += 1;
    const outcome = await this.#outcomeOf(command);
    this.#unanswered -= 1;
    this.#send({ type: 'reply', id, outcome });
  }

  async #outcomeOf(command: unknown): Promise<Outcome> {
    if (this.#unanswered > limits.pageCommands) {
      return { ok: false, problem: problem('too-many-commands', { most: limits.pageCommands }) };
    }
    try {
      return await this.#deps.execute(command);
    } catch (error) {
      this.#deps.log.error({ err: error }, 'a command failed in an unforeseen way');
      return { ok: false, problem: problem('internal', null) };
    }
  }

  /** A forgotten search keeps its place until its turn comes. */
  #queueSearch(id: number, wanted: Search): void {
    const most = limits.pageSearches;
    if (this.#searches >= most)
      return this.#send({ type: 'refused', id, problem: problem('too-many-searches', { most }) });
    this.#searches += 1;
    this.#waiting.add(id);
    this.#searching = this.#searching
      .then(() => this.#search(id, wanted))
      .finally(() => (this.#searches -= 1));
  }

  /** The protocol has no refusal for a look, so the link ends. Our own page waits for each answer before it asks again. */
  #queueLook(id: number, sockets: ReadonlySet<number>): Goodbye | null {
    if (this.#looks >= limits.pageLooks) return goodbyes.tooManyLooks;
    this.#looks += 1;
    this.#looking = this.#looking.then(() => this.#look(id, sockets)).finally(() => (this.#looks -= 1));
    return null;
  }

  async #search(id: number, wanted: Search): Promise<void> {
    const isForgotten = () => !this.#waiting.has(id) || this.#socket.readyState !== this.#socket.OPEN;
    if (!isForgotten()) this.#send(await this.#answerTo(id, wanted, isForgotten));
    this.#waiting.delete(id);
  }

  async #answerTo(id: number, wanted: Search, isForgotten: () => boolean): Promise<AgentMessage> {
    try {
      const answer = await search(this.#deps.session.source, wanted, limits, isForgotten);
      if (answer.is === 'refused') return { type: 'refused', id, problem: answer.problem };
      return { type: 'found', id, seqs: answer.seqs, next: answer.next };
    } catch (error) {
      this.#deps.log.error({ err: error }, 'a search failed in an unforeseen way');
      return { type: 'found', id, seqs: [], next: null };
    }
  }

  async #look(id: number, sockets: ReadonlySet<number>): Promise<void> {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#send({ type: 'seen', id, view: await this.#deps.kernel(sockets) });
  }

  /** A page that does not read its replies is not read from either, until it does. */
  #send(message: AgentMessage): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(JSON.stringify(message), () => {
      if (this.queued < limits.linkQueueBytes) this.#socket.resume();
    });
    if (this.queued >= limits.linkQueueBytes) this.#socket.pause();
  }
}

/** Where a page that knows this very run stopped; any other begins at the beginning, and is told of what is gone. */
function firstWanted({ epoch, from = 1 }: Hello, { source }: OpenSession): number {
  return epoch === source.epoch.id ? Math.min(from, source.latest + 1) : 1;
}

function welcomeTo(from: number, { session, host }: PageDeps): AgentMessage {
  const { source, id, tornBytes } = session;
  const { id: epoch, started } = source.epoch;
  const { latest } = source;
  return {
    type: 'welcome',
    protocol: protocolVersion,
    epoch,
    started,
    from,
    latest,
    session: id,
    tornBytes,
    ...host,
  };
}
