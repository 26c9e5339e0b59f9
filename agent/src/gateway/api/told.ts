/** A session as a file that tells how far it is: what a page shows, and what lets it cancel with one request. */
import { concat } from '@socket-playground/shared/payload/concat.ts';
import type { Piece, Writer } from '@socket-playground/shared/recording/export/writer.ts';
import { endOf } from '@socket-playground/shared/recording/stretch.ts';
import { dataHead, writeTold } from '@socket-playground/shared/recording/told.ts';

/** The same file in frames, with word after each stretch of how many of `latest` events are written. */
export const toldWriter = (writer: Writer, latest: number): Writer => ({
  start: framed(writer.start),
  *write(stretch) {
    for (const piece of writer.write(stretch)) yield framed(piece);
    yield writeTold({ is: 'wrote', share: endOf(stretch) / latest });
  },
  *end() {
    for (const piece of writer.end()) yield framed(piece);
  },
});

const framed = (piece: Piece): Piece => concat([dataHead(piece.length), piece]);

/** Not with every thousandth. */
const stepShare = 0.01;

/** Word of how much was looked through, for each hundredth. */
export function toldSteps(write: (bytes: Uint8Array) => void): (share: number) => void {
  let last = 0;
  return (share) => {
    if (share - last < stepShare) return;
    last = share;
    write(writeTold({ is: 'looked', share }));
  };
}
