/** What a schema cannot see: names without a meaning, questions without an answer, patterns that could hang. */
import { parseHex } from '../../payload/hex.ts';
import { isQuestion } from '../checks.ts';
import type { Check } from '../checks.ts';
import { questionsOf } from '../lesson.ts';
import type { FrontMatter } from '../lesson.ts';
import { bare, namesIn } from '../names.ts';
import type { FileMistakes } from './mistakes.ts';
import type { Path, Yaml } from './yaml.ts';

type Step = FrontMatter['steps'][number];
type Say = (path: Path, reason: string) => void;

export function lint(front: FrontMatter, yaml: Yaml, mistakes: FileMistakes): void {
  const say: Say = (path, reason) => mistakes.add(yaml.lineOf(path), reason);
  lintVars(front, say);
  lintIds(front, say);
  lintNames(front, say);
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
  if ('answer' in check && check.options && typeof check.is !== 'object' && !String(check.is).includes('$'))
    if (!check.options.some((option) => String(option) === String(check.is)))
      say([...path, 'is'], `the right answer is none of the options`);
  if ('pairs' in check && check.right.length < check.left.length)
    say([...path, 'right'], 'every left side needs its right side, in the same order');
  if ('pairs' in check && new Set(check.right).size < check.right.length)
    say([...path, 'right'], 'two right sides are the same');
  if ('arrange' in check && new Set(check.items).size < check.items.length)
    say([...path, 'items'], 'two items are the same');
  if ('any' in check && check.any.some(isQuestion))
    say([...path, 'any'], 'a question cannot be one of several ways');
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

function* stringsIn(value: unknown, path: Path): Generator<readonly [string, string, Path]> {
  if (typeof value === 'string') yield [String(path.at(-1)), value, path];
  else if (Array.isArray(value))
    for (const [index, each] of value.entries()) yield* stringsIn(each, [...path, index]);
  else if (typeof value === 'object' && value !== null)
    for (const [key, each] of Object.entries(value)) yield* stringsIn(each, [...path, key]);
}

/** In words that only some places fill in. */
const placed = ['event', 'text', 'line', 'code', 'size', 'given', 'it', 'machine'];
const namingKeys = new Set([
  'on',
  'dial',
  'close',
  'reset',
  'shutdown',
  'pause',
  'resume',
  'behave',
  'setsockopt',
  'accept',
  'stream',
  'datagram',
  'of',
  'to',
  'connect',
  'listen',
  'outside',
]);

function lintNames(front: FrontMatter, say: Say): void {
  const known = new Set([
    ...Object.keys(front.vars ?? {}),
    ...Object.keys(front.scene ?? {}).map(bare),
    ...placed,
  ]);
  for (const [key, text] of stringsIn(front, [])) if (key === 'as') known.add(bare(text));
  for (const [key, text, path] of stringsIn(front, [])) {
    const named =
      namingKeys.has(key) && /^\$?[a-z][A-Za-z0-9]*$/.test(text) && !isWord(key, text) ? [bare(text)] : [];
    for (const name of [...namesIn(text), ...named]) {
      if (!known.has(name)) say(path, `there is no ${name}: neither in vars or scene, nor by "as"`);
    }
  }
}

/** `accept: manual` is no name. */
const isWord = (key: string, text: string) => key === 'accept' && (text === 'manual' || text === 'auto');
