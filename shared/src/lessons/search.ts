/**
 * Whether the checks of a step hold at one moment, for one consistent choice of what its names stand for. A name of an
 * earlier step is every event that fits it, so a learner who connects twice is not lost.
 */
import type { SocketEvent } from '../events/event.ts';
import { nsPerMs } from '../units.ts';
import { unreachable } from '../unreachable.ts';
import { isQuestion } from './checks.ts';
import type { Check, CountCheck, DatagramCheck, See, StreamCheck } from './checks.ts';
import { choices, matching, momentOf, namesNeeded, narrowed, thingOf } from './choices.ts';
import type { Bindings, EventsOf, View } from './choices.ts';
import { hasContents, sizeOf } from './contents.ts';
import { msOf } from './duration.ts';
import { isSame } from './facts.ts';
import { lessonLimits } from './limits.ts';
import { isWanted } from './match.ts';
import type { DataOf } from './match.ts';
import { bare, pathOf } from './names.ts';
import type { Names } from './names.ts';

export interface Found {
  readonly bindings: Bindings;
  readonly proof: readonly number[];
}

/** Ways in which something holds. Those that bind nothing give one at most: another would change nothing. */
type Ways = Generator<Found, void, void>;

/** The first way in which all checks hold, or null. */
export function findAll(checks: readonly Check[], view: View): Found | null {
  const questions = checks.filter(isQuestion);
  if (questions.some((_, index) => view.answered[index] !== true)) return null;
  const rest = checks.filter((check) => !isQuestion(check));
  if (!rest.every((check) => isThinkable(check, view))) return null;
  for (const found of together(rest, { bindings: new Map(), proof: [] }, view)) return found;
  return null;
}

/** Whether events of the right types are there at all: cheap, and mostly the answer in a flood. */
function isThinkable(check: Check, { fresh }: View): boolean {
  if ('see' in check) return fresh(check.see).length > 0;
  if ('order' in check) return check.order.every(({ see }) => fresh(see).length > 0);
  if ('stream' in check || 'datagram' in check) return fresh(check.dir).length > 0;
  return 'gap' in check ? fresh(check.gap[1].see).length > 0 : true;
}

function* together(checks: readonly Check[], so: Found, view: View): Ways {
  const [first, ...rest] = checks;
  if (first === undefined) return yield so;
  for (const bindings of choices(isOfSeveral(first) ? [] : namesNeeded(first), so.bindings, view)) {
    for (const found of one(first, { ...so, bindings }, view)) yield* together(rest, found, view);
  }
}

/** Their parts choose for themselves: the first may bind what the second needs. */
const isOfSeveral = (check: Check) => 'order' in check || 'gap' in check || 'any' in check;

function* one(check: Check, so: Found, view: View): Ways {
  if ('see' in check) return yield* seen(check, so, view);
  if ('order' in check) return yield* inOrder(check.order, 0, so, view);
  if ('count' in check) return yield* counted(check, so, view);
  if ('never' in check) return yield* absent(check, so, view);
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

/** With this event, which `as` may name from now on. */
function withEvent(event: SocketEvent, as: string | undefined, { bindings, proof }: Found): Found {
  return {
    bindings: as === undefined ? bindings : new Map(bindings).set(bare(as), thingOf(event)),
    proof: [...proof, event.seq],
  };
}

function* seen(see: See, so: Found, view: View): Ways {
  for (const { found } of sightings(see, so, view)) {
    yield found;
    if (see.as === undefined) return;
  }
}

/** The newest first: it is what the learner has just done. */
function* sightings(see: See, so: Found, view: View, among: EventsOf = view.fresh, after?: number) {
  const wish = { choice: see.see, where: see.where, after };
  const { events, isFit } = narrowed(wish, so.bindings, view, among);
  for (const event of events.toReversed()) {
    if (!isFit(event)) continue;
    if ((view.budget.left -= 1) < 0) return;
    yield { event, found: withEvent(event, see.as, so) };
  }
}

/** The oldest alone. */
function* earliest(see: See, so: Found, view: View, after: number) {
  const { events, isFit } = narrowed({ choice: see.see, where: see.where, after }, so.bindings, view);
  const event = events.find(isFit);
  if (event !== undefined) yield { event, found: withEvent(event, see.as, so) };
}

function* inOrder(sees: readonly See[], after: number, so: Found, view: View): Ways {
  const [first, ...rest] = sees;
  if (first === undefined) return yield so;
  for (const bindings of choices(namesNeeded(first), so.bindings, view)) {
    const now = { ...so, bindings };
    // Of events that nothing is named after, the earliest leaves most room for what has to follow.
    const all =
      first.as === undefined
        ? earliest(first, now, view, after)
        : sightings(first, now, view, view.fresh, after);
    for (const { event, found } of all) yield* inOrder(rest, event.seq, found, view);
  }
}

/** The events that a count counts: one for each value of `distinct`. */
export function countedEvents(
  { count, where, distinct }: Pick<CountCheck, 'count' | 'where' | 'distinct'>,
  bindings: Bindings,
  view: View,
): readonly SocketEvent[] {
  const all = matching({ choice: count, where }, bindings, view);
  if (distinct === undefined) return all;
  const known = new Set<string>();
  return all.filter((event) => {
    const value = JSON.stringify(pathOf(event, distinct.split('.')));
    return known.has(value) ? false : known.add(value);
  });
}

function* counted(check: CountCheck, so: Found, view: View): Ways {
  const events = countedEvents(check, so.bindings, view);
  const { length } = events;
  if (check.is !== undefined && length !== check.is) return;
  if (length < (check.min ?? 0) || length > (check.max ?? Infinity)) return;
  if (check.bytes !== undefined && sizeOf(events) !== check.bytes) return;
  const proof = [...so.proof, ...events.map(({ seq }) => seq)];
  if (check.as === undefined) return yield { ...so, proof };
  for (const event of events) yield { bindings: withEvent(event, check.as, so).bindings, proof };
}

type NeverCheck = Extract<Check, { never: unknown }>;

function* absent({ never, where }: NeverCheck, so: Found, view: View): Ways {
  if (matching({ choice: never, where }, so.bindings, view).length === 0) yield so;
}

/** The sockets whose stream is meant. */
export function socketsOf(
  { stream }: Pick<StreamCheck, 'stream'>,
  bindings: Bindings,
  view: View,
): readonly number[] {
  const { names } = momentOf(bindings, view);
  if (typeof stream === 'string') {
    const socket = names.thing(bare(stream))?.socket ?? null;
    return socket === null ? [] : [socket];
  }
  const thing = names.thing(bare('of' in stream ? stream.of : stream.to));
  const socket = thing?.socket ?? null;
  if ('of' in stream)
    return names.facts.socketsWhere(({ listener }) => socket !== null && listener === socket);
  const local = names.facts.of(socket).local ?? thing?.address ?? null;
  return names.facts.socketsWhere(({ remote }) => isSame(remote, local));
}

function* streamed(check: StreamCheck, so: Found, view: View): Ways {
  const { names } = momentOf(so.bindings, view);
  for (const socket of socketsOf(check, so.bindings, view)) {
    const transfers = view.fresh(check.dir, socket);
    if (hasContents(transfers, check, names, view.data))
      return yield {
        ...so,
        proof: [...so.proof, ...telling(transfers, check, names, view.data).map(({ seq }) => seq)],
      };
  }
}

/** Those that hold what was found, without what an attempt before left in the stream. */
function telling(transfers: readonly SocketEvent[], check: StreamCheck, names: Names, data: DataOf) {
  if ((check.line ?? check.contains) === undefined || transfers.length > lessonLimits.proof) return transfers;
  let from = 0;
  while (hasContents(transfers.slice(from + 1), check, names, data)) from += 1;
  return transfers.slice(from);
}

function* datagrams(check: DatagramCheck, so: Found, view: View): Ways {
  const { names } = momentOf(so.bindings, view);
  const socket = names.thing(bare(check.datagram))?.socket ?? null;
  if (socket === null) return;
  for (const event of view.fresh(check.dir, socket)) {
    if (check.from !== undefined && !isWanted(pathOf(event, ['remote']), check.from, names)) continue;
    if (hasContents([event], check, names, view.data)) return yield withEvent(event, undefined, so);
  }
}

type GapCheck = Extract<Check, { gap: unknown }>;

/** The first of both may lie before the horizon: what was waited for began in an earlier step. */
function* gaps({ gap: [from, to], min = '0ms', max }: GapCheck, so: Found, view: View): Ways {
  for (const bindings of choices(namesNeeded(from), so.bindings, view)) {
    for (const begin of sightings(from, { ...so, bindings }, view, view.ever)) {
      for (const chosen of choices(namesNeeded(to), begin.found.bindings, view)) {
        const first = { ...begin.found, bindings: chosen };
        for (const end of sightings(to, first, view, view.fresh, begin.event.seq)) {
          const ms = (end.event.time - begin.event.time) / nsPerMs;
          if (ms >= msOf(min) && (max === undefined || ms <= msOf(max))) yield end.found;
        }
      }
    }
  }
}
