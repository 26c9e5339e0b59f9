/** The agent's whole core for one test: real sockets on port 0, commanded as a page or a script would, closed at the end. */
import type { Family, SocketType } from '@socket-playground/shared/events/address.ts';
import type { BehaviourConfig } from '@socket-playground/shared/behaviours/index.ts';
import type { Command, CommandOf, ResultOf } from '@socket-playground/shared/commands/verbs.ts';
import { verbs } from '@socket-playground/shared/commands/verbs.ts';
import type { EventOf, EventType, SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { expect, onTestFinished } from 'vitest';
import { createPlayground } from '../src/create-playground.ts';
import type { PlaygroundOptions } from '../src/create-playground.ts';
import type { Playground } from '../src/playground.ts';
import { bytesOf, eventsOf, storyOf, until, waitFor } from './journal-watch.ts';

/** Saturday, November 21, 2026 04:24:05 UTC. */
const nowMs = Date.UTC(2026, 10, 21, 4, 24, 5);

export type SceneOptions = Partial<Omit<PlaygroundOptions, 'onBug'>>;

export class Scene {
  readonly playground: Playground;
  /** What nobody expected; a test that wants a bug takes it out. */
  readonly bugs: unknown[] = [];

  constructor(options: SceneOptions) {
    this.playground = createPlayground({
      epoch: { id: 'scene', started: '2026-11-21T04:24:05.000Z' },
      allow: [],
      expose: false,
      now: () => performance.now() * 1e6,
      nowMs: () => nowMs,
      onBug: (error) => this.bugs.push(error),
      ...options,
    });
  }

  get journal() {
    return this.playground.journal;
  }

  /** Where the story goes on: pass it as `from` to hear only of what comes after now. */
  get mark(): number {
    return this.journal.latest + 1;
  }

  /** Runs a command that has to succeed. */
  async run(command: Command): Promise<Record<string, unknown>> {
    const outcome = await this.playground.execute(command);
    if (!outcome.ok) throw new Error(`${command.type}: ${outcome.problem.code}: ${outcome.problem.message}`);
    return outcome.result;
  }

  /** Runs a command that has to be refused with this code. */
  async refused(code: string, command: Command): Promise<Problem> {
    const outcome = await this.playground.execute(command);
    expect(outcome).toMatchObject({ ok: false, problem: { code } });
    if (outcome.ok) throw new Error(`${command.type} was not refused`);
    return outcome.problem;
  }

  /** The same for a refusal before any system call: it leaves no trace. */
  async refusedSilently(code: string, command: Command): Promise<Problem> {
    const [mark, open] = [this.mark, this.states().length];
    const problem = await this.refused(code, command);
    expect([this.mark, this.states().length]).toEqual([mark, open]);
    return problem;
  }

  async open(socketType: SocketType = 'stream', family: Family = 'inet'): Promise<number> {
    return verbs.socket.result.parse(await this.run({ type: 'socket', family, socketType })).socket;
  }

  /** A server on 127.0.0.1 and a free port, unless the fields say otherwise. */
  async serve(
    behaviour: BehaviourConfig,
    fields: Partial<Omit<CommandOf<'serve'>, 'type' | 'behaviour'>> = {},
  ): Promise<ResultOf<'serve'>> {
    const command = { socketType: 'stream', host: '127.0.0.1', port: 0, ...fields } as const;
    return verbs.serve.result.parse(await this.run({ type: 'serve', behaviour, ...command }));
  }

  async dial(
    to: { host: string; port: number },
    fields: Partial<Omit<CommandOf<'dial'>, 'type' | 'host' | 'port'>> = {},
  ): Promise<ResultOf<'dial'>> {
    const { host, port } = to;
    return verbs.dial.result.parse(
      await this.run({ type: 'dial', socketType: 'stream', host, port, ...fields }),
    );
  }

  send(socket: number, text: string): Promise<Record<string, unknown>> {
    return this.run({ type: 'send', socket, data: { text } });
  }

  states(): readonly SocketState[] {
    return this.playground.sockets();
  }

  state(socket: number): SocketState | undefined {
    return this.states().find((state) => state.socket === socket);
  }

  next<Type extends EventType>(socket: number, type: Type, from = 1): Promise<EventOf<Type>> {
    return waitFor(this.journal, type, (event) => event.socket === socket, from);
  }

  waitFor<Type extends EventType>(
    type: Type,
    fits: (event: EventOf<Type>) => boolean,
    from = 1,
  ): Promise<EventOf<Type>> {
    return waitFor(this.journal, type, fits, from);
  }

  until(promise: string, holds: () => boolean): Promise<void> {
    return until(this.journal, promise, holds);
  }

  /** Waits for the connections of a listener, as many as there should have been so far. */
  async accepted(listener: number, count = 1): Promise<number[]> {
    const found = () =>
      this.events().flatMap((event) =>
        event.type === 'accepted' && event.listener === listener ? [event.socket] : [],
      );
    await this.until(`${count} accepted`, () => found().length >= count);
    return found();
  }

  events(): SocketEvent[] {
    return eventsOf(this.journal);
  }

  story(socket: number): EventType[] {
    return storyOf(this.journal, socket);
  }

  received(socket: number): string {
    return bytesOf(this.journal, socket, 'received').toString();
  }

  failures(socket: number): string[] {
    return this.events().flatMap((event) =>
      event.type === 'failed' && event.socket === socket ? [`${event.during} ${event.code}`] : [],
    );
  }

  async close(): Promise<void> {
    await this.playground.shutdown();
    expect(this.bugs).toEqual([]);
    expect(this.states()).toEqual([]);
  }
}

export function openScene(options: SceneOptions = {}): Scene {
  const scene = new Scene(options);
  onTestFinished(() => scene.close());
  return scene;
}
