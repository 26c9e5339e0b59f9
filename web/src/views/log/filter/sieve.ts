/**
 * The same answers as `matcherOf`, for very many rows at a time: it goes through columns, and makes a row only for
 * the words of the few events that are no transfers.
 */
import type { Address } from '@socket-playground/shared/events/address.ts';
import { eventTypes } from '@socket-playground/shared/events/event.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';
import { gapType, receivedType, restartType, segmentType, sentType } from '../../../store/block.ts';
import type { Section } from '../../../store/columns.ts';
import { directionOf } from '../../../store/ends.ts';
import type { Ends } from '../../../store/ends.ts';
import { rowOf } from '../../../store/materialise.ts';
import { patternOf } from './find.ts';
import { hitsIn } from './hits.ts';
import { holds, isEnd } from './match.ts';
import type { EndTest } from './match.ts';
import type { Term, Test } from './terms.ts';

/** One byte for each slot of a section's block: 1 where the row is shown. */
export type Sieve = (section: Section) => Uint8Array;
type BytesTest = Extract<Test, { is: 'bytes' }>;
/** The same for one test. */
type Look = Sieve;

/** All terms must hold. Gaps and restarts always show: what is missing might have matched. Null: no terms. */
export function sieveOf(terms: readonly Term[]): Sieve | null {
  if (terms.length === 0) return null;
  const looks = terms.map(({ not, test }) => ({ turned: not ? 1 : 0, look: lookFor(test) }));
  return (section) => {
    const { from, to, block } = section;
    const marks = new Uint8Array(to).fill(1, from);
    for (const { turned, look } of looks) {
      if (!marks.includes(1)) break;
      const passed = look(section);
      for (let slot = from; slot < to; slot += 1) {
        marks[slot] = (marks[slot] ?? 0) & ((passed[slot] ?? 0) ^ turned);
      }
    }
    for (const type of [gapType, restartType]) markAll(block.types, type, section, marks);
    return marks;
  };
}

function markAll(types: Uint8Array, type: number, { from, to }: Section, marks: Uint8Array): void {
  for (let slot = types.indexOf(type, from); slot >= 0 && slot < to; slot = types.indexOf(type, slot + 1)) {
    marks[slot] = 1;
  }
}

function lookFor(test: Test): Look {
  switch (test.is) {
    case 'socket':
      return (section) => bySocket(section, test.socket);
    case 'type': {
      const table = Uint8Array.from(eventTypes, (type) => (test.types.includes(type) ? 1 : 0));
      return (section) => byTable(section, section.block.types, table);
    }
    case 'protocol':
      return (section) =>
        byTable(
          section,
          section.block.endsNumbers,
          endsTable(section, ({ socketType }) => socketType === test.socketType),
        );
    case 'direction':
      return (section) => byDirection(section, test);
    case 'port':
    case 'host':
    case 'address':
      return (section) => byEnd(section, test);
    case 'any':
      return either(test.tests.map(lookFor));
    case 'bytes': {
      const pattern = patternOf(test.bytes, test.text !== null);
      return (section) => withWords(section, test, withBeyond(section, test, hitsIn(section, pattern)));
    }
    default:
      return unreachable(test);
  }
}

/** Where one of them passes. */
const either =
  (looks: readonly Look[]): Look =>
  (section) => {
    const passed = new Uint8Array(section.to);
    for (const look of looks) {
      const one = look(section);
      for (let slot = section.from; slot < section.to; slot += 1) {
        passed[slot] = (passed[slot] ?? 0) | (one[slot] ?? 0);
      }
    }
    return passed;
  };

function byTable({ from, to }: Section, column: Uint8Array | Uint16Array, table: Uint8Array): Uint8Array {
  const passed = new Uint8Array(to);
  for (let slot = from; slot < to; slot += 1) passed[slot] = table[column[slot] ?? 0] ?? 0;
  return passed;
}

function bySocket({ block: { sockets }, from, to }: Section, socket: number): Uint8Array {
  const passed = new Uint8Array(to);
  for (let slot = from; slot < to; slot += 1) passed[slot] = sockets[slot] === socket ? 1 : 0;
  return passed;
}

/** What follows from the ends is found once for all rows that share them. */
const endsTable = ({ block }: Section, passes: (ends: Ends) => boolean): Uint8Array =>
  Uint8Array.from(block.ends.values, (ends) => (passes(ends) ? 1 : 0));

function byDirection(section: Section, { direction }: Extract<Test, { is: 'direction' }>): Uint8Array {
  const { block, from, to } = section;
  const sent = endsTable(section, ({ side }) => directionOf(side, 'sent') === direction);
  const received = endsTable(section, ({ side }) => directionOf(side, 'received') === direction);
  const passed = new Uint8Array(to);
  for (let slot = from; slot < to; slot += 1) {
    const type = block.types[slot];
    const table = type === sentType ? sent : type === receivedType ? received : null;
    if (table !== null) passed[slot] = table[block.endsNumbers[slot] ?? 0] ?? 0;
  }
  return passed;
}

/** Source and destination are the two ends; a datagram names its own peer. */
function byEnd(section: Section, test: EndTest): Uint8Array {
  const { block, from, to } = section;
  const fits = (address: Address | null) => address !== null && isEnd(test, address);
  const local = endsTable(section, (ends) => fits(ends.local));
  const both = endsTable(section, (ends) => fits(ends.local) || fits(ends.remote));
  const passed = byTable(section, block.endsNumbers, both);
  if (block.addresses.values.length === 0) return passed;
  const named = Uint8Array.from(block.addresses.values, (address) => (fits(address) ? 1 : 0));
  for (let slot = from; slot < to; slot += 1) {
    if (!block.hasAddressAt(slot)) continue;
    passed[slot] = (local[block.endsNumbers[slot] ?? 0] ?? 0) | (named[block.sides[slot] ?? 0] ?? 0);
  }
  return passed;
}

const hasBytes = (type: number | undefined) =>
  type === sentType || type === receivedType || type === segmentType;

/** What is known of payloads behind their first bytes. */
function withBeyond({ block, from, to }: Section, { beyond }: BytesTest, passed: Uint8Array): Uint8Array {
  for (let slot = from; beyond !== undefined && beyond.size > 0 && slot < to; slot += 1) {
    if (hasBytes(block.types[slot]) && beyond.has(block.seqs[slot] ?? 0)) passed[slot] = 1;
  }
  return passed;
}

/** What the other events say is in no column: they are asked one by one. */
function withWords({ block, from, to }: Section, test: BytesTest, passed: Uint8Array): Uint8Array {
  for (let slot = from; test.text !== null && slot < to; slot += 1) {
    if (hasBytes(block.types[slot])) continue;
    const row = rowOf(block, slot, 0);
    passed[slot] = row?.kind === 'event' && holds(test, row) ? 1 : 0;
  }
  return passed;
}
