import type { Stretch } from '@socket-playground/shared/recording/stretch.ts';
import { UnreadableFile } from '../file-problems.ts';
import type { RecordedPart } from '../session-file.ts';

/** What a file's parts have, and what is missing in between. Throws where the file cannot be read. */
export async function* stretchesOf(parts: AsyncIterable<RecordedPart>): AsyncGenerator<Stretch> {
  let last = 0;
  for await (const part of parts) {
    if (part.kind === 'unreadable') throw new UnreadableFile(part.problem);
    if (part.kind === 'segment' && part.first > last + 1) {
      const { first, reason, standing } = part;
      yield { kind: 'gap', gap: { type: 'gap', from: last + 1, to: first - 1, reason }, standing };
      last = first - 1;
    } else if (part.kind === 'block') {
      const { block } = part;
      yield { kind: 'events', block, from: block.first, to: block.last };
      last = block.last;
    }
  }
}
