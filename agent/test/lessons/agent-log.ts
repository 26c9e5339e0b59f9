/** A running agent as outside programs have it: its events as they come, and commands. Knows nothing of vitest. */
import * as z from 'zod/mini';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import { jsonEvent, socketEvent } from '@socket-playground/shared/events/event.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { LessonJournal } from '@socket-playground/shared/lessons/journal.ts';
import { parseBase64 } from '@socket-playground/shared/payload/base64.ts';
import { problemSchema } from '@socket-playground/shared/problem.ts';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';

export interface AgentAccess {
  readonly origin: string;
  readonly token: string;
}

const outcomeShape = z.union([
  z.object({ ok: z.literal(true), result: z.record(z.string(), z.unknown()) }),
  z.object({ ok: z.literal(false), problem: problemSchema }),
]);
const openShape = z.object({ sockets: z.array(z.object({ socket: z.int() })) });

export class AgentLog implements LessonJournal {
  readonly #access: AgentAccess;
  readonly #events: SocketEvent[] = [];
  readonly #watchers = new Set<(event: SocketEvent) => void>();
  readonly #stop = new AbortController();

  constructor(access: AgentAccess) {
    this.#access = access;
  }

  get latest(): number {
    return this.#events.length;
  }

  events(from: number): SocketEvent[] {
    return this.#events.slice(Math.max(0, from - 1));
  }

  payload(seq: number): Uint8Array | null {
    const event = this.#events[seq - 1];
    return event !== undefined && 'data' in event ? event.data : null;
  }

  watch(watcher: (event: SocketEvent) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Follows the agent's events until `close`. */
  async open(): Promise<void> {
    const { body } = await this.#ask('/api/events?from=1&follow=1', { signal: this.#stop.signal });
    if (body === null) throw new Error('The agent has no events to follow.');
    void this.#read(body);
    await this.settle();
  }

  close(): void {
    this.#stop.abort();
  }

  async run(command: Command): Promise<Outcome> {
    const response = await this.#ask('/api/commands', { method: 'POST', body: JSON.stringify(command) });
    return outcomeShape.parse(await response.json());
  }

  /** Resolves when everything that has happened so far has come. */
  async settle(): Promise<void> {
    const from = this.latest + 1;
    const response = await this.#ask(`/api/events?from=${from}`);
    const wanted = from - 1 + (await response.text()).split('\n').length - 1;
    while (this.latest < wanted) await this.#next();
  }

  /** Closes every socket that is open. */
  async closeAll(): Promise<void> {
    const { sockets } = openShape.parse(await (await this.#ask('/api/sockets')).json());
    await Promise.all(sockets.map(({ socket }) => this.run({ type: 'close', socket, reset: true })));
    await this.settle();
  }

  #next(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.watch(() => {
        stop();
        resolve();
      });
    });
  }

  #ask(path: string, init: RequestInit = {}): Promise<Response> {
    const { origin, token } = this.#access;
    return fetch(`${origin}${path}`, { ...init, headers: { authorization: `Bearer ${token}` } });
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    let rest = '';
    try {
      for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) this.#take(line);
      }
    } catch (error) {
      if (!this.#stop.signal.aborted) throw error;
    }
  }

  #take(line: string): void {
    const event = jsonEvent.parse(JSON.parse(line));
    const held = socketEvent.parse('data' in event ? { ...event, data: bytesOf(event.data) } : event);
    this.#events.push(held);
    for (const watcher of this.#watchers) watcher(held);
  }
}

function bytesOf(base64: string): Uint8Array {
  const read = parseBase64(base64);
  if (!read.ok) throw new Error(read.wrong);
  return read.bytes;
}
