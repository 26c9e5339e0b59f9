/** The events of an attempt, so that a step which asks for a few of them is quick in a flood of others. */
import type { SocketEvent } from '../events/event.ts';
import { firstWhere } from '../first-where.ts';
import { isOfType } from './match.ts';
import type { Choice } from './pieces.ts';

type Events = readonly SocketEvent[];

export class EventIndex {
  readonly #events: Events;
  readonly #byType = new Map<string, Events>();
  readonly #bySocket = new Map<string, ReadonlyMap<number | null, Events>>();

  /** In the order of their numbers. */
  constructor(events: Events) {
    this.#events = events;
  }

  /** Events of these types, of one socket when one is given, numbered above `after` and up to `until`; oldest first. */
  find(choice: Choice, socket: number | undefined, after: number, until: number): Events {
    const all = socket === undefined ? this.#of(choice) : (this.#ofSockets(choice).get(socket) ?? []);
    return all.slice(placeBehind(all, after), placeBehind(all, until));
  }

  #of(choice: Choice): Events {
    const key = String(choice);
    const found = this.#byType.get(key) ?? this.#events.filter((event) => isOfType(event, choice));
    this.#byType.set(key, found);
    return found;
  }

  #ofSockets(choice: Choice): ReadonlyMap<number | null, Events> {
    const key = String(choice);
    const found = this.#bySocket.get(key) ?? groups(this.#of(choice));
    this.#bySocket.set(key, found);
    return found;
  }
}

function groups(events: Events): ReadonlyMap<number | null, Events> {
  const all = new Map<number | null, SocketEvent[]>();
  for (const event of events) {
    const group = all.get(event.socket);
    if (group === undefined) all.set(event.socket, [event]);
    else group.push(event);
  }
  return all;
}

/** How many events of the list have at most this number. */
function placeBehind(events: Events, seq: number): number {
  return firstWhere(0, events.length, (index) => (events[index]?.seq ?? Infinity) > seq);
}
