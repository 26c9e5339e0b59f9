/** What the checker sees of an attempt: its events, its names and how they came about. */
import type { SocketEvent } from '../events/event.ts';
import type { Attempt } from './attempt.ts';
import { Facts } from './facts.ts';
import type { LessonJournal } from './journal.ts';
import { bare } from './lesson.ts';
import type { Check, CountCheck, Lesson, See } from './lesson.ts';
import { lessonLimits } from './limits.ts';
import type { Names, Thing } from './names.ts';
import type { Definitions, View } from './search.ts';

/** One look at the log, good for every state of the attempt that follows from it. */
export interface World {
  /** The names as texts use them. */
  names(attempt: Attempt): Names;
  /** What the open step could see when this event was the newest. */
  at(attempt: Attempt, seq: number): View;
}

/** `needs` gathers the numbers of payloads that were wanted and are not known whole. */
export function worldOf(
  lesson: Lesson,
  begun: Attempt,
  journal: LessonJournal,
  needs = new Set<number>(),
): World {
  const events = [...journal.events(begun.from + 1)].slice(-lessonLimits.events);
  const facts = new Facts([...sceneEvents(begun, journal), ...events]);
  const base: Names = {
    ...{ vars: begun.vars, machine: begun.machine, facts },
    thing: (name) => placed(begun, name),
  };
  const definitions = definitionsOf(lesson);
  const data = (event: SocketEvent) => dataOf(event, journal, needs);
  return {
    names: (attempt) => ({
      ...base,
      thing: (name) => base.thing(name) ?? boundThing(attempt, name, events),
    }),
    at: ({ steps, step, bound }, seq) => {
      const { horizon = 0, answered = [] } = steps[step] ?? {};
      const until = events.filter((event) => event.seq <= seq);
      const fresh = until.filter((event) => event.seq > horizon);
      const budget = { left: lessonLimits.choices };
      return { events: until, fresh, base, definitions, bound, answered, data, budget };
    },
  };
}

/** The life of the scene's sockets: what they are bound to is known from before the attempt. */
function* sceneEvents({ scene, from }: Attempt, journal: LessonJournal): Generator<SocketEvent> {
  const own = new Set(Object.values(scene).flatMap(({ socket }) => (socket === null ? [] : [socket])));
  const first = Math.max(1, from - lessonLimits.sceneEvents);
  for (const event of journal.events(first)) {
    if (event.seq > from) return;
    if (event.socket !== null && own.has(event.socket)) yield event;
  }
}

function placed({ scene }: Attempt, name: string): Thing | undefined {
  const found = new Map(Object.entries(scene)).get(bare(name));
  return found && { ...found, event: null };
}

function boundThing({ bound }: Attempt, name: string, events: readonly SocketEvent[]): Thing | undefined {
  const seq = new Map(Object.entries(bound)).get(bare(name));
  const event = seq === undefined ? undefined : events.find((each) => each.seq === seq);
  return event && { socket: event.socket, event, address: null };
}

function dataOf(event: SocketEvent, journal: LessonJournal, needs: Set<number>): Uint8Array | null {
  if (!('data' in event)) return null;
  if (event.captured === undefined) return event.data;
  const whole = journal.payload(event.seq);
  if (whole === null) needs.add(event.seq);
  return whole;
}

const known = new WeakMap<Lesson, Definitions>();

function definitionsOf(lesson: Lesson): Definitions {
  const definitions =
    known.get(lesson) ?? new Map(lesson.steps.flatMap(({ check }) => check.flatMap(defined)));
  known.set(lesson, definitions);
  return definitions;
}

function defined(check: Check): [string, See | CountCheck][] {
  if ('see' in check || 'count' in check) return check.as === undefined ? [] : [[bare(check.as), check]];
  if ('order' in check) return check.order.flatMap(defined);
  if ('gap' in check) return check.gap.flatMap(defined);
  return 'any' in check ? check.any.flatMap(defined) : [];
}
