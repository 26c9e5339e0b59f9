/** Who spoke after whom: a turn is what one side said until the other did. */

/** What a turn is made of: one write or read. `time`: ns. */
interface Spoken<Direction extends string> {
  readonly direction: Direction;
  readonly time: number;
}

export interface Turn<Direction extends string> {
  readonly direction: Direction;
  /** Index of the first and behind the last of what was given. */
  readonly first: number;
  readonly end: number;
  /** From the end of the turn before to the beginning of this one, ns; null for the first, which answers nothing. */
  readonly afterNs: number | null;
}

/** The turns, in order. `spoken` is in the order of time. */
export function turnsOf<Direction extends string>(spoken: readonly Spoken<Direction>[]): Turn<Direction>[] {
  const turns: Turn<Direction>[] = [];
  for (const [index, { direction, time }] of spoken.entries()) {
    const last = turns.at(-1);
    if (last?.direction === direction) turns[turns.length - 1] = { ...last, end: index + 1 };
    else {
      const before = spoken[index - 1];
      const afterNs = before === undefined ? null : time - before.time;
      turns.push({ direction, first: index, end: index + 1, afterNs });
    }
  }
  return turns;
}
