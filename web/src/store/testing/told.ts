/** For tests: a journal and a table of sockets, filled with events in the way the store fills them. */
import type { EventBody, SocketEvent } from '@socket-playground/shared/events/event.ts';
import { Journal } from '../journal/journal.svelte.ts';
import { Sockets } from '../sockets/sockets.svelte.ts';
import { numbered } from './events.ts';

export class Told {
  readonly journal: Journal;
  readonly sockets = new Sockets();
  #nextSeq = 1;

  constructor(journal = new Journal()) {
    this.journal = journal;
  }

  /** Takes up these facts as the next events, a millisecond apart, and makes them visible. */
  tell(...bodies: readonly EventBody[]): this {
    this.take(numbered(bodies, this.#nextSeq));
    this.sockets.publish();
    this.journal.publish();
    this.journal.settle();
    return this;
  }

  /** Takes up events that have their numbers and times, without making them visible. */
  take(events: readonly SocketEvent[]): this {
    for (const event of events) {
      const offset = this.sockets.offsetOf(event);
      this.journal.append(event, this.sockets.apply(event), offset);
      this.#nextSeq = event.seq + 1;
    }
    return this;
  }
}
