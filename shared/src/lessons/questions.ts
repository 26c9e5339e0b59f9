/** What is asked in a step, and whether an answer is right: by the lesson, or by the log. */
import { bare } from './lesson.ts';
import type { Question, Reckoned } from './lesson.ts';
import { fits, isOfType, valueOf } from './match.ts';
import { namesIn, pathOf, wordsOf } from './names.ts';
import type { Names, Value } from './names.ts';
import { choices, countedEvents, namesWith } from './search.ts';
import type { Bindings, View } from './search.ts';

/** What a learner answers: a text or number, the right sides of pairs, or items in order. */
export type Given = string | number | readonly (string | number)[];

/** Whether the answer is right for some choice of what the names in the question stand for. */
export function isRight(question: Question, given: Given, view: View): boolean {
  if ('pairs' in question)
    return isList(given) && question.left.every((_, at) => same(given[at], question.right[at]));
  if ('arrange' in question)
    return (
      isList(given) &&
      given.length === question.items.length &&
      question.items.every((item, at) => same(given[at], item))
    );
  if (isList(given)) return false;
  for (const value of rightValues(question.is, view)) if (same(given, value)) return true;
  return false;
}

/** What would have been right: for the solution, and to say so afterwards. */
export function rightAnswer(question: Question, view: View): Given | null {
  if ('pairs' in question) return question.right.slice(0, question.left.length);
  if ('arrange' in question) return question.items;
  for (const value of rightValues(question.is, view)) return wordsOf(value);
  return null;
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

function reckon(is: Reckoned, bindings: Bindings, view: View): Value | undefined {
  const names = namesWith(bindings, view.base);
  if (typeof is !== 'object') return valueOf(is, names);
  const so = { bindings, proof: [] };
  // The log of the whole attempt counts: a question may be about what an earlier step did.
  const all = { ...view, fresh: view.events };
  if ('count' in is) return countedEvents(is, so, all).length;
  if ('sum' in is) {
    const events = countedEvents({ count: is.of, where: is.where }, so, all);
    return events.reduce((sum, event) => sum + ('size' in event ? event.size : 0), 0);
  }
  if ('minus' in is) return difference(is.minus, bindings, view);
  const event = view.events.find(
    (each) => isOfType(each, is.first) && fits(each, is.where, { names, data: view.data }),
  );
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
