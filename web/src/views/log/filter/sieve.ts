/**
 * The same answers as `matcherOf` of testing.ts, for very many rows at a time: it goes through columns, and makes a row only for
 * the words of the few events that are no transfers.
 */
import type { Address } from '@socket-playground/shared/events/address.ts';
import { eventTypes } from '@socket-playground/shared/events/event.ts';
import { joined } from '@socket-playground/shared/filter/ast.ts';
import type { Contains, Filter, Matches, Test } from '@socket-playground/shared/filter/ast.ts';
import { compare, holds, isEnd, transportOf } from '@socket-playground/shared/filter/evaluate.ts';
import type { EndTest } from '@socket-playground/shared/filter/evaluate.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';
import {
  gapType,
  hasBytesAt,
  receivedType,
  restartType,
  segmentType,
  sentType,
} from '../../../store/columns/row-block.ts';
import type { RowBlock } from '../../../store/columns/row-block.ts';
import type { Section } from '../../../store/columns/columns.ts';
import { directionOf } from '../../../store/rows/ends.ts';
import type { Ends } from '../../../store/rows/ends.ts';
import type { Spoken } from '../../../store/sockets/spoken.svelte.ts';
import { rowOf } from '../../../store/columns/materialise.ts';
import { patternOf } from './find.ts';
import { hitsIn } from './hits.ts';
import { factsOf, hasTest, isCut } from './match.ts';
import { byProtocol } from './by-protocol.ts';
import type { Term } from './terms.ts';

/** One byte for each slot of a section's block: 1 where the row is shown. */
export type Sieve = ((section: Section) => Uint8Array) & {
  /** Takes its time over each row: it is to be given no more of them at once. */
  readonly partRows?: number;
};
/** The same for one part of the filter. Where `among` is 0 it does not matter, so that what costs much can be left out. */
type Look = (section: Section, among: Uint8Array) => Uint8Array;
type NumberTest = Extract<Test, { is: 'number' }>;

/** All terms must hold. Gaps and restarts always show: what is missing might have matched. Null: no terms. */
export function sieveOf(terms: readonly Term[], spoken: Spoken | null = null): Sieve | null {
  if (terms.length === 0) return null;
  const filter = joined(
    'and',
    terms.map((term) => term.filter),
  );
  const look = lookFor(filter, spoken);
  const sieve = (section: Section) => {
    const marks = look(section, new Uint8Array(section.to).fill(1, section.from));
    for (const type of [gapType, restartType]) markAll(section.block.types, type, section, marks);
    return marks;
  };
  return isSlow(filter) ? Object.assign(sieve, { partRows: slowRows }) : sieve;
}

/** Rows that are asked what they look like between two looks at the clock: some milliseconds. */
const slowRows = 512;

/** What a payload looks like takes many times longer than what columns say. */
const isSlow = (filter: Filter): boolean => hasTest(filter, 'proto') || hasTest(filter, 'matches');

function markAll(types: Uint8Array, type: number, { from, to }: Section, marks: Uint8Array): void {
  for (let slot = types.indexOf(type, from); slot >= 0 && slot < to; slot = types.indexOf(type, slot + 1)) {
    marks[slot] = 1;
  }
}

function lookFor(filter: Filter, spoken: Spoken | null): Look {
  const looksFor = (parts: readonly Filter[]) => quickFirst(parts).map((part) => lookFor(part, spoken));
  switch (filter.is) {
    case 'all':
      return all([]);
    case 'and':
      return all(looksFor(filter.parts));
    case 'or':
      return either(looksFor(filter.parts));
    case 'not':
      return turned(lookFor(filter.part, spoken));
    default:
      return lookForTest(filter, spoken);
  }
}

const quickFirst = (parts: readonly Filter[]): readonly Filter[] =>
  parts.toSorted((a, b) => Number(isSlow(a)) - Number(isSlow(b)));

function lookForTest(test: Test, spoken: Spoken | null): Look {
  switch (test.is) {
    case 'number':
      return lookForNumber(test);
    case 'type': {
      const table = Uint8Array.from(eventTypes, (type) => (test.types.includes(type) ? 1 : 0));
      return (section) => byTable(section, section.block.types, table);
    }
    case 'proto': {
      const transport = transportOf(test.protocol);
      if (transport === undefined) {
        return (section, among) =>
          spoken === null ? new Uint8Array(section.to) : byProtocol(section, among, test.protocol, spoken);
      }
      const has = ({ socketType }: Ends) => socketType === transport;
      return (section) => byTable(section, section.block.endsNumbers, endsTable(section, has));
    }
    case 'dir':
      return (section) => byDirection(section, test);
    case 'host':
    case 'net':
    case 'address':
      return (section) => byEnd(section, test);
    case 'contains': {
      const pattern = patternOf(test.bytes, test.text !== null);
      return (section) => {
        const passed = withBeyond(section, holdsBeyond(section, test, spoken), hitsIn(section, pattern));
        return withWords(section, test, passed);
      };
    }
    case 'matches':
      return (section, among) => {
        const passed = byPattern(section, among, test.pattern, holdsBeyond(section, test, spoken));
        return withWords(section, test, passed);
      };
    default:
      return unreachable(test);
  }
}

function lookForNumber(test: NumberTest): Look {
  const { field, op, value } = test;
  switch (field) {
    case 'socket':
      return each(({ sockets }, slot) => sockets[slot] !== 0 && compare(sockets[slot] ?? 0, op, value));
    case 'len':
      return each((block, slot) => hasBytesAt(block, slot) && compare(block.sizes[slot] ?? 0, op, value));
    case 'time':
      return each(({ times }, slot) => compare(times[slot] ?? 0, op, value));
    case 'port':
      return (section) => byEnd(section, { ...test, field });
    default:
      return unreachable(field);
  }
}

const each =
  (passes: (block: RowBlock, slot: number) => boolean): Look =>
  ({ block, from, to }) => {
    const passed = new Uint8Array(to);
    for (let slot = from; slot < to; slot += 1) if (passes(block, slot)) passed[slot] = 1;
    return passed;
  };

/** Where all of them pass; looks no further where nothing is left. */
const all =
  (looks: readonly Look[]): Look =>
  (section, among) => {
    const { from, to } = section;
    const marks = among.slice();
    for (const look of looks) {
      if (!marks.includes(1)) break;
      const passed = look(section, marks);
      for (let slot = from; slot < to; slot += 1) marks[slot] = (marks[slot] ?? 0) & (passed[slot] ?? 0);
    }
    return marks;
  };

/** Where one of them passes; the later ones are asked about what is left. */
const either =
  (looks: readonly Look[]): Look =>
  (section, among) => {
    const passed = new Uint8Array(section.to);
    const left = among.slice();
    for (const look of looks) {
      const one = look(section, left);
      for (let slot = section.from; slot < section.to; slot += 1) {
        if (left[slot] === 0 || one[slot] === 0) continue;
        passed[slot] = 1;
        left[slot] = 0;
      }
    }
    return passed;
  };

const turned =
  (look: Look): Look =>
  (section, among) => {
    const passed = look(section, among);
    for (let slot = section.from; slot < section.to; slot += 1) passed[slot] = (passed[slot] ?? 0) ^ 1;
    return passed;
  };

function byTable({ from, to }: Section, column: Uint8Array | Uint16Array, table: Uint8Array): Uint8Array {
  const passed = new Uint8Array(to);
  for (let slot = from; slot < to; slot += 1) passed[slot] = table[column[slot] ?? 0] ?? 0;
  return passed;
}

/** What follows from the ends is found once for all rows that share them. */
const endsTable = ({ block }: Section, passes: (ends: Ends) => boolean): Uint8Array =>
  Uint8Array.from(block.ends.values, (ends) => (passes(ends) ? 1 : 0));

function byDirection(section: Section, { direction }: Extract<Test, { is: 'dir' }>): Uint8Array {
  const { block, from, to } = section;
  const sent = endsTable(section, ({ side }) => directionOf(side, 'sent') === direction);
  const received = endsTable(section, ({ side }) => directionOf(side, 'received') === direction);
  const passed = new Uint8Array(to);
  for (let slot = from; slot < to; slot += 1) {
    const type = block.types[slot];
    const table = type === sentType || type === segmentType ? sent : type === receivedType ? received : null;
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

/** Whether a row is known to hold it behind its first bytes. */
type Beyond = ((slot: number) => boolean) | null;

/** Only of the present run is anything known: each numbers its events anew. */
function holdsBeyond(
  { block, base }: Section,
  { beyond }: Contains | Matches,
  spoken: Spoken | null,
): Beyond {
  if (beyond === undefined || beyond.size === 0) return null;
  const present = spoken?.runAt(Infinity);
  return (slot) => beyond.has(block.seqs[slot] ?? 0) && spoken?.runAt(base + slot) === present;
}

function byPattern(
  { block, from, to }: Section,
  among: Uint8Array,
  pattern: Matches['pattern'],
  beyond: Beyond,
): Uint8Array {
  const { starts, bytes, sizes } = block;
  const passed = new Uint8Array(to);
  for (let slot = from; slot < to; slot += 1) {
    if (among[slot] === 0 || !hasBytesAt(block, slot)) continue;
    const [start, end] = [starts[slot] ?? 0, starts[slot + 1] ?? 0];
    const goesOn = isCut(end - start, sizes[slot] ?? 0);
    const isFound = pattern.test(bytes, start, end, !goesOn) || (goesOn && beyond?.(slot) === true);
    if (isFound) passed[slot] = 1;
  }
  return passed;
}

function withBeyond({ block, from, to }: Section, beyond: Beyond, passed: Uint8Array): Uint8Array {
  for (let slot = from; beyond !== null && slot < to; slot += 1)
    if (hasBytesAt(block, slot) && beyond(slot)) passed[slot] = 1;
  return passed;
}

/** What the other events say is in no column: they are asked one by one. */
function withWords({ block, from, to }: Section, test: Test, passed: Uint8Array): Uint8Array {
  const hasWords = test.is !== 'contains' || test.text !== null;
  for (let slot = from; hasWords && slot < to; slot += 1) {
    if (hasBytesAt(block, slot)) continue;
    const row = rowOf(block, slot, 0);
    passed[slot] = row?.kind === 'event' && holds(test, factsOf(row)) ? 1 : 0;
  }
  return passed;
}
