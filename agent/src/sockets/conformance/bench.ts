/** Real sockets, hub and journal for one test, all closed when it ends, and the promises that hold in every test checked then. */
import type { EventOf, EventType, SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { expect, onTestFinished } from 'vitest';
import { bytesOf, eventsOf, storyOf, until, waitFor } from '../../../test/journal-watch.ts';
import { memoryJournal } from '../../../test/memory-journal.ts';
import type { Result } from '../../result.ts';
import { AcceptGate } from '../accept-gate.ts';
import { Hub } from '../hub.ts';
import type { OpenRequest } from '../hub.ts';
import type { AgentSocket, SocketLimits } from '../socket.ts';

const kibi = 1024;
const mebi = 1024 * kibi;

const limits: SocketLimits = {
  readBytes: 64 * kibi,
  sendQueueBytes: 16 * mebi,
  sendQueueDatagrams: 65_536,
  lentWrites: 64,
  udpReceiveBytes: mebi,
  earlyOptions: 8,
  lingerMs: 200,
  sockets: 100,
};

const alwaysOpen = () => new AcceptGate({ descriptors: null, spare: 0, lookMs: 0 });

export class Bench {
  readonly journal = memoryJournal({
    limits: { journalBytes: 128 * mebi, journalEvents: 100_000, blockBytes: mebi },
  });
  readonly hub: Hub;

  constructor(special: Partial<SocketLimits>) {
    this.hub = new Hub(this.journal, { ...limits, ...special }, new Map(), alwaysOpen());
  }

  open(request: OpenRequest): AgentSocket {
    return must(this.hub.open(request));
  }

  /** The next of this socket's events of this type, already there or yet to come. */
  next<Type extends EventType>(socket: AgentSocket, type: Type, from = 1): Promise<EventOf<Type>> {
    return waitFor(this.journal, type, (event) => event.socket === socket.id, from);
  }

  until(promise: string, holds: () => boolean): Promise<void> {
    return until(this.journal, promise, holds);
  }

  story(socket: AgentSocket): EventType[] {
    return storyOf(this.journal, socket.id);
  }

  received(socket: AgentSocket): Buffer {
    return bytesOf(this.journal, socket.id, 'received');
  }

  sent(socket: AgentSocket): Buffer {
    return bytesOf(this.journal, socket.id, 'sent');
  }

  eventsOf(socket: Pick<AgentSocket, 'id'>): SocketEvent[] {
    return eventsOf(this.journal).filter((event) => event.socket === socket.id);
  }

  /** Waits for the connection that a listener accepts next after `seq`. */
  async accepted(listener: AgentSocket, from = 1): Promise<AgentSocket> {
    const { socket } = await waitFor(
      this.journal,
      'accepted',
      (event) => event.listener === listener.id,
      from,
    );
    return must(this.hub.socket(socket));
  }

  /** Runs a call that is refused by a problem of our own, and checks that the journal does not tell of it. */
  async misplaced(code: string, call: () => Promise<Result<unknown>> | Result<unknown>): Promise<void> {
    const before = this.journal.latest;
    expect(await call()).toMatchObject({ ok: false, problem: { code } });
    expect(this.journal.latest).toBe(before);
  }

  /** Runs a call that the kernel refuses, and checks that the journal tells of it in the very words of the reply. */
  async refused(
    code: string,
    during: string,
    call: () => Promise<Result<unknown>> | Result<unknown>,
  ): Promise<Problem> {
    const from = this.journal.latest + 1;
    const result = await call();
    if (result.ok) throw new Error(`${during} was not refused`);
    const { message, hint, errno = null } = result.problem;
    const failures = eventsOf(this.journal).filter(({ seq, type }) => seq >= from && type === 'failed');
    expect(failures).toMatchObject([{ during, code, errno, message, hint }]);
    return result.problem;
  }

  /** Of every socket, in one pass: there may be thousands. */
  #stories(): Map<number, EventType[]> {
    const stories = new Map<number, EventType[]>();
    for (const { socket, type } of eventsOf(this.journal)) {
      if (socket === null) continue;
      if (type === 'opened') stories.set(socket, []);
      stories.get(socket)?.push(type);
    }
    return stories;
  }

  async close(): Promise<void> {
    const found = Array.from(this.hub.states.keys(), (id) => this.hub.socket(id));
    await Promise.all(found.flatMap((each) => (each.ok ? [each.value.reset()] : [])));
    for (const story of this.#stories().values()) {
      expect(story.filter((type) => type === 'closed')).toHaveLength(1);
      expect(story.at(-1)).toBe('closed');
    }
    expect([...this.hub.states.keys()]).toEqual([]);
  }
}

export function openBench(special: Partial<SocketLimits> = {}): Bench {
  const bench = new Bench(special);
  onTestFinished(() => bench.close());
  return bench;
}

/** The value of a call that has to succeed. */
export function must<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.message}`);
  return result.value;
}
