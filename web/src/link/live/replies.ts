import type { Problem } from '@socket-playground/shared/problem.ts';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';

const notSent: Outcome = {
  ok: false,
  problem: {
    code: 'link-lost',
    message: 'The agent does not answer, so nothing was sent to it.',
    hint: 'Wait until the page is connected again, then try once more.',
  },
};
/** The agent does not know this page's token. */
export const otherRun: Problem = {
  code: 'link-lost',
  message: 'The agent was restarted; this page belongs to the run before.',
  hint: 'Open the new link: the terminal where the agent runs shows it.',
};
/** What a command comes to when the link breaks: whether the agent did it is not known. */
export const brokenReply: Outcome = {
  ok: false,
  problem: {
    code: 'link-lost',
    message: 'The connection to the agent broke before it answered.',
    hint: 'It may have been done all the same: the log will tell once the page is connected again.',
  },
};

/** What a command comes to that never left the page. */
export const unsentReply = (restarted: boolean): Outcome =>
  restarted ? { ok: false, problem: otherRun } : notSent;
