/** What names can stand for at one moment: every event that fits where they come from. Bounded by `lessonLimits`. */
import type { SocketEvent } from '../events/event.ts';
import type { CountCheck, See, Where } from './checks.ts';
import { lessonLimits } from './limits.ts';
import { fits } from './match.ts';
import type { DataOf, Moment } from './match.ts';
import { bare, namesIn, referenceOf } from './names.ts';
import type { Names, Thing } from './names.ts';
import type { Choice } from './pieces.ts';

export type Bindings = ReadonlyMap<string, Thing>;
/** How names come about: the `see` or `count` that has them behind `as`. */
export type Definitions = ReadonlyMap<string, See | CountCheck>;
/** Events of some types, of one socket when one is given, oldest first. */
export type EventsOf = (choice: Choice, socket?: number, after?: number) => readonly SocketEvent[];

/** What the open step sees at one moment. */
export interface View {
  /** Events of the attempt up to this moment. */
  readonly ever: EventsOf;
  /** Those of them after the horizon. */
  readonly fresh: EventsOf;
  readonly base: Names;
  readonly definitions: Definitions;
  /** Names that stand only for events after the horizon: in what is asked, those that the open step itself brings in. */
  readonly recent: ReadonlySet<string>;
  /** Numbers of the events that names were found to be, by name: tried first. */
  readonly bound: Readonly<Record<string, number>>;
  /** Which questions of the step have their right answer. */
  readonly answered: readonly boolean[];
  readonly data: DataOf;
  /** Choices that are left. */
  readonly budget: { left: number };
}

/** Names with what has been found so far. */
export function namesWith(bindings: Bindings, base: Names): Names {
  return { ...base, thing: (name) => bindings.get(name) ?? base.thing(name) };
}

export const momentOf = (bindings: Bindings, { base, data }: View): Moment => ({
  names: namesWith(bindings, base),
  data,
});

export interface Wish {
  readonly choice: Choice;
  readonly where: Where | undefined;
  readonly after?: number | undefined;
}

/** Events that may fit, oldest first, and whether one does. */
export function narrowed(
  { choice, where, after }: Wish,
  bindings: Bindings,
  view: View,
  among: EventsOf = view.fresh,
): { readonly events: readonly SocketEvent[]; readonly isFit: (event: SocketEvent) => boolean } {
  const moment = momentOf(bindings, view);
  const events = among(choice, socketIn(where, moment.names), after);
  return { events, isFit: (event) => fits(event, where, moment) };
}

/** Events that fit, oldest first. */
export function matching(
  wish: Wish,
  bindings: Bindings,
  view: View,
  among?: EventsOf,
): readonly SocketEvent[] {
  const { events, isFit } = narrowed(wish, bindings, view, among);
  return events.filter(isFit);
}

/** The socket that `where` is about, when it names one: then no other event need be looked at. */
function socketIn(where: Where | undefined, names: Names): number | undefined {
  const wanted = where?.socket;
  const found = typeof wanted === 'string' ? referenceOf(wanted) : null;
  return found?.path.length === 0 ? (names.thing(found.name)?.socket ?? undefined) : undefined;
}

export const thingOf = (event: SocketEvent): Thing => ({ socket: event.socket, event, address: null });

const namingKeys = ['stream', 'datagram', 'of', 'to', 'listener', 'socket'];

/** Names that must stand for something before a check can be looked at. */
export function namesNeeded(check: unknown): string[] {
  if (typeof check === 'string') return namesIn(check);
  if (typeof check !== 'object' || check === null) return [];
  return Object.entries(check).flatMap(([key, value]) => {
    if (key === 'as' || key === 'says') return [];
    const isName = typeof value === 'string' && namingKeys.includes(key);
    return isName ? [bare(value), ...namesIn(value)] : namesNeeded(value);
  });
}

/** Every way in which names that are not bound yet can be: by the events that fit where they come from. */
export function* choices(
  names: readonly string[],
  bindings: Bindings,
  view: View,
): Generator<Bindings, void, void> {
  const open = names.find((name) => !bindings.has(name) && view.definitions.has(name));
  const definition = open === undefined ? undefined : view.definitions.get(open);
  if (open === undefined || definition === undefined) return yield bindings;
  const rest = names.filter((name) => name !== open);
  for (const before of choices(namesNeeded({ where: definition.where }), bindings, view)) {
    for (const event of candidates(open, definition, before, view)) {
      if ((view.budget.left -= 1) < 0) return;
      yield* choices(rest, new Map(before).set(open, thingOf(event)), view);
    }
  }
}

/** What was found before comes first, then the newest. */
function candidates(name: string, definition: See | CountCheck, bindings: Bindings, view: View) {
  const choice = 'see' in definition ? definition.see : definition.count;
  const among = view.recent.has(name) ? view.fresh : view.ever;
  const { events, isFit } = narrowed({ choice, where: definition.where }, bindings, view, among);
  const isKnown = ({ seq }: SocketEvent) => seq === view.bound[name];
  const found = events.filter((event) => isKnown(event) && isFit(event));
  for (const event of events.toReversed()) {
    if (found.length >= lessonLimits.candidates) break;
    if (!isKnown(event) && isFit(event)) found.push(event);
  }
  return found;
}
