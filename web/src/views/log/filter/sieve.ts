/**
 * The same answers as `matcherOf`, for very many rows at a time: it looks at columns, and makes a row only where a
 * term asks for what is in none.
 */
import { eventTypes } from '@socket-playground/shared/events/event.ts';
import type { Block } from '../../../store/block.ts';
import { gapType, receivedType, sentType } from '../../../store/block.ts';
import type { Section } from '../../../store/columns.ts';
import { directionOf } from '../../../store/ends.ts';
import type { Ends } from '../../../store/ends.ts';
import { rowOf } from '../../../store/materialise.ts';
import { patternOf } from './find.ts';
import type { Pattern } from './find.ts';
import { hitsIn } from './hits.ts';
import { holds } from './match.ts';
import type { Term, Test } from './terms.ts';

/** Whether the row at a slot passes. */
type Probe = (slot: number) => boolean;
/** One byte for each slot of a section's block: 1 where the row is shown. */
export type Sieve = (section: Section) => Uint8Array;
type Look = (section: Section) => Probe;

/** All terms must hold. Gaps and restarts always show: what is missing might have matched. Null: no terms. */
export function sieveOf(terms: readonly Term[]): Sieve | null {
  if (terms.length === 0) return null;
  const looks = terms.map(({ not, test }) => ({ not, look: lookFor(test) }));
  return (section) => {
    const { from, to, block } = section;
    const marks = new Uint8Array(to).fill(1, from, to);
    for (const { not, look } of looks) {
      const probe = look(section);
      for (let slot = from; slot < to; slot += 1) {
        if (marks[slot] === 1 && (block.types[slot] ?? 0) < gapType && probe(slot) === not) marks[slot] = 0;
      }
    }
    return marks;
  };
}

function lookFor(test: Test): Look {
  switch (test.is) {
    case 'socket':
      return ({ block: { sockets } }) => {
        return (slot) => sockets[slot] === test.socket;
      };
    case 'type': {
      const wanted = new Set(eventTypes.map((type, number) => (test.types.includes(type) ? number : -1)));
      return ({ block: { types } }) => {
        return (slot) => wanted.has(types[slot] ?? 0);
      };
    }
    case 'protocol':
      return ({ block }) => byEnds(block, ({ socketType }) => socketType === test.socketType);
    case 'direction':
      return ({ block }) => {
        const sent = byEnds(block, ({ side }) => directionOf(side, 'sent') === test.direction);
        const received = byEnds(block, ({ side }) => directionOf(side, 'received') === test.direction);
        const { types } = block;
        return (slot) =>
          types[slot] === sentType ? sent(slot) : types[slot] === receivedType && received(slot);
      };
    case 'port':
      return ({ block }) => portProbe(block, test.port);
    case 'bytes':
      return bytesLook(test, patternOf(test.bytes, test.text !== null));
    default:
      return rowLook(test);
  }
}

/** What follows from the ends is found once for all rows that share them. */
function byEnds({ ends, endsNumbers }: Block, test: (ends: Ends) => boolean): Probe {
  const known = ends.values.map(test);
  return (slot) => known[endsNumbers[slot] ?? 0] ?? false;
}

/** Source and destination are the two ends; a datagram names its own peer. */
function portProbe(block: Block, port: number): Probe {
  const local = byEnds(block, (ends) => ends.local?.port === port);
  const remote = byEnds(block, (ends) => ends.remote?.port === port);
  const named = block.addresses.values.map((address) => address.port === port);
  return (slot) => {
    if (local(slot)) return true;
    return block.hasAddressAt(slot) ? (named[block.sides[slot] ?? 0] ?? false) : remote(slot);
  };
}

function bytesLook(test: Extract<Test, { is: 'bytes' }>, pattern: Pattern): Look {
  return (section) => {
    const hits = hitsIn(section, pattern);
    const { types } = section.block;
    const inWords = rowLook(test)(section);
    return (slot) =>
      types[slot] === sentType || types[slot] === receivedType ? hits[slot] === 1 : inWords(slot);
  };
}

/** For terms that no column answers. */
const rowLook =
  (test: Test): Look =>
  ({ block }) =>
  (slot) => {
    const row = rowOf(block, slot, 0);
    return row?.kind === 'event' && holds(test, row);
  };
