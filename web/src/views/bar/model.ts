import type { LinkStatus } from '../../store/store.svelte.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';

export interface Lamp {
  readonly tone: 'lit' | 'waiting' | 'lost';
  readonly words: string;
}

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
      return { tone: 'waiting', words: `reading, ${percent(status)}` };
    case 'read':
      return { tone: 'waiting', words: 'recording' };
    case 'unreadable':
      return { tone: 'lost', words: 'cannot be read' };
    default:
      return unreachable(status);
  }
}

const percent = ({ done, total }: { readonly done: number; readonly total: number }) =>
  `${total === 0 ? 0 : Math.floor((100 * done) / total)} %`;
