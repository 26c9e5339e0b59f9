/** Code in a line is in one piece with what belongs to it: a full stop behind it, or the bracket before it. */
import type { Inline } from '@socket-playground/shared/lessons/prose.ts';

const closing = /^[.,;:!?)\]”’]+/;
const opening = /[([“‘]+$/;

const found = (pattern: RegExp, beside: Inline | undefined): string =>
  beside?.is === 'text' ? (pattern.exec(beside.text)?.[0] ?? '') : '';

/** What stands before code and belongs to it. */
export const openingBefore = (before: Inline | undefined): string => found(opening, before);

/** What stands behind code and belongs to it. */
export const closingAfter = (after: Inline | undefined): string => found(closing, after);

/** Text without what belongs to the code beside it. */
export function between(before: Inline | undefined, text: string, after: Inline | undefined): string {
  const whole = before?.is === 'code' ? text.replace(closing, '') : text;
  return after?.is === 'code' ? whole.replace(opening, '') : whole;
}
