import { formatBase64 } from '../payload/base64.ts';
import { isTransfer } from './event.ts';
import type { JsonEvent, SocketEvent } from './event.ts';

/** The event as outside programs read it: data in base64. */
export function toJsonEvent(event: SocketEvent): JsonEvent {
  return isTransfer(event) ? { ...event, data: formatBase64(event.data) } : event;
}
