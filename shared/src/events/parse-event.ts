import { socketEvent } from './event.ts';
import type { SocketEvent } from './event.ts';

/** The event that this is, or null. Never throws: a schema with a hundred thousand things to object to has no stack left to say them. */
export function parseEvent(fields: unknown): SocketEvent | null {
  try {
    const parsed = socketEvent.safeParse(fields);
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
