import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { Deque } from './deque.ts';
import type { List } from './rows.ts';

const nothing: List<SocketEvent> = { length: 0, at: () => undefined };

/** The kept events of each socket, in order. */
export class PerSocket {
  readonly #events = new Map<number, Deque<SocketEvent>>();

  of(socket: number): List<SocketEvent> {
    return this.#events.get(socket) ?? nothing;
  }

  append(event: SocketEvent): void {
    if (event.socket === null) return;
    const known = this.#events.get(event.socket);
    const events = known ?? new Deque<SocketEvent>();
    if (known === undefined) this.#events.set(event.socket, events);
    events.push(event);
  }

  forgetUpTo(seq: number): void {
    for (const [socket, events] of this.#events) {
      let old = 0;
      while ((events.at(old)?.seq ?? Infinity) <= seq) old += 1;
      events.dropFront(old);
      if (events.length === 0) this.#events.delete(socket);
    }
  }

  clear(): void {
    this.#events.clear();
  }
}
