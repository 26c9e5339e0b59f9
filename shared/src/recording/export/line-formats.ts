/** A session as text, one line an event and one a gap: how each of both is written. */
import { toJsonEvent } from '../../events/json.ts';
import type { SocketEvent } from '../../events/event.ts';
import type { SocketState } from '../../events/state.ts';
import type { Gap } from '../../wire/messages.ts';
import { CsvLines } from '../csv.ts';

export interface LineFormat {
  /** What stands before the first line. */
  readonly head: string;
  event(event: SocketEvent): string;
  gap(gap: Gap, standing: readonly SocketState[] | null): string;
}

const json = (value: unknown) => `${JSON.stringify(value)}\n`;

/** JSON Lines with whole payloads in base64, and CSV (RFC 4180): each for one session from its beginning. */
export const lineFormats = {
  json: () => ({ head: '', event: (event) => json(toJsonEvent(event)), gap: (gap) => json(gap) }),
  csv: () => new CsvLines(),
} as const satisfies Record<string, () => LineFormat>;
