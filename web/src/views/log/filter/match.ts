/** What a filter can know of a row, and what it looks for in whole payloads. */
import { carriesBytes } from '@socket-playground/shared/events/event.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { Contains, Filter, Matches, Test } from '@socket-playground/shared/filter/ast.ts';
import type { Facts } from '@socket-playground/shared/filter/facts.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';
import type { Needle } from '../../../store/asked/deep-search.svelte.ts';
import { directionOf, sourceAndDestination } from '../../../store/rows/ends.ts';
import { limits } from '../../../store/limits.ts';
import type { EventRow } from '../../../store/rows/rows.ts';
import { infoOf } from '../info.ts';
import type { Term } from './terms.ts';

/** Id of the protocol that a row's payload is taken for. */
export type ProtocolOf = (row: EventRow) => string | null;

const nobody = () => null;

export function factsOf(row: EventRow, protocolOf: ProtocolOf = nobody): Facts {
  const { event, ends } = row;
  const { source, destination } = sourceAndDestination(ends, event);
  const { seq, time, socket, type } = event;
  const carrier = carriesBytes(event) ? event : null;
  return {
    ...{ seq, time, socket, type },
    ends: [source, destination].filter((end) => end !== null),
    direction: carrier && directionOf(ends.side, carrier.type === 'received' ? 'received' : 'sent'),
    transport: ends.socketType,
    get protocols() {
      const protocol = carrier === null ? null : protocolOf(row);
      return protocol === null ? [] : [protocol];
    },
    size: carrier?.size ?? null,
    bytes: carrier?.data ?? null,
    isCut: carrier !== null && isCut(carrier.data.length, carrier.size),
    words: carrier === null ? wordsOf(event) : '',
  };
}

/** Whether a payload of `size` bytes may go on elsewhere, of which so many are here. */
export const isCut = (here: number, size: number): boolean => here >= limits.prefixBytes && size > here;

/** All tests for what payloads hold, wherever they stand. */
function contentIn(filter: Filter): readonly (Contains | Matches)[] {
  switch (filter.is) {
    case 'and':
    case 'or':
      return filter.parts.flatMap(contentIn);
    case 'not':
      return contentIn(filter.part);
    case 'contains':
    case 'matches':
      return [filter];
    default:
      return [];
  }
}

/** What these terms look for in payloads. */
export const needlesOf = (terms: readonly Term[]): readonly Needle[] =>
  terms.flatMap(({ filter }) => contentIn(filter)).map(needleOf);

const needleOf = (test: Contains | Matches): Needle =>
  test.is === 'matches'
    ? { is: 'pattern', words: test.pattern.words }
    : { is: 'bytes', bytes: test.bytes, anyCase: test.text !== null };

/** Whether it has to be known what payloads look like. */
export const hasProtocol = (terms: readonly Term[]): boolean =>
  terms.some(({ filter }) => hasTest(filter, 'proto'));

/** Whether there is such a test in it, wherever it stands. */
export function hasTest(filter: Filter, is: Test['is']): boolean {
  if (filter.is === 'and' || filter.is === 'or') return filter.parts.some((part) => hasTest(part, is));
  return filter.is === 'not' ? hasTest(filter.part, is) : filter.is === is;
}

type Found = (needle: Needle) => ReadonlySet<number>;

/** The same terms, knowing which events hold their bytes behind the first ones. */
export const withBeyond = (terms: readonly Term[], found: Found): readonly Term[] =>
  terms.map((term) => ({ ...term, filter: informed(term.filter, found) }));

function informed(filter: Filter, found: Found): Filter {
  switch (filter.is) {
    case 'and':
    case 'or':
      return { ...filter, parts: filter.parts.map((part) => informed(part, found)) };
    case 'not':
      return { ...filter, part: informed(filter.part, found) };
    case 'contains':
    case 'matches':
      return { ...filter, beyond: new Set(found(needleOf(filter))) };
    default:
      return filter;
  }
}

/** What Info says of an event without a payload. */
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
