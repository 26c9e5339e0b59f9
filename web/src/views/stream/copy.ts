/** A stream as text for the clipboard: one direction as it is, both with an arrow before each block. */
import { copyOf } from '@socket-playground/shared/streams/forms.ts';
import type { StreamForm } from '@socket-playground/shared/streams/forms.ts';
import type { StreamBlock } from './blocks.ts';
import { viewLimits } from './limits.ts';

const arrows = { 'to-server': '→ ', 'to-client': '← ' } as const;

export function copyText(blocks: readonly StreamBlock[], form: StreamForm): string {
  const pieces = blocks.filter((block) => block.is === 'piece');
  const both = new Set(pieces.map(({ lane }) => lane.direction)).size > 1;
  const texts: string[] = [];
  let room: number = viewLimits.copiedBytes;
  for (const { lane, from, to } of pieces) {
    if (room <= 0) break;
    const bytes = lane.bytes.subarray(from, Math.min(to, from + room));
    const text = copyOf[form](bytes);
    texts.push(both ? `${arrows[lane.direction]}${text}${text.endsWith('\n') ? '' : '\n'}` : text);
    room -= bytes.length;
  }
  return texts.join('');
}
