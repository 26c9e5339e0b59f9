import { sharedCapture } from '@socket-playground/shared/recording/pcapng/shared-capture.ts';
import type { Redactor } from '@socket-playground/shared/recording/redact/redactor.ts';
import { Breath } from '../breath.ts';
import { readerOf } from '../session-file.ts';
import type { Pieces } from './pieces.ts';

/** Somebody else's packets, as packets. */
export async function* capturePieces(file: File, redactor: Redactor | null, done: { bytes: number }): Pieces {
  const breath = new Breath();
  const read = (bytes: number) => (done.bytes = bytes);
  for await (const piece of sharedCapture(readerOf(file), file.size, redactor, read)) {
    await breath.take();
    yield piece;
  }
}
