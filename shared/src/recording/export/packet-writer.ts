import { concat } from '../../payload/concat.ts';
import { PcapngWriter } from '../pcapng/writer.ts';
import { unreadableGap } from '../stretch.ts';
import type { Piece, Writer, WriterOptions } from './writer.ts';

/** A session as packets. */
export function packetWriter({ origin, pieceBytes }: WriterOptions): Writer {
  const pcapng = new PcapngWriter(origin);
  return {
    start: pcapng.start,
    *write(stretch) {
      if (stretch.kind === 'gap') {
        yield* pcapng.gap(stretch.gap, stretch.standing);
        return;
      }
      let waiting: Piece[] = [];
      let bytes = 0;
      for (let seq = stretch.from; seq <= stretch.to; seq += 1) {
        const found = stretch.block.event(seq);
        for (const piece of found ? pcapng.write(found) : pcapng.gap(unreadableGap(seq, seq), null)) {
          waiting.push(piece);
          bytes += piece.length;
        }
        if (bytes < pieceBytes) continue;
        yield concat(waiting);
        [waiting, bytes] = [[], 0];
      }
      if (bytes > 0) yield concat(waiting);
    },
    end: () => pcapng.end(),
  };
}
