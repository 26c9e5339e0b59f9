/** What is said where a part of the page does not come: its agent is gone, or another version of it answers. */
import type { Problem } from '@socket-playground/shared/problem.ts';

export const notLoaded: Problem = {
  code: 'not-loaded',
  message: 'This part of the page could not be loaded.',
  hint: 'Reload the page to try again.',
};
