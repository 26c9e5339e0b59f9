import { formatBase64 } from '../payload/base64.ts';
import { carriesBytes } from './event.ts';
import type { JsonEvent, SocketEvent } from './event.ts';

/** The event as outside programs read it: data in base64. */
export function toJsonEvent(event: SocketEvent): JsonEvent {
  return carriesBytes(event) ? { ...event, data: formatBase64(event.data) } : event;
}
