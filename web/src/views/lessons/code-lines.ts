/** A program in a narrow place: a line that does not fit goes on below, and must not look like a line of its own. */
export interface CodeLine {
  readonly text: string;
  /** Blanks that it begins with. */
  readonly indent: number;
}

/** The lines of a program; the line end that closes the last one begins no further line. */
export function linesOf(code: string): readonly CodeLine[] {
  return code
    .replace(/\n$/, '')
    .split('\n')
    .map((text) => ({ text, indent: text.length - text.trimStart().length }));
}
