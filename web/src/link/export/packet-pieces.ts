import { concat } from '@socket-playground/shared/payload/concat.ts';
import { PcapngWriter } from '@socket-playground/shared/recording/pcapng/writer.ts';
import { Breath } from '../breath.ts';
import { UnreadableFile } from '../file-problems.ts';
import type { RecordedPart } from '../session-file.ts';
import { someEventsOf } from './events-of.ts';
import type { Pieces } from './pieces.ts';

/** Our own events as packets. */
export async function* packetPieces(parts: AsyncIterable<RecordedPart>): Pieces {
  let writer: PcapngWriter | null = null;
  let last = 0;
  const breath = new Breath();
  for await (const part of parts) {
    if (part.kind === 'unreadable') throw new UnreadableFile(part.problem);
    if (part.kind === 'begin') {
      writer = new PcapngWriter(part.epoch);
      yield writer.start;
    } else if (writer === null) continue;
    else if (part.kind === 'segment' && part.first > last + 1) {
      const missing = { type: 'gap', from: last + 1, to: part.first - 1, reason: part.reason } as const;
      yield concat(writer.gap(missing, part.standing));
      last = part.first - 1;
    } else if (part.kind === 'block') {
      const { block } = part;
      for (const events of someEventsOf(block)) {
        await breath.take();
        const into = writer;
        yield concat(events.flatMap((event) => into.write(event)));
      }
      last = block.last;
    }
  }
  if (writer !== null) yield concat(writer.end());
}
