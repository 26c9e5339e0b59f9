import { encodeUtf8 } from '../../payload/utf8.ts';
import { unreadableGap } from '../stretch.ts';
import type { LineFormat } from './line-formats.ts';
import type { Writer, WriterOptions } from './writer.ts';

/** A session as text: one line an event and one a gap. */
export const lineWriter = (
  format: LineFormat,
  { pieceBytes }: Pick<WriterOptions, 'pieceBytes'>,
): Writer => ({
  start: encodeUtf8(format.head),
  *write(stretch) {
    if (stretch.kind === 'gap') {
      yield encodeUtf8(format.gap(stretch.gap, stretch.standing));
      return;
    }
    let text = '';
    for (let seq = stretch.from; seq <= stretch.to; seq += 1) {
      const found = stretch.block.event(seq);
      text += found ? format.event(found) : format.gap(unreadableGap(seq, seq), null);
      if (text.length < pieceBytes) continue;
      yield encodeUtf8(text);
      text = '';
    }
    if (text !== '') yield encodeUtf8(text);
  },
  end: () => [],
});
