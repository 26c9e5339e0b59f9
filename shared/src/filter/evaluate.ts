/** Whether a filter holds for a row: the meaning of the language, one row at a time. */
import type { Address } from '../events/address.ts';
import { plainHost } from '../events/special-hosts.ts';
import { indexOfBytes } from '../payload/find.ts';
import { encodeUtf8 } from '../payload/utf8.ts';
import { unreachable } from '../unreachable.ts';
import type { Comparison, Contains, Filter, Matches, Test } from './ast.ts';
import type { Facts } from './facts.ts';
import { ipv4Number } from './values.ts';

export function holds(filter: Filter, facts: Facts): boolean {
  switch (filter.is) {
    case 'all':
      return true;
    case 'and':
      return filter.parts.every((part) => holds(part, facts));
    case 'or':
      return filter.parts.some((part) => holds(part, facts));
    case 'not':
      return !holds(filter.part, facts);
    default:
      return passes(filter, facts);
  }
}

function passes(test: Test, facts: Facts): boolean {
  switch (test.is) {
    case 'number':
      return isNumber(test, facts);
    case 'host':
    case 'net':
    case 'address':
      return facts.ends.some((end) => isEnd(test, end));
    case 'type':
      return test.types.includes(facts.type);
    case 'dir':
      return facts.direction === test.direction;
    case 'proto':
      return transportOf(test.protocol) === facts.transport || facts.protocols.includes(test.protocol);
    case 'contains':
      return hasBytes(test, facts);
    case 'matches':
      return matchesIn(test, facts);
    default:
      return unreachable(test);
  }
}

type NumberTest = Extract<Test, { is: 'number' }>;
export type EndTest = Extract<Test, { is: 'host' | 'net' | 'address' }> | PortTest;
type PortTest = NumberTest & { readonly field: 'port' };

function isNumber(test: NumberTest, { socket, ends, size, time }: Facts): boolean {
  const { field, op, value } = test;
  switch (field) {
    case 'socket':
      return socket !== null && compare(socket, op, value);
    case 'port':
      return ends.some(({ port }) => compare(port, op, value));
    case 'len':
      return size !== null && compare(size, op, value);
    case 'time':
      return compare(time, op, value);
    default:
      return unreachable(field);
  }
}

export function compare(a: number, op: Comparison, b: number): boolean {
  switch (op) {
    case '==':
      return a === b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default:
      return unreachable(op);
  }
}

/** What `proto` means below what bytes look like; undefined: it means nothing there. */
export const transportOf = (protocol: string): 'stream' | 'dgram' | undefined =>
  protocol === 'tcp' ? 'stream' : protocol === 'udp' ? 'dgram' : undefined;

/** Whether an end is the one that is asked for. */
export function isEnd(test: EndTest, { host, port }: Address): boolean {
  switch (test.is) {
    case 'number':
      return compare(port, test.op, test.value);
    case 'host':
      return test.whole ? isSame(host, test.host) : plainHost(host).startsWith(test.host);
    case 'net':
      return isInNetwork(plainHost(host), test);
    case 'address':
      return port === test.port && isSame(host, test.host);
    default:
      return unreachable(test);
  }
}

/** `wanted` is spelled as a filter has it. An address without its zone is that address in any. */
function isSame(host: string, wanted: string): boolean {
  if (host === wanted) return true;
  if (host.includes('%')) return isInZone(host, wanted);
  return host.startsWith(mappedBeginning) && plainHost(host) === wanted;
}

const mappedBeginning = '::ffff:';

const isInZone = (host: string, wanted: string): boolean =>
  host.startsWith(wanted) ? host[wanted.length] === '%' : host.toLowerCase() === wanted;

function isInNetwork(host: string, { host: wanted, bits }: Extract<Test, { is: 'net' }>): boolean {
  const [a, b] = [ipv4Number(host), ipv4Number(wanted)];
  const size = 2 ** (32 - bits);
  return a !== null && b !== null && Math.floor(a / size) === Math.floor(b / size);
}

function hasBytes({ bytes, text, beyond }: Contains, facts: Facts): boolean {
  if (facts.bytes === null) return text !== null && facts.words.toLowerCase().includes(text);
  return indexOfBytes(facts.bytes, bytes, text !== null) >= 0 || beyond?.has(facts.seq) === true;
}

function matchesIn({ pattern, beyond }: Matches, { seq, bytes, words, isCut }: Facts): boolean {
  const among = bytes ?? encodeUtf8(words);
  return pattern.test(among, 0, among.length, !isCut) || (isCut && beyond?.has(seq) === true);
}
