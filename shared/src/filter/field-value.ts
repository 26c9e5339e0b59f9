/** A field's value as it was typed → the test that looks for it, or what is wrong with it. */
import { unreachable } from '../unreachable.ts';
import type { Comparison, NumberField, Test } from './ast.ts';
import { directionNames, fields, typeNames } from './fields.ts';
import type { FieldName } from './fields.ts';
import { closest } from './habits.ts';
import { endOf, hostOf, portOf, sizeOf, socketOf, timeOf } from './values.ts';

export type Read =
  | { readonly ok: true; readonly test: Test }
  /** `better`: what could stand there instead. */
  | { readonly ok: false; readonly wrong: string; readonly better: string | null };

/** What is said of a value that is none, or missing. */
export const valueHelp: Readonly<Record<FieldName, string>> = {
  socket: 'A socket is “#” and its number, as in #3.',
  port: 'A port is a number from 0 to 65535, as in: port 8888.',
  host: 'A host is an address, its beginning or a network, as in: host == 10.0.0.0/8.',
  type: 'A type is what happened, as in: type == received.',
  dir: 'A direction is to-server or to-client.',
  proto: 'A protocol is tcp, udp or what the bytes look like, as in: proto == http.',
  len: 'A length is a number of bytes, as in: len >= 1k.',
  time: 'A time is a number with ns, us, ms, s or min, as in: time > 1.5s.',
};

export interface Known {
  /** Names of what bytes look like, beside tcp and udp; null: they are not known yet, and any word may be one. */
  readonly protocols: readonly string[] | null;
  /** Those of them that a column shows: a word may mean them. */
  readonly shown: readonly string[];
}

const numbers: Readonly<Record<NumberField, (word: string) => number | null>> = {
  socket: socketOf,
  port: portOf,
  len: sizeOf,
  time: timeOf,
};

const wrong = (text: string, better: string | null = null): Read => ({ ok: false, wrong: text, better });
const right = (test: Test): Read => ({ ok: true, test });

export function readValue(field: FieldName, op: Comparison, word: string, known: Known): Read {
  if (!fields[field].isNumber && op !== '==') {
    return wrong(`${field} has no order: compare it with == or !=.`);
  }
  switch (field) {
    case 'socket':
    case 'port':
    case 'len':
    case 'time': {
      const value = numbers[field](word.toLowerCase());
      return value === null ? wrong(valueHelp[field]) : right({ is: 'number', field, op, value });
    }
    case 'host':
      return host(word);
    case 'type':
      return named('type', word, typeNames, (type) => ({ is: 'type', types: [type] }));
    case 'dir':
      return direction(word);
    case 'proto':
      return protocol(word, known);
    default:
      return unreachable(field);
  }
}

const protocolName = /^[a-z][\w-]*$/;

function protocol(word: string, { protocols }: Known): Read {
  const small = word.toLowerCase();
  if (protocols === null && protocolName.test(small)) return right({ is: 'proto', protocol: small });
  return named('proto', word, ['tcp', 'udp', ...(protocols ?? [])], (name) => ({
    is: 'proto',
    protocol: name,
  }));
}

function host(word: string): Read {
  const end = endOf(word);
  const test = end === null ? hostOf(word) : ({ is: 'address', ...end } as const);
  if (test !== null) return right(test);
  return word.toLowerCase() === 'localhost'
    ? wrong('Rows show addresses, not names: localhost is 127.0.0.1 or ::1.', '127.0.0.1')
    : wrong(valueHelp.host);
}

function direction(word: string): Read {
  const small = word.toLowerCase();
  const arrow = ['→', '->'].includes(small) ? 'to-server' : ['←', '<-'].includes(small) ? 'to-client' : small;
  const way = directionNames.find((name) => name === arrow);
  if (way !== undefined) return right({ is: 'dir', direction: way });
  const better = small.includes('serv') ? 'to-server' : small.includes('cli') ? 'to-client' : null;
  const hint = ['in', 'out', 'sent', 'received'].includes(small)
    ? ' What one socket did is its type: received or sent.'
    : '';
  return wrong(`${valueHelp.dir}${hint}`, better);
}

function named<Name extends string>(
  field: 'type' | 'proto',
  word: string,
  names: readonly Name[],
  test: (name: Name) => Test,
): Read {
  const small = word.toLowerCase();
  const name = names.find((each) => each === small);
  if (name !== undefined) return right(test(name));
  const better = closest(small, names);
  const meant = better === null ? `There are ${names.join(', ')}.` : `Did you mean ${better}?`;
  return wrong(`${valueHelp[field]} ${meant}`, better);
}
