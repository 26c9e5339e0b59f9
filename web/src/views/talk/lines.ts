/** A payload as the lines it has: each ends after its `\n`, which stays visible. */
import type { Run } from '@socket-playground/shared/payload/escapes.ts';

export type Line = readonly Run[];

/** What is shown of a long payload until the rest is asked for. */
export const linesShown = 6;

const isLineEnd = ({ escaped, text }: Run): boolean => escaped && text === String.raw`\n`;

/** At least one line; no empty line follows the last `\n`. */
export function linesOf(runs: readonly Run[]): readonly Line[] {
  const lines: Run[][] = [[]];
  for (const [index, run] of runs.entries()) {
    lines.at(-1)?.push(run);
    if (isLineEnd(run) && index < runs.length - 1) lines.push([]);
  }
  return lines;
}

/** A fold that would hide a single line hides none. */
export function shownLines(lines: readonly Line[], unfolded: boolean): readonly Line[] {
  return unfolded || lines.length <= linesShown + 1 ? lines : lines.slice(0, linesShown);
}
