/** Whether an event is the one that was meant. */
import type { SocketEvent } from '../events/event.ts';
import { decodeUtf8 } from '../payload/utf8.ts';
import type { Wanted, Where } from './checks.ts';
import { isSame } from './facts.ts';
import { lessonLimits } from './limits.ts';
import { expand, lookUp, pathOf, referenceOf, wordsOf } from './names.ts';
import type { Names, Value } from './names.ts';
import type { Choice } from './pieces.ts';

/** The bytes of a transfer, as far as they are known. */
export type DataOf = (event: SocketEvent) => Uint8Array | null;

export interface Moment {
  readonly names: Names;
  readonly data: DataOf;
}

const patterns = new Map<string, RegExp>();

/** Text against a pattern of the lesson; very long text only at its beginning. */
export function isMatch(text: string, pattern: string): boolean {
  const known = patterns.get(pattern) ?? new RegExp(pattern, 'u');
  patterns.set(pattern, known);
  return known.test(text.slice(0, lessonLimits.textLength));
}

export const isOfType = ({ type }: SocketEvent, choice: Choice): boolean =>
  typeof choice === 'string' ? type === choice : choice.some((each) => each === type);

/** Whether every key of `where` holds for the event. */
export function fits(event: SocketEvent, where: Where | undefined, moment: Moment): boolean {
  return Object.entries(where ?? {}).every(([key, wanted]) => holds(event, key, wanted, moment));
}

function holds(event: SocketEvent, key: string, wanted: Wanted, { names, data }: Moment): boolean {
  const facts = names.facts.of(event.socket);
  switch (key) {
    case 'of':
      return isWanted(facts.listener ?? undefined, wanted, names);
    case 'to':
      return isOneOf(wanted, (name) => isSame(facts.remote, localOf(name, names)));
    case 'peer':
      return isWanted(names.facts.peerOf(event.socket), wanted, names);
    case 'text': {
      const bytes = data(event);
      if (bytes === null) return false;
      return typeof wanted === 'string'
        ? isMatch(decodeUtf8(bytes), expand(wanted, names))
        : isWanted(decodeUtf8(bytes), wanted, names);
    }
    default:
      return isWanted(pathOf(event, key.split('.')), wanted, names);
  }
}

function isOneOf(wanted: Wanted, test: (name: string) => boolean): boolean {
  const all = Array.isArray(wanted) ? wanted : [wanted];
  return all.some((each) => typeof each === 'string' && test(each));
}

function localOf(name: string, names: Names) {
  const thing = names.thing(referenceOf(name)?.name ?? name);
  if (thing === undefined) return null;
  return names.facts.of(thing.socket).local ?? thing.address;
}

/** Whether a value is what was wanted; nothing is wanted by `{ not: … }` only. */
export function isWanted(actual: Value | undefined, wanted: Wanted, names: Names): boolean {
  if (Array.isArray(wanted)) return wanted.some((each) => isWanted(actual, each, names));
  if (typeof wanted !== 'object' || wanted === null)
    return isEqual(actual, valueOf(wanted, names), names, wanted);
  if ('not' in wanted) return actual !== undefined && !isWanted(actual, wanted.not, names);
  if ('matches' in wanted)
    return actual !== undefined && isMatch(wordsOf(actual), expand(wanted.matches, names));
  return isWithin(actual, wanted, names);
}

function isWithin(
  actual: Value | undefined,
  { min, max }: { min?: Scalar | undefined; max?: Scalar | undefined },
  names: Names,
): boolean {
  const number = Number(actual);
  if (actual === undefined || Number.isNaN(number)) return false;
  const isAtLeast = min === undefined || number >= Number(valueOf(min, names));
  return isAtLeast && (max === undefined || number <= Number(valueOf(max, names)));
}

type Scalar = string | number | boolean | null;

/** What a literal, a reference or a text with `${…}` comes to. */
export function valueOf(given: Scalar, names: Names): Value | undefined {
  if (typeof given !== 'string') return given;
  const found = referenceOf(given);
  return found === null ? expand(given, names) : lookUp(found.name, found.path, names);
}

/** A name stands for its socket, and where addresses are compared for its own address. */
function isEqual(actual: Value | undefined, wanted: Value | undefined, names: Names, given: Scalar): boolean {
  if (actual === undefined || wanted === undefined) return false;
  if (typeof actual === 'object' && actual !== null) {
    const address =
      typeof wanted === 'object' ? wanted : typeof given === 'string' ? localOf(given, names) : null;
    return isSame(actual, address);
  }
  if (typeof actual === 'number' && typeof wanted === 'string' && wanted.trim() !== '')
    return actual === Number(wanted);
  return actual === wanted;
}
