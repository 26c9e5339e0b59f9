/**
 * What a record says in JSON → its event. To check it against the schema is a dozen times the work of all else, and most
 * records say what others said before them (`{"by":"remote"}`): what a text came to is remembered for the next.
 */
import type { SocketEvent } from '../events/event.ts';
import { parseEvent } from '../events/parse-event.ts';
import { sessionLimits } from '../limits.ts';
import { decodeUtf8Strictly } from '../payload/utf8.ts';
import { isPosition, isTime } from './layout.ts';
import type { RecordHeader } from './layout.ts';

type Head = Pick<RecordHeader, 'type' | 'seq' | 'time' | 'socket'>;

/** Texts that are remembered, and the longest of them, in UTF-16 units. When there are more, remembering begins anew. */
const most = 500;
const longest = 500;

const remembered = new Map<string, SocketEvent>();

/** The event, or null when the bytes are not UTF-8, not JSON, or no fields of this type, or are more than those can be. */
export function readFields(header: Head, bytes: Uint8Array): SocketEvent | null {
  const text = bytes.length > sessionLimits.fieldsBytes ? null : decodeUtf8Strictly(bytes);
  if (text === null) return null;
  const key = `${header.type} ${header.socket === 0 ? 'agent' : 'socket'} ${text}`;
  const like = remembered.get(key);
  if (like) return isPosition(header.seq) && isTime(header.time) ? anotherOf(like, header) : null;
  const event = parse(header, text);
  if (event && text.length <= longest) remember(key, event);
  return event;
}

/** Events are never changed, so they may share what lies deeper in them. */
function anotherOf(like: SocketEvent, { seq, time, socket }: Head): SocketEvent {
  const event = { ...like, seq, time };
  if (event.socket !== null) event.socket = socket;
  return event;
}

function remember(key: string, event: SocketEvent): void {
  if (remembered.size >= most) remembered.clear();
  remembered.set(key, event);
}

function parse({ seq, time, socket, type }: Head, text: string): SocketEvent | null {
  const fields = parseObject(text);
  return fields && parseEvent({ ...fields, seq, time, type, socket: socket === 0 ? null : socket });
}

function parseObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
