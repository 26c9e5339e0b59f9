/** A stream as text for the clipboard: one direction as it is, both with an arrow before each block. */
import { copyOf } from '@socket-playground/shared/streams/forms.ts';
import type { StreamForm } from '@socket-playground/shared/streams/forms.ts';
import type { Block } from './blocks.ts';
import { viewLimits } from './limits.ts';
import type { Stream } from './stream.ts';

const arrows = { 'to-server': '→ ', 'to-client': '← ' } as const;

export function copyText(stream: Stream, blocks: readonly Block[], form: StreamForm): string {
  const both = new Set(blocks.map(({ direction }) => direction)).size > 1;
  const texts: string[] = [];
  let room: number = viewLimits.copiedBytes;
  for (const { direction, from, to } of blocks) {
    if (room <= 0) break;
    const bytes = stream.lane(direction).bytes.subarray(from, Math.min(to, from + room));
    const text = copyOf[form](bytes);
    texts.push(both ? `${arrows[direction]}${text}${text.endsWith('\n') ? '' : '\n'}` : text);
    room -= bytes.length;
  }
  return texts.join('');
}
