/** Who spoke after whom: a turn is what one side said until somebody else did. */

/** What a turn is made of: one write or read of a socket. `time`: ns. */
interface Spoken<Direction extends string> {
  readonly socket: number;
  readonly direction: Direction;
  readonly time: number;
}

export interface Turn<Direction extends string> {
  readonly direction: Direction;
  /** Index of the first and behind the last of what was given. */
  readonly first: number;
  readonly end: number;
  /** From the other side's last word to this turn, ns; null where it answers nothing. */
  readonly afterNs: number | null;
}

const nowhere: ReadonlySet<number> = new Set();

/** The turns, in order. `spoken` is in the order of time; `breaks`: indexes of those before which something else happened. */
export function turnsOf<Direction extends string>(
  spoken: readonly Spoken<Direction>[],
  breaks = nowhere,
): Turn<Direction>[] {
  const turns: Turn<Direction>[] = [];
  const lasts = new Map<number, Spoken<Direction>>();
  for (const [index, one] of spoken.entries()) {
    const [last, before] = [turns.at(-1), spoken[index - 1]];
    const goesOn = before?.socket === one.socket && before.direction === one.direction && !breaks.has(index);
    if (last !== undefined && goesOn) turns[turns.length - 1] = { ...last, end: index + 1 };
    else turns.push({ direction: one.direction, first: index, end: index + 1, afterNs: after(lasts, one) });
    lasts.set(one.socket, one);
  }
  return turns;
}

function after<Direction extends string>(
  lasts: ReadonlyMap<number, Spoken<Direction>>,
  { socket, direction, time }: Spoken<Direction>,
): number | null {
  const last = lasts.get(socket);
  return last === undefined || last.direction === direction ? null : time - last.time;
}
