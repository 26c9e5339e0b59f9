import { carriesBytes, isTransfer } from '@socket-playground/shared/events/event.ts';
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { indexOfBytes } from '@socket-playground/shared/payload/find.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';
import { directionOf, sourceAndDestination } from '../../../store/ends.ts';
import type { Needle } from '../../../store/deep-search.svelte.ts';
import type { EventRow, Row } from '../../../store/rows.ts';
import { infoOf } from '../info.ts';
import type { Term, Test } from './terms.ts';

type Matcher = (row: Row) => boolean;
export type EndTest = Extract<Test, { is: 'port' | 'host' | 'address' }>;

/** All terms must hold. Gaps and restarts always show: what is missing might have matched. Null: no terms. */
export function matcherOf(terms: readonly Term[]): Matcher | null {
  if (terms.length === 0) return null;
  return (row: Row) => row.kind !== 'event' || terms.every(({ not, test }) => holds(test, row) !== not);
}

type BytesTest = Extract<Test, { is: 'bytes' }>;

/** What these terms look for in payloads. */
export const needlesOf = (terms: readonly Term[]): readonly Needle[] =>
  terms
    .flatMap(({ test }) => (test.is === 'any' ? test.tests : [test]))
    .flatMap((test) => (test.is === 'bytes' ? [needleOf(test)] : []));

const needleOf = ({ bytes, text }: BytesTest): Needle => ({ bytes, anyCase: text !== null });

/** The same terms, knowing which events hold their bytes behind the first ones. */
export function withBeyond(
  terms: readonly Term[],
  found: (needle: Needle) => ReadonlySet<number>,
): readonly Term[] {
  const informed = (test: Test): Test => {
    if (test.is === 'any') return { ...test, tests: test.tests.map(informed) };
    return test.is === 'bytes' ? { ...test, beyond: new Set(found(needleOf(test))) } : test;
  };
  return terms.map((term) => ({ ...term, test: informed(term.test) }));
}

export function holds(test: Test, row: EventRow): boolean {
  const { event, ends } = row;
  switch (test.is) {
    case 'socket':
      return event.socket === test.socket;
    case 'type':
      return test.types.includes(event.type);
    case 'protocol':
      return ends.socketType === test.socketType;
    case 'direction':
      return isTransfer(event) && directionOf(ends.side, event.type) === test.direction;
    case 'port':
    case 'host':
    case 'address':
      return someEnd(row, (end) => isEnd(test, end));
    case 'bytes':
      return hasBytes(event, test);
    case 'any':
      return test.tests.some((one) => holds(one, row));
    default:
      return unreachable(test);
  }
}

/** Whether an end is the one that is asked for. */
export function isEnd(test: EndTest, { host, port }: Address): boolean {
  switch (test.is) {
    case 'port':
      return port === test.port;
    case 'host':
      return isHost(host, test);
    case 'address':
      return port === test.port && plain(host) === plain(test.host);
    default:
      return unreachable(test);
  }
}

function someEnd({ event, ends }: EventRow, is: (end: Address) => boolean): boolean {
  const { source, destination } = sourceAndDestination(ends, event);
  return (source !== null && is(source)) || (destination !== null && is(destination));
}

/** Dual-stack sockets report IPv4 as `::ffff:127.0.0.1`. */
const plain = (host: string): string => host.replace(/^::ffff:(?=\d+\.)/i, '');

const isHost = (host: string, wanted: Extract<Test, { is: 'host' }>): boolean =>
  wanted.whole ? plain(host) === plain(wanted.host) : plain(host).startsWith(wanted.host);

/** Text is looked for in any case, in ASCII: in payloads, and in what Info says of the other events. */
function hasBytes(event: SocketEvent, { bytes, text, beyond }: Extract<Test, { is: 'bytes' }>): boolean {
  if (carriesBytes(event))
    return indexOfBytes(event.data, bytes, text !== null) >= 0 || beyond?.has(event.seq) === true;
  return text !== null && wordsOf(event).toLowerCase().includes(text);
}

const nobody = () => null;

function wordsOf(event: SocketEvent): string {
  const info = infoOf(event, nobody);
  switch (info.is) {
    case 'life':
      return info.text;
    case 'failure':
      return `${info.code} ${info.text} ${event.type === 'failed' ? event.message : ''}`;
    case 'data':
      return '';
    default:
      return unreachable(info);
  }
}
