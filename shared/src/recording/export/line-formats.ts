/** A session as text, one line an event and one a gap: how each of both is written. */
import { toJsonEvent } from '../../events/json.ts';
import type { SocketEvent } from '../../events/event.ts';
import type { Gap } from '../../wire/messages.ts';
import { csvEvent, csvGap, csvHead } from '../csv.ts';

export interface LineFormat {
  /** What stands before the first line. */
  readonly head: string;
  readonly event: (event: SocketEvent) => string;
  readonly gap: (gap: Gap) => string;
}

const json = (value: unknown) => `${JSON.stringify(value)}\n`;

/** JSON Lines with whole payloads in base64, and CSV (RFC 4180). */
export const lineFormats = {
  json: { head: '', event: (event) => json(toJsonEvent(event)), gap: json },
  csv: { head: csvHead, event: csvEvent, gap: csvGap },
} as const satisfies Record<string, LineFormat>;
