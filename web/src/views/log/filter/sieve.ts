/**
 * The same answers as `matcherOf`, for very many rows at a time: it goes through columns, and makes a row only for
 * the words of the few events that are no transfers.
 */
import type { Address } from '@socket-playground/shared/events/address.ts';
import { eventTypes } from '@socket-playground/shared/events/event.ts';
import type { Contains, Filter, Test } from '@socket-playground/shared/filter/ast.ts';
import { compare, holds, isEnd, transportOf } from '@socket-playground/shared/filter/evaluate.ts';
import type { EndTest } from '@socket-playground/shared/filter/evaluate.ts';
import type { Pattern } from '@socket-playground/shared/filter/pattern/pattern.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';
import { gapType, receivedType, restartType, segmentType, sentType } from '../../../store/block.ts';
import type { Block } from '../../../store/block.ts';
import type { Section } from '../../../store/columns.ts';
import { directionOf } from '../../../store/ends.ts';
import type { Ends } from '../../../store/ends.ts';
import { rowOf } from '../../../store/materialise.ts';
import { patternOf } from './find.ts';
import { hitsIn } from './hits.ts';
import { factsOf } from './match.ts';
import type { Term } from './terms.ts';

/** One byte for each slot of a section's block: 1 where the row is shown. */
export type Sieve = (section: Section) => Uint8Array;
/** The same for one part of the filter. */
type Look = Sieve;
type NumberTest = Extract<Test, { is: 'number' }>;

/** All terms must hold. Gaps and restarts always show: what is missing might have matched. Null: no terms. */
export function sieveOf(terms: readonly Term[]): Sieve | null {
  if (terms.length === 0) return null;
  const look = all(terms.map(({ filter }) => lookFor(filter)));
  return (section) => {
    const marks = look(section);
    for (const type of [gapType, restartType]) markAll(section.block.types, type, section, marks);
    return marks;
  };
}

function markAll(types: Uint8Array, type: number, { from, to }: Section, marks: Uint8Array): void {
  for (let slot = types.indexOf(type, from); slot >= 0 && slot < to; slot = types.indexOf(type, slot + 1)) {
    marks[slot] = 1;
  }
}

function lookFor(filter: Filter): Look {
  switch (filter.is) {
    case 'all':
      return all([]);
    case 'and':
      return all(filter.parts.map(lookFor));
    case 'or':
      return either(filter.parts.map(lookFor));
    case 'not':
      return turned(lookFor(filter.part));
    default:
      return lookForTest(filter);
  }
}

function lookForTest(test: Test): Look {
  switch (test.is) {
    case 'number':
      return lookForNumber(test);
    case 'type': {
      const table = Uint8Array.from(eventTypes, (type) => (test.types.includes(type) ? 1 : 0));
      return (section) => byTable(section, section.block.types, table);
    }
    case 'proto': {
      const transport = transportOf(test.protocol);
      const has = ({ socketType }: Ends) => transport !== undefined && socketType === transport;
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
      return (section) => withWords(section, test, withBeyond(section, test, hitsIn(section, pattern)));
    }
    case 'matches':
      return (section) => withWords(section, test, byPattern(section, test.pattern));
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

const carrying: ReadonlySet<number | undefined> = new Set([sentType, receivedType, segmentType]);
const hasBytesAt = ({ types }: Block, slot: number) => carrying.has(types[slot]);

const each =
  (passes: (block: Block, slot: number) => boolean): Look =>
  ({ block, from, to }) => {
    const passed = new Uint8Array(to);
    for (let slot = from; slot < to; slot += 1) if (passes(block, slot)) passed[slot] = 1;
    return passed;
  };

/** Where all of them pass; looks no further where nothing is left. */
const all =
  (looks: readonly Look[]): Look =>
  (section) => {
    const { from, to } = section;
    const marks = new Uint8Array(to).fill(1, from);
    for (const look of looks) {
      if (!marks.includes(1)) break;
      const passed = look(section);
      for (let slot = from; slot < to; slot += 1) marks[slot] = (marks[slot] ?? 0) & (passed[slot] ?? 0);
    }
    return marks;
  };

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

const turned =
  (look: Look): Look =>
  (section) => {
    const passed = look(section);
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

function byPattern({ block, from, to }: Section, pattern: Pattern): Uint8Array {
  const { starts, bytes } = block;
  const passed = new Uint8Array(to);
  for (let slot = from; slot < to; slot += 1) {
    if (hasBytesAt(block, slot) && pattern.test(bytes, starts[slot] ?? 0, starts[slot + 1] ?? 0)) {
      passed[slot] = 1;
    }
  }
  return passed;
}

/** What is known of payloads behind their first bytes. */
function withBeyond({ block, from, to }: Section, { beyond }: Contains, passed: Uint8Array): Uint8Array {
  for (let slot = from; beyond !== undefined && beyond.size > 0 && slot < to; slot += 1) {
    if (hasBytesAt(block, slot) && beyond.has(block.seqs[slot] ?? 0)) passed[slot] = 1;
  }
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
