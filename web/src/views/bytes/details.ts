/** The fields of an event that moved no bytes, in the order it carries them. */
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
  return visible(JSON.stringify(value));
}
