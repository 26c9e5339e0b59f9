import type { Piece, Writer } from '@socket-playground/shared/recording/export/writer.ts';
import type { Stretch } from '@socket-playground/shared/recording/stretch.ts';
import { Breath } from '../breath.ts';

/** A file on its way out. */
export type Pieces = AsyncGenerator<Piece, void>;

/** What `writer` makes of these stretches, with turns for the page in between. */
export async function* writtenPieces(writer: Writer, stretches: AsyncIterable<Stretch>): Pieces {
  const breath = new Breath();
  if (writer.start.length > 0) yield writer.start;
  for await (const stretch of stretches) {
    for (const piece of writer.write(stretch)) {
      await breath.take();
      yield piece;
    }
  }
  yield* writer.end();
}
