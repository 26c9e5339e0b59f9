/** What can stand at the caret: fields, signs, and the values that exist. */
import { filterLimits } from '../limits.ts';
import { directionNames, fieldNames, fields, isFieldName, typeNames } from './fields.ts';
import type { FieldName } from './fields.ts';
import { lex } from './lexer.ts';
import type { Token } from './lexer.ts';

/** What there is to be asked for. */
export interface Offers {
  readonly sockets: readonly number[];
  readonly ports: readonly number[];
  readonly hosts: readonly string[];
  readonly protocols: readonly string[];
}

export interface Completion {
  readonly text: string;
  readonly means: string;
}

/** Each may stand in the place of the characters `from` … `to - 1`. */
export interface Completions {
  readonly from: number;
  readonly to: number;
  readonly options: readonly Completion[];
}

const begun = /[^\s"(){}<>=!,&|]*$/;
const nothing = '';

/** Never throws; within quotes and patterns there is nothing to offer. */
export function complete(text: string, caret: number, offers: Offers): Completions {
  const [word = nothing] = begun.exec(text.slice(0, caret)) ?? [];
  const from = caret - word.length;
  const lexed = lex(text.slice(0, Math.min(from, filterLimits.characters)));
  const small = word.toLowerCase();
  const options =
    lexed.ok && text.length <= filterLimits.characters ? optionsAfter(lexed.tokens, offers) : [];
  const fitting = options.filter((option) => option.text.startsWith(small) && option.text !== small);
  return { from, to: caret, options: fitting.slice(0, filterLimits.completions) };
}

function optionsAfter(tokens: readonly Token[], offers: Offers): readonly Completion[] {
  const last = tokens.at(-1);
  const field = fieldNamed(fieldBefore(tokens));
  if (field !== null) return valuesOf(field, offers);
  const named = fieldNamed(last);
  if (named !== null) return signsOf(named);
  const word = last?.kind === 'word' ? last.text.toLowerCase() : nothing;
  if (word === 'contains') return [{ text: '"', means: 'text, in any case; or bytes: 0d0a' }];
  if (word === 'matches') return [{ text: '/', means: 'a pattern: /GET|POST/i' }];
  return termsAfter(last, offers);
}

/** The token that should name the field whose value comes next. */
function fieldBefore(tokens: readonly Token[]): Token | undefined {
  if (tokens.at(-1)?.kind === 'op') return tokens.at(-2);
  const open = tokens.findLastIndex(({ kind }) => kind === '{');
  const isOpen = open >= 0 && !tokens.slice(open).some(({ kind }) => kind === '}');
  return isOpen ? tokens[open - 2] : undefined;
}

function fieldNamed(token: Token | undefined): FieldName | null {
  const name = token?.kind === 'word' ? token.text.toLowerCase() : nothing;
  return isFieldName(name) ? name : null;
}

function signsOf(field: FieldName): readonly Completion[] {
  const same = [
    { text: '==', means: 'is' },
    { text: '!=', means: 'is not' },
    { text: 'in {', means: 'is one of' },
  ];
  const order = ['<', '<=', '>', '>='].map((text) => ({
    text,
    means: `as in: ${field} ${text} ${fields[field].example}`,
  }));
  return fields[field].isNumber ? [...same, ...order] : same;
}

function valuesOf(field: FieldName, { sockets, ports, hosts, protocols }: Offers): readonly Completion[] {
  const all = (values: readonly (string | number)[], means: string) =>
    values.map((value) => ({ text: String(value), means }));
  switch (field) {
    case 'socket':
      return sockets.map((socket) => ({ text: `#${socket}`, means: 'a socket' }));
    case 'port':
      return all(ports, 'a port in use');
    case 'host':
      return all(hosts, 'an address in use');
    case 'type':
      return all(typeNames, 'what happened');
    case 'dir':
      return all(directionNames, 'which way the bytes went');
    case 'proto':
      return [...all(['tcp', 'udp'], 'the transport'), ...all(protocols, 'what the bytes look like')];
    case 'len':
      return all(['1', '1k', '1M'], 'bytes');
    case 'time':
      return all(['1s', '20ms', '1min'], 'since the start');
  }
}

/** A term may begin everywhere; after one, a word that joins it with the next comes first. */
function termsAfter(last: Token | undefined, { sockets }: Offers): readonly Completion[] {
  const joins = last === undefined || ['and', 'or', 'not', '('].includes(last.kind) ? [] : joining;
  return [
    ...joins,
    ...fieldNames.map((name) => ({ text: name, means: fields[name].means })),
    { text: 'contains', means: 'text or bytes in a payload' },
    { text: 'matches', means: 'a pattern in a payload' },
    { text: 'not', means: 'turns the next one round' },
    ...typeNames.map((type) => ({ text: type, means: 'what happened' })),
    ...sockets.map((socket) => ({ text: `#${socket}`, means: 'a socket' })),
  ];
}

const joining: readonly Completion[] = [
  { text: 'and', means: 'both must hold' },
  { text: 'or', means: 'one of them must hold' },
];
