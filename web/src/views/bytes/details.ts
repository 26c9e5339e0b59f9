/** The fields of an event that moved no bytes, in the order it carries them; one that says nothing is left out. */
import { address, formatAddress } from '@socket-playground/shared/events/address.ts';
import type { Carrier, SocketEvent } from '@socket-playground/shared/events/event.ts';
import { visible } from '@socket-playground/shared/payload/visible.ts';
import { infoOf } from '../log/info.ts';

const header: ReadonlySet<string> = new Set(['seq', 'time', 'socket', 'type', 'data', 'captured']);

export function detailsOf(event: SocketEvent): readonly (readonly [name: string, value: string])[] {
  return Object.entries(event)
    .filter(([name, value]) => !header.has(name) && value !== undefined && value !== null)
    .map(([name, value]) => [name, write(value)] as const);
}

/** What has no bytes though its kind could have some. */
export function emptyWords(event: Carrier): string {
  if (event.type !== 'segment' || event.protocol === 'UDP') {
    return 'An empty datagram: a header, and no bytes after it.';
  }
  const info = infoOf(event, () => null);
  const text = info.is === 'life' ? info.text : '';
  return event.tcp === undefined ? `${text}.` : `A TCP header, and no bytes after it: ${text}.`;
}

function write(value: unknown): string {
  if (typeof value === 'string') return visible(value);
  const end = address.safeParse(value);
  return visible(end.success ? formatAddress(end.data) : JSON.stringify(value));
}
