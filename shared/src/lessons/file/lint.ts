/** What a schema cannot see: names without a meaning, questions without an answer, patterns that could hang. */
import { parseHex } from '../../payload/hex.ts';
import { isQuestion } from '../checks.ts';
import type { Check } from '../checks.ts';
import { questionsOf } from '../lesson.ts';
import type { FrontMatter } from '../lesson.ts';
import { lintNames } from './lint-names.ts';
import { lintWhere } from './lint-where.ts';
import { stringsIn } from './strings-in.ts';
import type { FileMistakes } from './mistakes.ts';
import type { Path, Say, Yaml } from './yaml.ts';

type Step = FrontMatter['steps'][number];
type AnswerCheck = Extract<Check, { answer: string }>;

export function lint(front: FrontMatter, yaml: Yaml, mistakes: FileMistakes): void {
  const say: Say = (path, reason) => mistakes.add(yaml.spotOf(path), reason);
  lintVars(front, say);
  lintIds(front, say);
  lintNames(front, say);
  lintWhere(front.steps, ['steps'], say);
  for (const [index, step] of front.steps.entries()) lintStep(step, ['steps', index], say);
}

function lintVars({ vars }: FrontMatter, say: Say): void {
  for (const [name, variable] of Object.entries(vars ?? {})) {
    if ('int' in variable && variable.int[0] >= variable.int[1])
      say(['vars', name], `${name} should be drawn from at least two numbers`);
  }
}

function lintIds({ steps }: FrontMatter, say: Say): void {
  const known = new Set<string>();
  for (const [index, { id }] of steps.entries()) {
    if (known.has(id)) say(['steps', index, 'id'], `there are two steps ${id}`);
    known.add(id);
  }
  for (const [index, { standsOn = [] }] of steps.entries()) {
    const earlier = steps.slice(0, index).map(({ id }) => id);
    for (const id of standsOn)
      if (!earlier.includes(id)) say(['steps', index, 'standsOn'], `no step before this one is called ${id}`);
  }
}

function lintStep(step: Step, path: Path, say: Say): void {
  const { predict, otherwise, can } = step;
  if (predict && predict.right >= predict.options.length)
    say([...path, 'predict', 'right'], `there is no option ${predict.right}: they count from 0`);
  if (otherwise && otherwise.predict.right >= otherwise.predict.options.length)
    say(
      [...path, 'otherwise', 'predict', 'right'],
      `there is no option ${otherwise.predict.right}: they count from 0`,
    );
  if ((can === undefined) !== (otherwise === undefined))
    say([...path, can === undefined ? 'otherwise' : 'can'], 'can and otherwise come together');
  for (const [index, check] of step.check.entries()) lintCheck(check, [...path, 'check', index], say);
  if (step.check.every((check) => 'never' in check))
    say([...path, 'check'], '"never" alone would pass at once: what ends the step?');
  lintAnswers(step, path, say);
  lintPatterns(step, path, say);
}

function lintCheck(check: Check, path: Path, say: Say): void {
  if ('count' in check && (check.is ?? check.min ?? check.bytes) === undefined)
    say(path, 'a count should say is, min or bytes: it would pass with none');
  if ('stream' in check || 'datagram' in check) {
    const { line, text, contains, starts, matches, hex, size } = check;
    if ([line, text, contains, starts, matches, hex, size].every((each) => each === undefined))
      say(path, 'it should say what the bytes are: line, text, contains, starts, matches, hex or size');
    if (hex !== undefined && !parseHex(hex).ok) say([...path, 'hex'], 'should be hex digits');
  }
  if ('gap' in check && (check.min ?? check.max) === undefined) say(path, 'a gap should say min or max');
  if ('answer' in check) lintOptions(check, path, say);
  if ('pairs' in check && check.right.length < check.left.length)
    say([...path, 'right'], 'every left side needs its right side, in the same order');
  if ('pairs' in check && new Set(check.right).size < check.right.length)
    say([...path, 'right'], 'two right sides are the same');
  if ('arrange' in check && new Set(check.items).size < check.items.length)
    say([...path, 'items'], 'two items are the same');
  if ('any' in check && check.any.some(isQuestion))
    say([...path, 'any'], 'a question cannot be one of several ways');
}

function lintOptions({ is, options }: AnswerCheck, path: Path, say: Say): void {
  if (options === undefined || typeof is === 'object' || String(is).includes('$')) return;
  if (!options.some((option) => String(option) === String(is)))
    say([...path, 'is'], 'the right answer is none of the options');
}

/** The solution answers everything that is asked. */
function lintAnswers(step: Step, path: Path, say: Say): void {
  const asked = questionsOf(step).length + (step.predict === undefined ? 0 : 1);
  const answers = step.solve.filter((action) => 'answer' in action).length;
  if (answers !== asked)
    say([...path, 'solve'], `${asked} answers are asked for, the solution has ${answers}`);
}

const nested = /\([^)]*[+*][^)]*\)[+*{]/;

function lintPatterns(value: unknown, path: Path, say: Say): void {
  for (const [key, pattern, at] of stringsIn(value, path)) {
    if (key !== 'text' && key !== 'matches') continue;
    if (key === 'text' && !at.includes('where')) continue;
    try {
      new RegExp(pattern.replaceAll(/\$\{[^}]*\}/g, 'x'), 'u');
    } catch {
      say(at, `${pattern} is no regular expression`);
    }
    if (nested.test(pattern)) say(at, `${pattern} repeats what repeats: that can take for ever`);
  }
}
