/** What the checker sees of an attempt: its events, its names and how they came about. */
import type { SocketEvent } from '../events/event.ts';
import type { Check, CountCheck, See } from './checks.ts';
import { Facts } from './facts.ts';
import type { LessonJournal } from './journal.ts';
import type { Lesson } from './lesson.ts';
import { lessonLimits } from './limits.ts';
import { bare } from './names.ts';
import type { Names, Thing } from './names.ts';
import type { Attempt } from './state.ts';
import { choices, thingOf } from './choices.ts';
import type { Definitions, View } from './choices.ts';
import { EventIndex } from './event-index.ts';

/** One look at the log, good for every state of the attempt that follows from it. */
export interface World {
  readonly events: readonly SocketEvent[];
  readonly definitions: Definitions;
  /** The first connection of which nobody can tell yet whose its other end is; what follows is judged later. */
  readonly undecided: number;
  /** The names as texts use them. */
  names(attempt: Attempt): Names;
  /** What the open step could see when this event was the newest. */
  at(attempt: Attempt, seq: number): View;
  /** The same for what it asks, now. */
  asking(attempt: Attempt): View;
}

/** `needs` gathers the numbers of payloads that were wanted and are not known whole. */
export function worldOf(
  lesson: Lesson,
  begun: Attempt,
  journal: LessonJournal,
  needs = new Set<number>(),
): World {
  const events = [...journal.events(Math.max(begun.from + 1, journal.latest - lessonLimits.events + 1))];
  const index = new EventIndex(events);
  const facts = new Facts([...sceneEvents(begun, journal), ...events]);
  const base: Names = {
    ...{ vars: begun.vars, machine: begun.machine, facts },
    thing: (name) => placed(begun, name),
  };
  const definitions = definitionsOf(lesson);
  const data = (event: SocketEvent) => dataOf(event, journal, needs);
  const world: World = {
    events,
    definitions,
    get undecided() {
      return (
        events.find(({ type, socket }) => type === 'accepted' && facts.peerOf(socket) === 'unknown')?.seq ??
        Infinity
      );
    },
    names: (attempt) => ({
      ...base,
      thing: (name) =>
        base.thing(name) ?? boundThing(attempt, name, events) ?? newestThing(name, world.asking(attempt)),
    }),
    asking: (attempt) => ({
      ...world.at(attempt, journal.latest),
      recent: new Set(lesson.steps[attempt.step]?.check.flatMap(defined).map(([name]) => name)),
    }),
    at: ({ steps, step, bound }, seq) => {
      const { horizon = 0, answered = [] } = steps[step] ?? {};
      const budget = { left: lessonLimits.choices };
      return {
        ever: (choice, socket, after = 0) => index.find(choice, socket, after, seq),
        fresh: (choice, socket, after = 0) => index.find(choice, socket, Math.max(after, horizon), seq),
        ...{ base, definitions, bound, answered, data, budget, recent: new Set<string>() },
      };
    },
  };
  return world;
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
  return event && thingOf(event);
}

/** What a name that was not settled yet would stand for. */
function newestThing(name: string, view: View): Thing | undefined {
  const [bindings] = choices([bare(name)], new Map(), view);
  return bindings?.get(bare(name));
}

function dataOf(event: SocketEvent, journal: LessonJournal, needs: Set<number>): Uint8Array | null {
  if (!('data' in event)) return null;
  if (event.captured === undefined) return event.data;
  const whole = journal.payload(event.seq);
  if (whole === null) needs.add(event.seq);
  return whole;
}

const known = new WeakMap<Lesson, Definitions>();

/** Where the names of a lesson come from. */
export function definitionsOf(lesson: Lesson): Definitions {
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
