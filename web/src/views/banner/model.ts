/** What stands across the page while the agent cannot be reached, and what to try. */
import { unreachable } from '@socket-playground/shared/unreachable.ts';
import type { LinkStatus } from '../../store/store.svelte.ts';
import { formatNumber } from '../words.ts';

export interface Banner {
  readonly title: string;
  readonly detail: string;
  readonly action: { readonly label: string; readonly does: 'retry' | 'reload' } | null;
}

export interface Scene {
  readonly status: LinkStatus;
  /** Whether this page has ever been connected. */
  readonly met: boolean;
  /** Number of the last row, 0 for none. */
  readonly lastSeq: number;
  /** Until the next try, seconds. */
  readonly retryInS: number;
}

/** Null while all is well, and before the first connection, which a lamp says well enough. */
export function bannerOf({ status, met, lastSeq, retryInS }: Scene): Banner | null {
  const kept = lastSeq === 0 ? '' : ` What you see stops at No. ${formatNumber(lastSeq)}.`;
  switch (status.is) {
    case 'live':
    case 'no-token':
    case 'reading':
      return null;
    case 'read':
      return tornBytes(status.tornBytes);
    case 'unreadable':
      return {
        title: status.problem.message,
        detail: status.problem.hint,
        action: null,
      };
    case 'connecting':
      return met ? lost(`Trying now.${kept}`) : null;
    case 'lost':
      return lost(`Trying again in ${Math.max(1, retryInS)} s.${kept}`);
    case 'refused':
      return {
        title: 'The agent was restarted.',
        detail: `This page belongs to the run before, and its sockets are closed. The terminal where the agent runs shows the new link; npm start opens it.${lastSeq === 0 ? '' : ' The rows below stay.'}`,
        action: null,
      };
    case 'mismatch':
      return {
        title: 'Page and agent are of different versions.',
        detail: 'Reload the page to get the one that fits. If that does not help, restart the agent.',
        action: { label: 'Reload', does: 'reload' },
      };
    default:
      return unreachable(status);
  }
}

const tornBytes = (count: number): Banner | null =>
  count === 0
    ? null
    : {
        title: 'The end of this session is missing.',
        detail: `It was cut off while being written: ${formatNumber(count)} bytes at its end are no whole event.`,
        action: null,
      };

const lost = (detail: string): Banner => ({
  title: 'The agent does not answer.',
  detail: `Its sockets may still be open. ${detail}`,
  action: { label: 'Try now', does: 'retry' },
});
