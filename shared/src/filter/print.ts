/** A filter as text that asks for the same. */
import { formatAddress } from '../events/address.ts';
import { formatEscapes } from '../payload/escapes.ts';
import { formatHex } from '../payload/hex.ts';
import { nsPerMicrosecond } from '../units.ts';
import { unreachable } from '../unreachable.ts';
import type { Filter, Test } from './ast.ts';

export function print(filter: Filter): string {
  switch (filter.is) {
    case 'all':
      return '';
    case 'and':
    case 'or':
      return filter.parts.map(inBrackets).join(` ${filter.is} `);
    case 'not':
      return `not ${inBrackets(filter.part)}`;
    default:
      return printTest(filter);
  }
}

const inBrackets = (filter: Filter): string =>
  filter.is === 'and' || filter.is === 'or' ? `(${print(filter)})` : print(filter);

function printTest(test: Test): string {
  switch (test.is) {
    case 'number':
      return `${test.field} ${test.op} ${numberWords(test)}`;
    case 'host':
      return `host == ${test.host}`;
    case 'net':
      return `host == ${test.host}/${test.bits}`;
    case 'address':
      return `host == ${formatAddress(test)}`;
    case 'type':
      return test.types.length === 1
        ? `type == ${test.types[0] ?? ''}`
        : `type in {${test.types.join(', ')}}`;
    case 'dir':
      return `dir == ${test.direction}`;
    case 'proto':
      return `proto == ${test.protocol}`;
    case 'contains':
      return test.text === null
        ? `contains ${formatHex(test.bytes, '')}`
        : `contains ${quotedBytes(test.bytes)}`;
    case 'matches':
      return `matches ${test.pattern.words}`;
    default:
      return unreachable(test);
  }
}

/** Bytes as a text in quotes. */
export const quotedBytes = (bytes: Uint8Array): string =>
  `"${formatEscapes(bytes).replaceAll('"', String.raw`\"`)}"`;

/** A number as the field's values are written. */
export function numberWords({ field, value }: { readonly field: string; readonly value: number }): string {
  if (field === 'socket') return `#${value}`;
  if (field !== 'time') return String(value);
  return value % nsPerMicrosecond === 0 ? `${value / nsPerMicrosecond}us` : `${value}ns`;
}
