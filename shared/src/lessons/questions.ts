/** What is asked in a step, and whether an answer is right: by the lesson, or by the log. */
import type { Question, Reckoned } from './checks.ts';
import { choices, matching, namesWith } from './choices.ts';
import type { Bindings, View } from './choices.ts';
import { sizeOf } from './contents.ts';
import { valueOf } from './match.ts';
import { bare, expand, namesIn, pathOf, wordsOf } from './names.ts';
import type { Names, Value } from './names.ts';
import { countedEvents } from './search.ts';

/** What a learner answers: a text or number, the right sides of pairs, or items in order. */
export type Given = string | number | readonly (string | number)[];

/** Whether the answer is right for some choice of what the names in the question stand for; `names` are those of its texts. */
export function isRight(question: Question, given: Given, view: View, names: Names): boolean {
  const shown = (text: string | number) => (typeof text === 'string' ? expand(text, names) : text);
  if ('answer' in question) {
    if (isList(given)) return false;
    for (const value of rightValues(question.is, view)) if (same(shown(given), value)) return true;
    return false;
  }
  const right = 'pairs' in question ? question.right.slice(0, question.left.length) : question.items;
  if (!isList(given) || given.length !== right.length) return false;
  const answers = given.map(shown);
  return right.every((each, at) => same(answers[at], shown(each)));
}

/** Whether the log has what the question asks for; what the lesson itself knows can always be answered. */
export const isDecided = (question: Question, view: View): boolean =>
  !('answer' in question) || !rightValues(question.is, view).next().done;

/** How many of several are right where they stand; null for a question with one answer. */
export function rightPlaces(question: Question, given: Given, names: Names): string | null {
  if ('answer' in question || !isList(given)) return null;
  const right = 'pairs' in question ? question.right.slice(0, question.left.length) : question.items;
  const shown = (text: string | number) => (typeof text === 'string' ? expand(text, names) : text);
  const hits = right.filter((each, at) => same(shown(given[at] ?? ''), shown(each)));
  return `${hits.length} of ${right.length} ${hits.length === 1 ? 'is' : 'are'} right.`;
}

const isList = (given: Given): given is readonly (string | number)[] => typeof given === 'object';

/** Numbers as numbers, words without case and outer blanks; `#3` is 3. */
function same(given: string | number | undefined, right: Value | undefined): boolean {
  if (given === undefined || right === undefined) return false;
  const plain = (value: string) =>
    value
      .trim()
      .replace(/^#(?=\d+$)/, '')
      .toLowerCase();
  const [a, b] = [plain(String(given)), plain(wordsOf(right))];
  return a === b || (a !== '' && b !== '' && Number(a) === Number(b));
}

function* rightValues(is: Reckoned, view: View): Generator<Value> {
  for (const bindings of choices(namesOf(is), new Map(), view)) {
    const value = reckon(is, bindings, view);
    if (value !== undefined) yield value;
  }
}

const namesOf = (is: unknown): string[] =>
  typeof is === 'string'
    ? namesIn(is)
    : typeof is === 'object' && is !== null
      ? Object.values(is).flatMap(namesOf)
      : [];

/** What is counted lies behind the horizon, as for checks; a name brings in what was earlier. */
function reckon(is: Reckoned, bindings: Bindings, view: View): Value | undefined {
  if (typeof is !== 'object') return valueOf(is, namesWith(bindings, view.base));
  // Before anything has happened there is no number to find: 0 would pass without a deed.
  if ('count' in is) return countedEvents(is, bindings, view).length || undefined;
  if ('sum' in is) return sizeOf(matching({ choice: is.of, where: is.where }, bindings, view));
  if ('minus' in is) return difference(is.minus, bindings, view);
  const [event] = matching({ choice: is.first, where: is.where }, bindings, view);
  return event === undefined ? undefined : pathOf(event, bare(is.field).split('.'));
}

function difference(
  [a, b]: readonly [Reckoned, Reckoned],
  bindings: Bindings,
  view: View,
): number | undefined {
  const [from, less] = [reckon(a, bindings, view), reckon(b, bindings, view)].map(Number);
  return from === undefined || less === undefined || Number.isNaN(from - less) ? undefined : from - less;
}

/** Names as a question's own words use them: `${given}` is what was answered. */
export const withGiven = (names: Names, given: Given): Names => ({
  ...names,
  vars: { ...names.vars, given: typeof given === 'object' ? given.join(', ') : given },
});
