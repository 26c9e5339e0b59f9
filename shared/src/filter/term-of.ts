/** A cell of the log → the term that asks for it. */
import { unreachable } from '../unreachable.ts';
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
