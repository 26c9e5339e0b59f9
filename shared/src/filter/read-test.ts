/** One test of a filter, from its first token on. */
import { visible } from '../payload/visible.ts';
import { everything, joined } from './ast.ts';
import type { Comparison, Filter } from './ast.ts';
import { readBytes, readHex, readText } from './content.ts';
import type { Content } from './content.ts';
import { isWord } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { readValue, valueHelp } from './field-value.ts';
import type { Known } from './field-value.ts';
import { fields, isFieldName } from './fields.ts';
import type { FieldName } from './fields.ts';
import { exampleOf, fieldList, flagWord, isForeign, isWhole, nearestField, spokenOp } from './habits.ts';
import type { Token } from './lexer.ts';
import { patternOf } from './pattern/pattern.ts';
import { hostOf, socketOf } from './values.ts';
import { wordTest } from './words.ts';

const ops: ReadonlyMap<string, Comparison> = new Map([
  ['=', '=='],
  ['==', '=='],
  ['!=', '=='],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
]);

const range = /^(.+?)\.\.(.+)$/;
/** How others write that the case does not matter. */
const anyCase = /^\(\?i\)(.*)$/s;

/** A slash ends a pattern, and is an escape away from being part of it; in quotes it is like any other character. */
const slash = /\\.|\//gs;
const escapedSlash = (found: string) => (found === '/' ? String.raw`\/` : found);

/** There is a next token. */
export function readTest(cursor: Cursor, known: Known): Filter {
  const token = cursor.next;
  if (token === undefined) return everything;
  switch (token.kind) {
    case 'word':
      return readWord(cursor, token, known);
    case 'text':
      cursor.skip(1);
      return content(cursor, readText(token));
    case 'op':
      return noField(cursor, token);
    case '{':
      return cursor.fail('“{” follows a field and “in”, as in: port in {80, 443}.', token);
    default: {
      const quoted = `"${token.text}"`;
      const message = `“${visible(token.text)}” needs a filter before it; as text it is ${visible(quoted)}.`;
      return cursor.fail(message, token, null, quoted);
    }
  }
}

function noField(cursor: Cursor, op: Token): Filter {
  const value = cursor.peek(1);
  const text = cursor.text.slice(op.from, value?.to ?? op.to);
  const message = `“${op.text}” compares a field (${fieldList}) with a value, as in: len > 100. Text goes in quotes.`;
  return cursor.fail(message, op, value, text.includes('"') ? null : `"${text}"`);
}

function readWord(cursor: Cursor, token: Token, known: Known): Filter {
  const next = cursor.peek(1);
  const op = opAfter(token, next);
  if (op !== null) return comparison(cursor, token, op, known);
  if (isWord(next, 'in') && cursor.peek(2)?.kind === '{') return among(cursor, token, known);
  if (isWhole(token.text) && next && (isWord(next, 'contains') || isWord(next, 'matches'))) {
    const verb = next.text.toLowerCase();
    return cursor.fail(`Here it is just “${verb}”: it looks through what the row shows.`, token, next, verb);
  }
  if (isForeign(token.text)) {
    fieldOf(cursor, token, null);
    return everything;
  }
  cursor.skip(1);
  switch (token.text.toLowerCase()) {
    case 'contains':
      return contains(cursor, token);
    case 'matches':
      return matches(cursor, token);
    case 'hex':
      return content(cursor, readHex(token, cursor.words()));
    case 'to':
      return towards(cursor, token, known);
    case 'port':
      return value(cursor, 'port', '==', token, known);
    case 'host':
      return hostOf(cursor.next?.text ?? '') === null
        ? wordTest(token.text, known)
        : value(cursor, 'host', '==', token, known);
    case 'socket':
      return socketOf(cursor.next?.text ?? '') === null
        ? wordTest(token.text, known)
        : value(cursor, 'socket', '==', token, known);
    default:
      return token.text.startsWith('#') ? socketNumber(cursor, token) : wordTest(token.text, known);
  }
}

function opAfter(token: Token, next: Token | undefined): Token | null {
  if (next?.kind === 'op') return next;
  const mark = next?.kind === 'word' ? spokenOp(token.text, next.text) : null;
  return mark === null || next === undefined ? null : { ...next, kind: 'op', text: mark };
}

function socketNumber(cursor: Cursor, token: Token): Filter {
  const number = socketOf(token.text);
  if (number === null) return cursor.fail(valueHelp.socket, token);
  return { is: 'number', field: 'socket', op: '==', value: number };
}

function towards(cursor: Cursor, token: Token, known: Known): Filter {
  const side = (['server', 'client'] as const).find((each) => isWord(cursor.next, each));
  if (side === undefined) return wordTest(token.text, known);
  cursor.skip(1);
  return { is: 'dir', direction: `to-${side}` };
}

/** The field a word names, or a problem that says which it could be. */
function fieldOf(cursor: Cursor, token: Token, op: Token | null): FieldName | null {
  const name = token.text.toLowerCase();
  if (isFieldName(name)) return name;
  const [near, flag] = [nearestField(name), flagWord(name)];
  if (flag !== null) {
    cursor.fail(`Here it is the word “${flag}”, as Info has it.`, token, op && cursor.peek(2), flag);
  } else if (['data', 'payload', 'text'].includes(name)) {
    const message = 'Bytes and text are looked for with contains, as in: contains "hello".';
    cursor.fail(message, token, op, 'contains');
  } else if (near !== null) {
    const example = exampleOf(near, op?.kind === 'op' ? op.text : '==');
    cursor.fail(`Here it is written “${near}”, as in: ${example}.`, token, null, near);
  } else unknownField(cursor, token, op === null ? undefined : cursor.peek(2));
  return null;
}

/** It may be text with a sign in it, or have one to look for. */
function unknownField(cursor: Cursor, token: Token, value: Token | undefined): void {
  const { text } = cursor;
  const end = value?.to ?? token.to;
  const typed = text.slice(token.from, end);
  const quoted = value?.kind === 'text' ? `contains ${text.slice(value.from, end)}` : `"${typed}"`;
  const isWritten = value?.kind === 'text' || !typed.includes('"');
  const fix = isWritten ? text.slice(0, token.from) + quoted + text.slice(end) : null;
  const message = `There is no field “${visible(token.text)}”. Fields are ${fieldList}; text goes in quotes.`;
  cursor.report({ message, from: token.from, to: token.to, fix });
}

function comparison(cursor: Cursor, token: Token, mark: Token, known: Known): Filter {
  const field = fieldOf(cursor, token, mark);
  if (field === null) return everything;
  cursor.skip(2);
  const test = value(cursor, field, ops.get(mark.text) ?? '==', mark, known);
  return mark.text === '!=' ? { is: 'not', part: test } : test;
}

/** Takes the value; `before` is what stands before it. */
function value(cursor: Cursor, field: FieldName, op: Comparison, before: Token, known: Known): Filter {
  const token = cursor.take('word') ?? cursor.take('text');
  if (token === undefined) return cursor.fail(valueHelp[field], cursor.next ?? before);
  const read = readValue(field, op, token.text, known);
  if (read.ok) return read.test;
  if (!fields[field].isNumber && op !== '==') return cursor.fail(read.wrong, before, null, '==');
  return cursor.fail(read.wrong, token, null, read.better);
}

/** `port in {80, 443}`: a field, `in` and the values. */
function among(cursor: Cursor, token: Token, known: Known): Filter {
  const [name, open] = [cursor.peek(1), cursor.peek(2)];
  const field = name === undefined ? null : fieldOf(cursor, token, name);
  if (field === null || open === undefined) return everything;
  cursor.skip(3);
  const parts: Filter[] = [];
  while (cursor.next !== undefined && cursor.next.kind !== '}') {
    parts.push(rangeOf(cursor, field, known) ?? value(cursor, field, '==', open, known));
    cursor.take(',');
  }
  const close = cursor.take('}');
  if (close === undefined) return cursor.fail('This “{” is not closed: add a “}”.', open);
  if (parts.length > 0) return joined('or', parts);
  return cursor.fail('Between { and } stand values, as in: port in {80, 443}.', open, close);
}

/** `8000..8999` between the values: both ends belong to it. */
function rangeOf(cursor: Cursor, field: FieldName, known: Known): Filter | null {
  const [, first, last] = range.exec(cursor.next?.text ?? '') ?? [];
  if (first === undefined || last === undefined || !fields[field].isNumber) return null;
  const [from, to] = [readValue(field, '>=', first, known), readValue(field, '<=', last, known)];
  if (!from.ok || !to.ok) return null;
  cursor.skip(1);
  return joined('and', [from.test, to.test]);
}

function contains(cursor: Cursor, token: Token): Filter {
  const text = cursor.take('text');
  return content(cursor, text === undefined ? readBytes(token, cursor.words()) : readText(text));
}

function content(cursor: Cursor, read: Content): Filter {
  if (!read.ok) return cursor.fail(read.wrong, read.first, read.last);
  cursor.skip(read.took);
  return read.test;
}

function matches(cursor: Cursor, token: Token): Filter {
  const typed = cursor.next;
  if (typed?.kind !== 'pattern' && typed?.kind !== 'text') {
    const fix = typed?.kind === 'word' && !typed.text.includes('/') ? `/${typed.text}/` : null;
    return cursor.fail(
      'A pattern stands between slashes, as in: matches /GET|POST/i.',
      typed ?? token,
      null,
      fix,
    );
  }
  cursor.skip(1);
  const [, inAnyCase] = anyCase.exec(typed.text) ?? [];
  const written = `/${(inAnyCase ?? typed.text).replaceAll(slash, escapedSlash)}/${inAnyCase === undefined ? '' : 'i'}`;
  const read = patternOf(typed.kind === 'pattern' ? typed.text : written);
  if (read.ok) return { is: 'matches', pattern: read.pattern };
  const from = Math.min(typed.from + read.at, typed.to - 1);
  return cursor.report({ message: read.wrong, from, to: from + 1, fix: null });
}
