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
    default:
      return unreachable(status);
  }
}
