/** Text of a lesson as it is read: whatever is known is filled in. */
import { expand } from '@socket-playground/shared/lessons/names.ts';
import type { Names } from '@socket-playground/shared/lessons/names.ts';

const unfilled = /\$\{[\w.]+\}/g;

/** With an ellipsis for what this machine does not have. As it is while nothing is known yet. */
export const filled = (text: string, names: Names | null): string =>
  names === null ? text : expand(text, names).replaceAll(unfilled, '…');
