/** Code in a line is in one piece: what belongs to it, a full stop or a bracket, stays beside it. */
import type { Inline } from '@socket-playground/shared/lessons/prose.ts';

/** Forbids a line break (Unicode's word joiner), and is nothing to see. */
const joiner = '\u2060';

/** What stands between code and the text that follows it. */
export const glueBefore = (next: Inline | undefined): string =>
  next?.is === 'text' && /^[.,;:!?)\]”’]/.test(next.text) ? joiner : '';

/** What stands between code and the text before it. */
export const glueAfter = (before: Inline | undefined): string =>
  before?.is === 'text' && /[([“‘]$/.test(before.text) ? joiner : '';
