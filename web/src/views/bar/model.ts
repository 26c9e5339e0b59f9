import type { LinkStatus } from '../../store/store.svelte.ts';
import { plural } from '../words.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';

/** What stands beside the sockets: a lesson, or nothing. */
export type Mode = 'lessons' | 'sockets';

export interface Lamp {
  /** `kept`: nothing can happen to it any more. */
  readonly tone: 'lit' | 'waiting' | 'lost' | 'kept';
  readonly words: string;
}

const percent = new Intl.NumberFormat('en', { style: 'percent' });

/** Said aloud, too: not with every hundredth. */
const step = 0.05;
const coarse = (share: number) => Math.min(1, Math.floor(share / step) * step);

const readingWords = (done: number, total: number) =>
  total === 0 ? 'reading a recording' : `reading a recording, ${percent.format(coarse(done / total))}`;

const readWords = (tornBytes: number) =>
  tornBytes === 0 ? 'recording' : `recording, cut off at the end: ${plural(tornBytes, 'byte')} lost`;

/** The lamp in the bar: where the agent is, and whether it answers. */
export function lampOf(status: LinkStatus, host: string): Lamp {
  switch (status.is) {
    case 'live':
      return { tone: 'lit', words: host };
    case 'connecting':
      return { tone: 'waiting', words: `${host}, connecting` };
    case 'lost':
      return { tone: 'lost', words: `${host}, lost` };
    case 'refused':
      return { tone: 'lost', words: `${host}, restarted` };
    case 'mismatch':
      return { tone: 'lost', words: `${host}, another version` };
    case 'no-token':
      return { tone: 'lost', words: 'no link' };
    case 'reading':
      return { tone: 'waiting', words: readingWords(status.done, status.total) };
    case 'read':
      return { tone: 'kept', words: readWords(status.tornBytes) };
    case 'unreadable':
      return { tone: 'lost', words: 'cannot be read' };
    default:
      return unreachable(status);
  }
}
