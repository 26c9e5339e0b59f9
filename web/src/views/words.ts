/** Numbers and sizes in the words of the whole page. */
import type { EventOf } from '@socket-playground/shared/events/event.ts';
import { formatNumber, nounFor, plural } from '@socket-playground/shared/plural.ts';
import { limits } from '../store/limits.ts';

const kibibyte = 1024;
const million = 1e6;

export { formatNumber, nounFor, plural };

/** `71`, `98,311`, `2.6 M`: what fits a narrow column. */
export function formatCount(count: number): string {
  if (count < million) return formatNumber(count);
  if (count < 1000 * million) return `${(count / million).toFixed(1)} M`;
  return `${(count / (1000 * million)).toFixed(1)} G`;
}

/** `12 bytes`, `64 KiB`, `3.2 MiB`: sizes of buffers, in the units they come in. */
export function formatSize(bytes: number): string {
  if (bytes < kibibyte) return plural(bytes, 'byte');
  if (bytes < kibibyte ** 2) return `${Math.round(bytes / kibibyte)} KiB`;
  return `${(bytes / kibibyte ** 2).toFixed(1)} MiB`;
}

/** Why one more row cannot be marked. */
export const marksFull = `${plural(limits.marks, 'row is', 'rows are')} marked: no more can be.`;

/** The button that helps where nothing listens. */
export const openServerThere = 'Open a server there';

/** What a `listening` event says. */
export const listeningWords = ({
  backlog,
  accept,
}: Pick<EventOf<'listening'>, 'backlog' | 'accept'>): string =>
  `listening, backlog ${backlog}${accept === 'manual' ? ', accepts one by one' : ''}`;
