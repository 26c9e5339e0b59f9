import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { lineFormats } from '@socket-playground/shared/recording/line-formats.ts';
import { Breath } from '../breath.ts';
import { UnreadableFile } from '../file-problems.ts';
import type { RecordedPart } from '../session-file.ts';
import { someEventsOf } from './events-of.ts';
import type { Pieces } from './pieces.ts';

/** One line an event or gap. */
export async function* eventLines(
  parts: AsyncIterable<RecordedPart>,
  format: keyof typeof lineFormats,
): Pieces {
  const { head, event, gap } = lineFormats[format];
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
