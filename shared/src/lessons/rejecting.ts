/** Wrong attempts: events that a step names as such, what must never happen, and too many of what is counted. */
import type { SocketEvent } from '../events/event.ts';
import { decodeUtf8 } from '../payload/utf8.ts';
import { hasContents } from './contents.ts';
import type { Check, CountCheck, Reject, Step } from './lesson.ts';
import { rejectsOf } from './lesson.ts';
import { fits, isOfType } from './match.ts';
import { expand, namesIn } from './names.ts';
import type { Names } from './names.ts';
import { choices, countedEvents, namesWith, socketsOf } from './search.ts';
import type { Bindings, View } from './search.ts';

/** What is wrong with the newest event, in words; null when nothing is. */
export function rejection(step: Step, event: SocketEvent, view: View): string | null {
  for (const each of forbidden(step)) {
    for (const bindings of choices(namesInAll(each), new Map(), view)) {
      if (isRejected(each, event, bindings, view))
        return sayOf(each, event, namesWith(bindings, view.base), view);
    }
  }
  return null;
}

type Never = Extract<Check, { never: unknown }>;
type Forbidden = Reject | Never | CountCheck;

const forbidden = (step: Step): Forbidden[] => [
  ...rejectsOf(step),
  ...step.check.filter((check) => 'never' in check),
  ...step.check.filter((check) => 'count' in check).filter(({ is, max }) => (is ?? max) !== undefined),
];

function isRejected(each: Forbidden, event: SocketEvent, bindings: Bindings, view: View): boolean {
  const moment = { names: namesWith(bindings, view.base), data: view.data };
  if ('see' in each) return isOfType(event, each.see) && fits(event, each.where, moment);
  if ('never' in each) return isOfType(event, each.never) && fits(event, each.where, moment);
  const so = { bindings, proof: [] };
  if ('count' in each) {
    const events = countedEvents(each, so, view);
    return events.length > (each.is ?? each.max ?? Infinity) && events.at(-1) === event;
  }
  if (event.type !== each.dir || event.socket === null) return false;
  if (!socketsOf(each, so, view).includes(event.socket)) return false;
  const transfers = view.fresh.filter(({ socket, type }) => socket === event.socket && type === each.dir);
  return hasContents(transfers, each, moment.names, view.data);
}

function sayOf(each: Forbidden, event: SocketEvent, names: Names, view: View): string {
  return expand(each.says ?? defaultWords(each), withEvent(names, event, view));
}

function defaultWords(each: Forbidden): string {
  if ('count' in each) return `That were more than ${each.is ?? each.max}. Begin this step again.`;
  return 'This was not to happen here. Begin this step again.';
}

/** `${event.…}` is the event, and `${text}`, `${code}`, `${size}` what it says. */
function withEvent(names: Names, event: SocketEvent, { data }: View): Names {
  const bytes = 'data' in event ? data(event) : null;
  const text = bytes === null ? '' : decodeUtf8(bytes.subarray(0, 80)).trimEnd();
  const code = 'code' in event ? event.code : '';
  const size = 'size' in event ? event.size : '';
  return {
    ...names,
    vars: { ...names.vars, text, code, size },
    thing: (name) => (name === 'event' ? { socket: event.socket, event, address: null } : names.thing(name)),
  };
}

const namesInAll = (value: unknown): string[] =>
  typeof value === 'string'
    ? namesIn(value)
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, each]) => (key === 'as' ? [] : namesInAll(each)))
      : [];
