/**
 * Whether the checks of a step hold at one moment, for one consistent choice of what its names stand for. A name of an
 * earlier step is every event that fits it, so a learner who connects twice is not lost. Bounded by `lessonLimits`.
 */
import type { SocketEvent } from '../events/event.ts';
import { unreachable } from '../unreachable.ts';
import { hasContents } from './contents.ts';
import { msOf } from './duration.ts';
import { isSame } from './facts.ts';
import { bare, isQuestion } from './lesson.ts';
import type { Check, CountCheck, DatagramCheck, See, StreamCheck } from './lesson.ts';
import { lessonLimits } from './limits.ts';
import { fits, isOfType, isWanted } from './match.ts';
import type { DataOf, Moment } from './match.ts';
import { namesIn, pathOf } from './names.ts';
import type { Names, Thing } from './names.ts';

export type Bindings = ReadonlyMap<string, Thing>;
/** How names come about: the `see` or `count` that has them behind `as`. */
export type Definitions = ReadonlyMap<string, See | CountCheck>;

/** What is looked at. */
export interface View {
  /** Events of the attempt up to this moment. */
  readonly events: readonly SocketEvent[];
  /** Those after the horizon. */
  readonly fresh: readonly SocketEvent[];
  readonly base: Names;
  readonly definitions: Definitions;
  /** Numbers of the events that names were found to be, by name: tried first. */
  readonly bound: Readonly<Record<string, number>>;
  /** Which questions of the step have their right answer. */
  readonly answered: readonly boolean[];
  readonly data: DataOf;
  /** Choices that are left. */
  readonly budget: { left: number };
}

export interface Found {
  readonly bindings: Bindings;
  readonly proof: readonly number[];
}

/** The first way in which all checks hold, or null. */
export function findAll(checks: readonly Check[], view: View): Found | null {
  const questions = checks.filter(isQuestion);
  if (questions.some((_, index) => view.answered[index] !== true)) return null;
  const rest = checks.filter((check) => !isQuestion(check));
  for (const found of together(rest, { bindings: new Map(), proof: [] }, view)) return found;
  return null;
}

function* together(checks: readonly Check[], so: Found, view: View): Generator<Found> {
  const [first, ...rest] = checks;
  if (first === undefined) return yield so;
  for (const bindings of choices(namesOf(first), so.bindings, view)) {
    for (const found of one(first, { ...so, bindings }, view)) yield* together(rest, found, view);
  }
}

function* one(check: Check, so: Found, view: View): Generator<Found> {
  if ('see' in check) return yield* seen(check, so, view, view.fresh);
  if ('order' in check) return yield* inOrder(check.order, -Infinity, so, view);
  if ('count' in check) return yield* counted(check, so, view);
  if ('never' in check) {
    if (!matching(check.never, check.where, so, view).length) yield so;
    return;
  }
  if ('stream' in check) return yield* streamed(check, so, view);
  if ('datagram' in check) return yield* datagrams(check, so, view);
  if ('gap' in check) return yield* gaps(check, so, view);
  if ('any' in check) {
    for (const each of check.any) yield* together([each], so, view);
    return;
  }
  if (isQuestion(check)) return yield so;
  return unreachable(check);
}

/** Names with what has been found so far. */
export function namesWith(bindings: Bindings, base: Names): Names {
  return { ...base, thing: (name) => bindings.get(name) ?? base.thing(name) };
}

const momentOf = ({ bindings }: Pick<Found, 'bindings'>, { base, data }: View): Moment => ({
  names: namesWith(bindings, base),
  data,
});

function matching(choice: See['see'], where: See['where'], so: Found, view: View, among = view.fresh) {
  const moment = momentOf(so, view);
  return among.filter((event) => isOfType(event, choice) && fits(event, where, moment));
}

const thingOf = (event: SocketEvent): Thing => ({ socket: event.socket, event, address: null });

function named(as: string | undefined, event: SocketEvent, { bindings }: Found): Bindings {
  return as === undefined ? bindings : new Map(bindings).set(bare(as), thingOf(event));
}

function* seen(see: See, so: Found, view: View, among: readonly SocketEvent[]): Generator<Found> {
  const moment = momentOf(so, view);
  for (const event of among) {
    if (!isOfType(event, see.see) || !fits(event, see.where, moment)) continue;
    if ((view.budget.left -= 1) < 0) return;
    yield { bindings: named(see.as, event, so), proof: [...so.proof, event.seq] };
  }
}

function* inOrder(sees: readonly See[], after: number, so: Found, view: View): Generator<Found> {
  const [first, ...rest] = sees;
  if (first === undefined) return yield so;
  for (const bindings of choices(namesOf(first), so.bindings, view)) {
    const later = view.fresh.filter(({ seq }) => seq > after);
    for (const found of seen(first, { ...so, bindings }, view, later)) {
      yield* inOrder(rest, found.proof.at(-1) ?? after, found, view);
    }
  }
}

/** The events that a count counts: one for each value of `distinct`. */
export function countedEvents(
  check: Pick<CountCheck, 'count' | 'where' | 'distinct'>,
  so: Found,
  view: View,
) {
  const all = matching(check.count, check.where, so, view);
  const { distinct } = check;
  if (distinct === undefined) return all;
  const known = new Set<string>();
  return all.filter((event) => {
    const value = JSON.stringify(pathOf(event, distinct.split('.')));
    return known.has(value) ? false : known.add(value);
  });
}

function* counted(check: CountCheck, so: Found, view: View): Generator<Found> {
  const events = countedEvents(check, so, view);
  const { length } = events;
  if (check.is !== undefined && length !== check.is) return;
  if (length < (check.min ?? 0) || length > (check.max ?? Infinity)) return;
  if (check.bytes !== undefined && sumOf(events) !== check.bytes) return;
  const proof = [...so.proof, ...events.map(({ seq }) => seq)];
  if (check.as === undefined) yield { ...so, proof };
  else for (const event of events) yield { bindings: named(check.as, event, so), proof };
}

const sumOf = (events: readonly SocketEvent[]) =>
  events.reduce((sum, event) => sum + ('size' in event ? event.size : 0), 0);

/** The sockets whose stream is meant. */
export function socketsOf({ stream }: Pick<StreamCheck, 'stream'>, so: Found, view: View): readonly number[] {
  const { names } = momentOf(so, view);
  if (typeof stream === 'string') {
    const socket = names.thing(bare(stream))?.socket ?? null;
    return socket === null ? [] : [socket];
  }
  const known = new Set(view.events.flatMap(({ socket }) => (socket === null ? [] : [socket])));
  if ('of' in stream) {
    const listener = names.thing(bare(stream.of))?.socket ?? null;
    return [...known].filter((socket) => listener !== null && names.facts.of(socket).listener === listener);
  }
  const target = names.thing(bare(stream.to));
  const local = names.facts.of(target?.socket ?? null).local ?? target?.address ?? null;
  return [...known].filter((socket) => isSame(names.facts.of(socket).remote, local));
}

function* streamed(check: StreamCheck, so: Found, view: View): Generator<Found> {
  const { names } = momentOf(so, view);
  for (const socket of socketsOf(check, so, view)) {
    const transfers = view.fresh.filter((event) => event.socket === socket && event.type === check.dir);
    if (!hasContents(transfers, check, names, view.data)) continue;
    yield { ...so, proof: [...so.proof, ...transfers.map(({ seq }) => seq)] };
  }
}

function* datagrams(check: DatagramCheck, so: Found, view: View): Generator<Found> {
  const { names } = momentOf(so, view);
  const socket = names.thing(bare(check.datagram))?.socket;
  for (const event of view.fresh) {
    if (event.socket !== socket || event.type !== check.dir) continue;
    if (check.from !== undefined && !isWanted(pathOf(event, ['remote']), check.from, names)) continue;
    if (!hasContents([event], check, names, view.data)) continue;
    yield { ...so, proof: [...so.proof, event.seq] };
  }
}

const nsPerMs = 1e6;
type GapCheck = Extract<Check, { gap: unknown }>;

/** The first of both may lie before the horizon: what was waited for began in an earlier step. */
function* gaps({ gap: [from, to], min, max }: GapCheck, so: Found, view: View): Generator<Found> {
  for (const first of seen(from, so, view, view.events)) {
    const begin = view.events.find(({ seq }) => seq === first.proof.at(-1));
    for (const second of seen(to, first, view, view.fresh)) {
      const end = view.fresh.find(({ seq }) => seq === second.proof.at(-1));
      if (begin === undefined || end === undefined || end.seq <= begin.seq) continue;
      const ms = (end.time - begin.time) / nsPerMs;
      if (ms >= msOf(min ?? '0ms') && (max === undefined || ms <= msOf(max))) yield second;
    }
  }
}

/** Names that must stand for something before a check can be looked at. */
function namesOf(check: unknown): string[] {
  if (typeof check === 'string') return namesIn(check);
  if (typeof check !== 'object' || check === null) return [];
  return Object.entries(check).flatMap(([key, value]) =>
    key === 'as' || key === 'says'
      ? []
      : typeof value === 'string' && ['stream', 'datagram', 'of', 'to', 'listener', 'socket'].includes(key)
        ? [bare(value), ...namesIn(value)]
        : namesOf(value),
  );
}

/** Every way in which names that are not bound yet can be: by the events that fit where they come from. */
export function* choices(names: readonly string[], bindings: Bindings, view: View): Generator<Bindings> {
  const open = names.find((name) => !bindings.has(name) && view.definitions.has(name));
  const definition = open === undefined ? undefined : view.definitions.get(open);
  if (open === undefined || definition === undefined) return yield bindings;
  const rest = names.filter((name) => name !== open);
  for (const before of choices(namesOf({ where: definition.where }), bindings, view)) {
    for (const event of candidates(open, definition, before, view)) {
      if ((view.budget.left -= 1) < 0) return;
      yield* choices(rest, new Map(before).set(open, thingOf(event)), view);
    }
  }
}

/** What was found before comes first, then the newest. */
function candidates(
  name: string,
  definition: See | CountCheck,
  bindings: Bindings,
  view: View,
): SocketEvent[] {
  const choice = 'see' in definition ? definition.see : definition.count;
  const all = matching(choice, definition.where, { bindings, proof: [] }, view, view.events).reverse();
  const known = all.filter(({ seq }) => seq === view.bound[name]);
  return [...known, ...all.filter(({ seq }) => seq !== view.bound[name])].slice(0, lessonLimits.candidates);
}
