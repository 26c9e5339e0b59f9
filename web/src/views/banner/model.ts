/** What stands across the page while the agent cannot be reached, and what to try. */
import type { Problem } from '@socket-playground/shared/problem.ts';
import { visible } from '@socket-playground/shared/payload/visible.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';
import type { LinkStatus } from '../../store/store.svelte.ts';
import { formatNumber, nounFor, plural } from '../words.ts';

export interface Banner {
  /** A note tells of no trouble that is going on. */
  readonly tone: 'trouble' | 'note';
  readonly code: string | null;
  readonly title: string;
  readonly detail: string;
  readonly action: { readonly label: string; readonly does: 'retry' | 'reload' | 'close' } | null;
}

export interface Scene {
  readonly status: LinkStatus;
  /** Whether this page has ever been connected. */
  readonly met: boolean;
  /** Number of the last row, 0 for none. */
  readonly lastSeq: number;
  /** Until the next try, seconds. */
  readonly retryInS: number;
  readonly isRecording: boolean;
  /** Sockets that were open when the agent was heard last. */
  readonly open: number;
}

/** Null while all is well, and before the first connection, which a lamp says well enough. */
export function bannerOf({ status, met, lastSeq, retryInS, isRecording, open }: Scene): Banner | null {
  const meanwhile = isRecording ? restIsRead : open > 0 ? 'Its sockets may still be open. ' : '';
  const kept = lastSeq === 0 ? '' : ` What you see stops at No. ${formatNumber(lastSeq)}.`;
  switch (status.is) {
    case 'live':
    case 'no-token':
    case 'reading':
      return null;
    case 'read':
      return tornEnd(status);
    case 'unreadable':
      return unreadable(status.problem);
    case 'connecting':
      return met ? lost(`${meanwhile}Trying now.${kept}`) : null;
    case 'lost':
      return lost(`${meanwhile}Trying again in ${Math.max(1, retryInS)} s.${kept}`);
    case 'refused':
      return isRecording
        ? restartedWhileReading
        : trouble(
            'The agent was restarted.',
            `This page belongs to the run before${open > 0 ? ', and its sockets are closed' : ''}. The terminal where the agent runs shows the new link; npm start opens it.${lastSeq === 0 ? '' : ' The rows below stay.'}`,
          );
    case 'mismatch':
      return trouble(
        'Page and agent are of different versions.',
        'Reload the page to get the one that fits. If that does not help, restart the agent.',
        { label: 'Reload', does: 'reload' },
      );
    default:
      return unreachable(status);
  }
}

const trouble = (title: string, detail: string, action: Banner['action'] = null): Banner => ({
  tone: 'trouble',
  code: null,
  title,
  detail,
  action,
});

const restartedWhileReading = trouble(
  'The agent was restarted.',
  'What was read of this recording stays. Open it again in the page of the new run to read all of it.',
);

const unreadable = ({ code, message, hint }: Problem): Banner => ({
  tone: 'trouble',
  code,
  title: visible(message),
  detail: visible(hint),
  action: { label: 'Close', does: 'close' },
});

const note = (title: string, detail: string): Banner => ({
  tone: 'note',
  code: null,
  title,
  detail,
  action: null,
});

function tornEnd({ holds, tornBytes }: Extract<LinkStatus, { is: 'read' }>): Banner | null {
  if (tornBytes === 0) return null;
  const many = plural(tornBytes, 'byte');
  const are = nounFor(tornBytes, 'is', 'are');
  if (holds === 'events') {
    return note(
      'The end of this session cannot be read.',
      `The ${many} at its end ${are} no whole event: it was cut off there, or is damaged. Every event before is here.`,
    );
  }
  return note(
    'The end of this capture cannot be read.',
    `Its last ${many} ${are} no whole packets: it was cut off there, or is damaged. Every packet before is here.`,
  );
}

const restIsRead = 'The rest of this recording is read when it does. ';

const lost = (detail: string): Banner =>
  trouble('The agent does not answer.', detail, { label: 'Try now', does: 'retry' });
