/** The fields of an event that moved no bytes, in the order it carries them. */
import { address, formatAddress } from '@socket-playground/shared/events/address.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { visible } from '@socket-playground/shared/payload/visible.ts';

const header: ReadonlySet<string> = new Set(['seq', 'time', 'socket', 'type', 'data', 'captured']);

export function detailsOf(event: SocketEvent): readonly (readonly [name: string, value: string])[] {
  return Object.entries(event)
    .filter(([name, value]) => !header.has(name) && value !== undefined)
    .map(([name, value]) => [name, write(value)] as const);
}

function write(value: unknown): string {
  if (typeof value === 'string') return visible(value);
  const end = address.safeParse(value);
  return visible(end.success ? formatAddress(end.data) : JSON.stringify(value));
}
