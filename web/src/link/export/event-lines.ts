import { toJsonEvent } from '@socket-playground/shared/events/json.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { csvEvent, csvGap, csvHead } from '@socket-playground/shared/recording/csv.ts';
import type { Gap } from '@socket-playground/shared/wire/messages.ts';
import { Breath } from '../breath.ts';
import { UnreadableFile } from '../file-problems.ts';
import type { RecordedPart } from '../session-file.ts';
import { someEventsOf } from './events-of.ts';
import type { Pieces } from './pieces.ts';

interface Lines {
  readonly head: string;
  readonly event: (event: SocketEvent) => string;
  readonly gap: (gap: Gap) => string;
}

const json = (value: unknown) => `${JSON.stringify(value)}\n`;
const formats = {
  json: { head: '', event: (event) => json(toJsonEvent(event)), gap: json },
  csv: { head: csvHead, event: csvEvent, gap: csvGap },
} as const satisfies Record<string, Lines>;

/** One line an event or gap. */
export async function* eventLines(parts: AsyncIterable<RecordedPart>, format: keyof typeof formats): Pieces {
  const { head, event, gap } = formats[format];
  let last = 0;
  const breath = new Breath();
  if (head !== '') yield encodeUtf8(head);
  for await (const part of parts) {
    if (part.kind === 'unreadable') throw new UnreadableFile(part.problem);
    if (part.kind === 'segment' && part.first > last + 1) {
      yield encodeUtf8(gap({ type: 'gap', from: last + 1, to: part.first - 1, reason: part.reason }));
      last = part.first - 1;
    }
    if (part.kind !== 'block') continue;
    for (const events of someEventsOf(part.block)) {
      await breath.take();
      yield encodeUtf8(events.map(event).join(''));
    }
    last = part.block.last;
  }
}
