/** A cell of the log → the term that asks for it, and how that joins what is typed already. */
import { unreachable } from '../unreachable.ts';
import { parse } from './parse.ts';
import { numberWords, quotedBytes } from './print.ts';

/** What a cell shows. */
export type Cell =
  | { readonly field: 'socket' | 'port' | 'len'; readonly value: number }
  /** Nanoseconds since the run began: rows from there on. */
  | { readonly field: 'time'; readonly value: number }
  | { readonly field: 'host' | 'type' | 'dir' | 'proto'; readonly value: string }
  /** A payload, or a part of it. */
  | { readonly field: 'contains'; readonly value: Uint8Array };

export function termOf(cell: Cell): string {
  switch (cell.field) {
    case 'socket':
      return numberWords(cell);
    case 'port':
    case 'len':
      return `${cell.field} == ${cell.value}`;
    case 'time':
      return `time >= ${numberWords(cell)}`;
    case 'host':
    case 'type':
    case 'dir':
    case 'proto':
      return `${cell.field} == ${cell.value.toLowerCase()}`;
    case 'contains':
      return `contains ${quotedBytes(cell.value)}`;
    default:
      return unreachable(cell);
  }
}

/** Both must hold: an `or` that was typed goes into brackets. What cannot be read makes way. */
export function appended(text: string, term: string): string {
  const parsed = parse(text);
  const before = text.trim();
  if (!parsed.ok || before === '') return term;
  return `${parsed.terms.some(({ isChoice }) => isChoice) ? `(${before})` : before} and ${term}`;
}
