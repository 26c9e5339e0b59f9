/** Which events can change how a step stands: only after those it is judged. */
import { eventTypes } from '../events/event.ts';
import type { SocketEvent } from '../events/event.ts';
import type { Definitions } from './choices.ts';
import type { Step } from './lesson.ts';
import { bare, namesIn } from './names.ts';

type EventType = SocketEvent['type'];

export interface Spoken {
  readonly types: ReadonlySet<EventType>;
  /** Whether it matters whose the other end of a connection is. */
  readonly peers: boolean;
}

const known = new WeakMap<Step, Spoken>();

/** What the step's checks and rejections speak of, themselves or by the names they use. */
export function spokenOf(step: Step, definitions: Definitions): Spoken {
  const found = known.get(step) ?? gathered([step.check, step.reject], definitions);
  known.set(step, found);
  return found;
}

function gathered(whole: unknown, definitions: Definitions): Spoken {
  const types = new Set<EventType>();
  const names = new Set<string>();
  let peers = false;
  const gather = (value: unknown): void => {
    if (typeof value === 'string') {
      for (const type of eventTypes) if (type === value) types.add(type);
      for (const name of [...namesIn(value), bare(value)]) follow(name);
    } else if (typeof value === 'object' && value !== null) {
      peers ||= 'peer' in value;
      Object.values(value).forEach(gather);
    }
  };
  const follow = (name: string): void => {
    if (names.has(name)) return;
    names.add(name);
    gather(definitions.get(name));
  };
  gather(whole);
  return { types, peers };
}
