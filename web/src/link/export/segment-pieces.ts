import { wasStored } from '@socket-playground/shared/recording/missing.ts';
import { writeSegmentHead } from '@socket-playground/shared/recording/segment.ts';
import { Breath } from '../breath.ts';
import { UnreadableFile } from '../file-problems.ts';
import type { RecordedPart } from '../session-file.ts';
import type { Pieces } from './pieces.ts';

/** A session file: a new segment begins wherever something is missing. */
export async function* segmentPieces(parts: AsyncIterable<RecordedPart>): Pieces {
  let origin = { epoch: '', started: '' };
  let [last, follows] = [0, 0];
  let hasEvents = false;
  const breath = new Breath();
  for await (const part of parts) {
    await breath.take();
    if (part.kind === 'unreadable') throw new UnreadableFile(part.problem);
    if (part.kind === 'begin') {
      origin = part.epoch;
      yield writeSegmentHead({ ...origin, pid: 0, first: 1, follows: 0, standing: [] });
    } else if (part.kind === 'segment' && part.first > last + 1) {
      const { first, reason: missing } = part;
      if (wasStored(missing, !hasEvents)) follows = first - 1;
      yield writeSegmentHead({
        ...origin,
        pid: 0,
        first,
        follows,
        missing,
        standing: [...(part.standing ?? [])],
      });
      last = first - 1;
    } else if (part.kind === 'block') {
      yield part.block.bytesFrom(0).slice();
      last = follows = part.block.last;
      hasEvents = true;
    }
  }
}
