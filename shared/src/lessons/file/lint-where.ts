/** A `where` that nothing can ever fit: fields that such an event has not, and literals that they never are. */
import { verbs } from '../../commands/verbs.ts';
import { literalFamily } from '../../events/address.ts';
import { eventTypes } from '../../events/event.ts';
import type { EventType } from '../../events/event.ts';
import { fieldOf } from '../../events/fields.ts';
import type { Field } from '../../events/fields.ts';
import { explainedCodes } from '../../explain.ts';
import { problemKinds } from '../../problems.ts';
import { anyOf } from '../../schema.ts';
import { referenceOf } from '../names.ts';
import type { Path, Say } from './yaml.ts';

type Literal = string | number | boolean | null;
/** What a literal should be, or null when it can be that. */
type Judge = (literal: Literal) => string | null;

/** Goes through all there is and judges every `where`, and the fields that are counted or asked for. */
export function lintWhere(value: unknown, path: Path, say: Say): void {
  if (typeof value !== 'object' || value === null) return;
  const entries = Object.entries(value);
  const fields = new Map<string, unknown>(entries);
  const types = typesOf(fields);
  if (types !== null) {
    for (const key of ['distinct', 'field']) {
      const name = fields.get(key);
      if (typeof name === 'string') lintField(name, types, [...path, key], say);
    }
    lintOne(fields.get('where'), types, [...path, 'where'], say);
  }
  for (const [key, each] of entries)
    lintWhere(each, [...path, Array.isArray(value) ? Number(key) : key], say);
}

/** Which events it is about, whatever asks for them. */
function typesOf(fields: ReadonlyMap<string, unknown>): readonly EventType[] | null {
  const asked =
    ['see', 'count', 'never', 'first'].map((verb) => fields.get(verb)).find(Boolean) ??
    (fields.has('sum') ? fields.get('of') : undefined);
  const types = eventTypes.filter((type) => [asked].flat().includes(type));
  return types.length === 0 ? null : types;
}

function lintOne(where: unknown, types: readonly EventType[], path: Path, say: Say): void {
  if (typeof where !== 'object' || where === null) return;
  for (const [key, wanted] of Object.entries(where)) {
    const judge = judges.get(key) ?? lintField(key, types, [...path, key], say);
    if (judge === null) continue;
    for (const literal of literalsIn(wanted)) {
      const words = judge(literal);
      if (words !== null) say([...path, key], `${key}: ${JSON.stringify(literal)} should be ${words}`);
    }
  }
}

/** What may stand in a field, when one of these events has it. */
function lintField(key: string, types: readonly EventType[], path: Path, say: Say): Judge | null {
  const schemas = types.flatMap((type) => fieldOf(type, key.split('.')) ?? []);
  if (schemas.length > 0) return special(key) ?? ((literal) => wordsOf(literal, schemas));
  say(path, `${anyOf(types)} has no field ${key}`);
  return null;
}

/** The least of what the schemas have against it. A number may stand in quotes. */
function wordsOf(literal: Literal, schemas: readonly Field[]): string | null {
  const forms = typeof literal === 'string' && literal.trim() !== '' ? [literal, Number(literal)] : [literal];
  const fits = schemas.some(({ takes }) => forms.some(takes));
  return fits ? null : [...new Set(schemas.map(({ words }) => words))].join(', or ');
}

const oneOf =
  (allowed: readonly string[]): Judge =>
  (literal) =>
    typeof literal === 'string' && allowed.includes(literal) ? null : anyOf(allowed);
const aName: Judge = (literal) => (typeof literal === 'number' ? null : 'a name such as $srv, or a number');
const anAddress: Judge = (literal) =>
  typeof literal === 'string' && literalFamily(literal) !== null
    ? null
    : 'a numeric address such as 127.0.0.1: events have no names';

/** What a lesson may ask of any event beside its own fields. */
const judges: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  ['socket', aName],
  ['listener', aName],
  ['of', aName],
  ['to', () => null],
  ['text', () => null],
  ['peer', oneOf(['external', 'ours'])],
]);

/** The calls that can fail: serve and dial are several of them. */
const calls = [...Object.keys(verbs).filter((verb) => verb !== 'serve' && verb !== 'dial'), 'receive'];
const codes = [...explainedCodes, ...Object.keys(problemKinds)];

/** Fields that take any text, of which only some is ever there. */
function special(key: string): Judge | null {
  if (key === 'during') return oneOf(calls);
  if (key === 'code') return oneOf(codes);
  return key === 'local.host' || key === 'remote.host' ? anAddress : null;
}

/** Those that are compared as they stand: what is filled in, and patterns, show only later whether they fit. */
function literalsIn(wanted: unknown): readonly Literal[] {
  if (Array.isArray(wanted)) return wanted.flatMap(literalsIn);
  if (typeof wanted !== 'object' || wanted === null) return isLiteral(wanted) ? [wanted] : [];
  return 'not' in wanted ? literalsIn(wanted.not) : [];
}

const isLiteral = (value: unknown): value is Literal =>
  typeof value === 'string'
    ? referenceOf(value) === null && !value.includes('${')
    : value === null || typeof value === 'number' || typeof value === 'boolean';
