/** Wrong attempts: events that a step names as such, what must never happen, and too many of what is counted. */
import type { SocketEvent } from '../events/event.ts';
import { formatEscapes } from '../payload/escapes.ts';
import { decodeUtf8 } from '../payload/utf8.ts';
import type { Check, CountCheck, Reject } from './checks.ts';
import { choices, momentOf, namesWith, thingOf } from './choices.ts';
import type { Bindings, View } from './choices.ts';
import { hasContents, hasNewContents, joined, linesOf } from './contents.ts';
import { rejectsOf } from './lesson.ts';
import type { Step } from './lesson.ts';
import { lessonLimits } from './limits.ts';
import { fits, isOfType } from './match.ts';
import { bare, expand, namesIn } from './names.ts';
import type { Names } from './names.ts';
import type { Choice } from './pieces.ts';
import { countedEvents, socketsOf } from './search.ts';

export interface Rejection {
  readonly says: string;
  /** What was right before it goes on counting. */
  readonly isKept: boolean;
}

/** What is wrong with the newest event; null when nothing is. */
export function rejection(step: Step, event: SocketEvent, view: View): Rejection | null {
  for (const each of forbidden(step).filter((one) => isOfType(event, typeOf(one)))) {
    const bindings = rejectedWith(each, event, view);
    if (bindings === null) continue;
    const words = each.says ?? defaultWords(each);
    // Names that only the words mention are as good as any; those without a meaning yet stay as they are.
    const [all = bindings] = choices(namesIn(words), bindings, view);
    const names = withEvent(each, event, namesWith(all, view.base), view);
    return { says: expand(words, names), isKept: isKeeping(each) };
  }
  return null;
}

/**
 * Whether one of these events is wrong, each as the newest in its turn. What is counted, and what is in a stream, only
 * grows: there the last event of its kind tells.
 */
export const hasWrong = (
  step: Step,
  events: readonly SocketEvent[],
  viewAt: (seq: number) => View,
): boolean =>
  forbidden(step).some((each) => {
    const all = events.filter((event) => isOfType(event, typeOf(each)));
    const telling = 'see' in each || 'never' in each || isKeeping(each) ? all : all.slice(-1);
    return telling.some((event) => rejectedWith(each, event, viewAt(event.seq)) !== null);
  });

const isKeeping = (each: Forbidden) => 'keep' in each && each.keep === true;

type Never = Extract<Check, { never: unknown }>;
type Forbidden = Reject | Never | CountCheck;

const forbidden = (step: Step): Forbidden[] => [
  ...rejectsOf(step),
  ...step.check.filter((check) => 'never' in check),
  ...step.check.filter((check) => 'count' in check).filter(({ is, max }) => (is ?? max) !== undefined),
];

function typeOf(each: Forbidden): Choice {
  if ('see' in each) return each.see;
  if ('never' in each) return each.never;
  return 'count' in each ? each.count : each.dir;
}

/** A choice of names by which the event is wrong. Names behind `not` have to say so whatever they stand for. */
function rejectedWith(each: Forbidden, event: SocketEvent, view: View): Bindings | null {
  const outside = namesMentioned(each, false);
  for (const bindings of choices(outside, new Map(), view)) {
    const all = [...choices(namesMentioned(each, true), bindings, view)];
    const [first] = all;
    if (first !== undefined && all.every((one) => isRejected(each, event, one, view))) return first;
  }
  return null;
}

function isRejected(each: Forbidden, event: SocketEvent, bindings: Bindings, view: View): boolean {
  const moment = momentOf(bindings, view);
  if ('see' in each || 'never' in each) return fits(event, each.where, moment);
  if ('count' in each) {
    const events = countedEvents(each, bindings, view);
    return events.length > (each.is ?? each.max ?? Infinity) && events.at(-1) === event;
  }
  if (event.socket === null || !socketsOf(each, bindings, view).includes(event.socket)) return false;
  const transfers = view.fresh(each.dir, event.socket);
  if (!isKeeping(each)) return hasContents(transfers, each, moment.names, view.data);
  // What is kept stays in the stream: it is told when it comes, not again with all that follows.
  return hasNewContents(transfers, each, moment.names, view.data);
}

function defaultWords(each: Forbidden): string {
  if ('count' in each) return `That was more than ${each.is ?? each.max}. Begin this step again.`;
  return 'This was not to happen here. Begin this step again.';
}

/**
 * `${event.…}` is the event, `${text}`, `${code}` and `${size}` what it says. Of a stream `${text}` is what has come
 * since the horizon, however it was cut, and `${line}` the newest whole line.
 */
function withEvent(each: Forbidden, event: SocketEvent, names: Names, view: View): Names {
  const bytes = 'stream' in each ? freshBytes(each.dir, event, view) : bytesOf(event, view);
  const text = bytes === null ? '' : quotable(bytes.subarray(0, lessonLimits.quoted));
  const code = 'code' in event ? event.code : '';
  const size = 'size' in event ? event.size : '';
  const line =
    'stream' in each && bytes !== null ? (linesOf(bytes).at(-1) ?? '').slice(0, lessonLimits.quoted) : '';
  return {
    ...names,
    vars: { ...names.vars, text, code, size, line },
    thing: (name) => (name === 'event' ? thingOf(event) : names.thing(name)),
  };
}

/** Without the end of its line, unless that is all there is: nothing between quotation marks says nothing. */
function quotable(bytes: Uint8Array): string {
  return decodeUtf8(bytes).trimEnd() || formatEscapes(bytes);
}

const bytesOf = (event: SocketEvent, view: View) => ('data' in event ? view.data(event) : null);

const freshBytes = (dir: 'received' | 'sent', { socket }: SocketEvent, view: View) =>
  socket === null ? null : joined(view.fresh(dir, socket), view.data);

/** Names in the strings of a rejection, outside of every `not` or inside of one. */
function namesMentioned(value: unknown, inside: boolean, isInside = false): string[] {
  if (typeof value === 'string') return inside === isInside ? namesIn(value) : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    if (key === 'as' || key === 'says') return [];
    const isName = typeof each === 'string' && ['stream', 'of', 'to'].includes(key) && !inside;
    return [...(isName ? [bare(each)] : []), ...namesMentioned(each, inside, isInside || key === 'not')];
  });
}
