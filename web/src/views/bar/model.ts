import type { LinkStatus } from '../../store/store.svelte.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';

export interface Lamp {
  readonly lit: boolean;
  readonly words: string;
}

/** The lamp in the bar: where the agent is, and whether it answers. */
export function lampOf(status: LinkStatus, host: string): Lamp {
  switch (status.is) {
    case 'live':
      return { lit: true, words: host };
    case 'connecting':
      return { lit: false, words: `${host}, connecting` };
    case 'lost':
      return { lit: false, words: `${host}, lost` };
    case 'refused':
      return { lit: false, words: `${host}, restarted` };
    case 'mismatch':
      return { lit: false, words: `${host}, another version` };
    case 'no-token':
      return { lit: false, words: 'no link' };
    default:
      return unreachable(status);
  }
}
