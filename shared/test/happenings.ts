/** Events for tests of programs: each a millisecond after the one before, unless somebody waits. */
import type { SocketEvent, SocketFact } from '../src/events/event.ts';
import { applyTo } from '../src/events/reduce.ts';
import type { OwnState, SocketState } from '../src/events/state.ts';
import { encodeUtf8 } from '../src/payload/utf8.ts';
import { codeLimits } from '../src/limits.ts';
import { nsPerMs } from '../src/units.ts';
import { storyOf } from '../src/code/story.ts';
import type { Story } from '../src/code/story.ts';

export const at = (port: number, host = '127.0.0.1') => ({ host, port });
export const bytes = (text: string) => ({ size: encodeUtf8(text).length, data: encodeUtf8(text) });

export class Happenings {
  readonly events: SocketEvent[] = [];
  readonly #states = new Map<number, OwnState>();
  #time = 0;

  wait(ms: number): this {
    this.#time += ms * nsPerMs;
    return this;
  }

  on(socket: number, ...facts: readonly SocketFact[]): this {
    for (const fact of facts) {
      this.#time += nsPerMs;
      const event: SocketEvent = { seq: this.events.length + 1, time: this.#time, socket, ...fact };
      this.events.push(event);
      applyTo(this.#states, event);
    }
    return this;
  }

  opened(socket: number, label: string | null = null, socketType: 'stream' | 'dgram' = 'stream'): this {
    return this.on(socket, { type: 'opened', family: 'inet', socketType, label });
  }

  listener(socket: number, port: number, name: 'none' | 'echo' | 'ok' = 'echo'): this {
    return this.opened(socket).on(
      socket,
      { type: 'bound', local: at(port) },
      { type: 'listening', local: at(port), backlog: 128 },
      { type: 'behaving', behaviour: { name } },
    );
  }

  client(socket: number, from: number, to: number): this {
    return this.opened(socket).on(
      socket,
      { type: 'connecting', remote: at(to) },
      { type: 'connected', local: at(from), remote: at(to) },
    );
  }

  accepted(socket: number, listener: number, port: number, from: number): this {
    return this.on(
      socket,
      { type: 'opened', family: 'inet', socketType: 'stream', label: null, listener },
      { type: 'accepted', listener, local: at(port), remote: at(from) },
    );
  }

  says(socket: number, type: 'sent' | 'received', text: string): this {
    return this.on(socket, { type, ...bytes(text) });
  }

  state(socket: number): SocketState {
    const state = this.#states.get(socket);
    if (state === undefined) throw new Error(`There is no socket #${socket}.`);
    return state;
  }

  story(socket: number, most: number = codeLimits.events): Story {
    const own = this.events.filter((event) => event.socket === socket);
    return storyOf(this.state(socket), own, most);
  }
}

/** The scene of the lesson: #1 serves, #2 calls it, #3 is what it accepted, and a word goes there and back. */
export const lesson = () =>
  new Happenings()
    .listener(1, 8888)
    .wait(21_000)
    .client(2, 52144, 8888)
    .accepted(3, 1, 8888, 52144)
    .wait(19_000)
    .says(2, 'sent', 'hapy\n')
    .says(3, 'received', 'hapy\n')
    .says(3, 'sent', 'hapy\n')
    .says(2, 'received', 'hapy\n');
