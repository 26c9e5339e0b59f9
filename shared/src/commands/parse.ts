/**
 * The edge where commands come in: anything → a command, or one problem that names the field and says what to do.
 * Of several mistakes the first to know comes first: a field there is not, then one that is missing, then a bad one.
 */
import type * as z from 'zod/mini';
import { visible } from '../payload/visible.ts';
import { problem } from '../problems.ts';
import type { Problem } from '../problem.ts';
import { contradiction } from './contradiction.ts';
import { examples } from './examples.ts';
import { command, verbs } from './verbs.ts';
import type { Command, Verb } from './verbs.ts';
import { describeValue, expectation, namesIn } from './words.ts';

export type ParsedCommand =
  { readonly ok: true; readonly command: Command } | { readonly ok: false; readonly problem: Problem };

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

const refuse = (refusal: Problem): ParsedCommand => ({ ok: false, problem: refusal });

/** Checks everything about a command that needs neither kernel nor sockets. Never throws on what JSON can carry. */
export function parseCommand(input: unknown): ParsedCommand {
  const type = ownField(input, 'type');
  if (!isVerb(type)) return refuse(badCommand(input, type));
  const read = command.safeParse(input, { error: expectation, reportInput: true });
  if (!read.success) return refuse(firstProblem(read.error.issues.map(settleUnion), input, type));
  const found = contradiction(read.data);
  return found === null ? { ok: true, command: read.data } : refuse(found);
}

function ownField(value: unknown, name: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return Reflect.get(value, name);
}

function isVerb(type: unknown): type is Verb {
  return typeof type === 'string' && Object.hasOwn(verbs, type);
}

function badCommand(input: unknown, type: unknown): Problem {
  const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
  const given = isObject ? givenType(type) : describeValue(input);
  return problem('bad-command', { given, types: Object.keys(verbs) }, 'type');
}

const givenType = (type: unknown) =>
  type === undefined ? 'An object without the field "type"' : `The type ${describeValue(type)}`;

/** A union's refusal is that of its one member whose fields the value has, if there is exactly one. */
function settleUnion(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const likely = issue.errors.filter((errors) => errors.every(({ code }) => code !== 'unrecognized_keys'));
  const [first] = likely.length === 1 ? (likely[0] ?? []) : [];
  return first ? { ...first, path: [...issue.path, ...first.path] } : issue;
}

function firstProblem(issues: readonly Issue[], input: unknown, verb: Verb): Problem {
  for (const issue of issues) if (issue.code === 'unrecognized_keys') return unknownField(issue, issue.keys);
  const isMissing = ({ path }: Issue) => valueAt(input, path) === undefined;
  const issue = issues.find(isMissing) ?? issues[0];
  if (issue === undefined) throw new TypeError('A refused command has an issue.');
  return isMissing(issue) ? missingField(issue) : badField(issue, valueAt(input, issue.path), verb);
}

const valueAt = (input: unknown, path: Path): unknown => path.reduce<unknown>(ownField, input);

const longestField = 80;
const fieldOf = (path: Path) => visible(path.map(String).join('.').slice(0, longestField));

function unknownField({ path, message }: Issue, keys: readonly string[]): Problem {
  const field = fieldOf([...path, keys[0] ?? '']);
  return problem('unknown-field', { name: field, known: namesIn(message) }, field);
}

function missingField({ path, message }: Issue): Problem {
  const field = fieldOf(path);
  return problem('missing-field', { name: field, expects: message }, field);
}

function badField(issue: Issue, value: unknown, verb: Verb): Problem {
  const field = fieldOf(issue.path);
  const hint = `For example: ${JSON.stringify(examples[verb])}`;
  const message =
    issue.code === 'custom' && issue.message.endsWith('.')
      ? `"${field}" cannot be read. ${issue.message}`
      : `"${field}" should be ${issue.message}, not ${describeValue(value)}.`;
  return problem('bad-field', { message, hint }, field);
}
