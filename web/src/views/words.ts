/** Numbers and sizes in the words of the whole page. */
import type { EventOf } from '@socket-playground/shared/events/event.ts';

const grouped = new Intl.NumberFormat('en');
const kibibyte = 1024;
const million = 1e6;

export const formatNumber = (value: number): string => grouped.format(value);

/** `71`, `98,311`, `2.6 M`: what fits a narrow column. */
export function formatCount(count: number): string {
  if (count < million) return grouped.format(count);
  if (count < 1000 * million) return `${(count / million).toFixed(1)} M`;
  return `${(count / (1000 * million)).toFixed(1)} G`;
}

/** `12 bytes`, `64 KiB`, `3.2 MiB`: sizes of buffers, in the units they come in. */
export function formatSize(bytes: number): string {
  if (bytes < kibibyte) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  if (bytes < kibibyte ** 2) return `${Math.round(bytes / kibibyte)} KiB`;
  return `${(bytes / kibibyte ** 2).toFixed(1)} MiB`;
}

/** `1 connection`, `2 connections`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${grouped.format(count)} ${count === 1 ? one : many}`;
}

/** The button that helps where nothing listens. */
export const openServerThere = 'Open a server there';

/** What a `listening` event says. */
export const listeningWords = ({
  backlog,
  accept,
}: Pick<EventOf<'listening'>, 'backlog' | 'accept'>): string =>
  `listening, backlog ${backlog}${accept === 'manual' ? ', accepts one by one' : ''}`;
