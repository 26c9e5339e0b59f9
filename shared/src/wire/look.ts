/** Looking through whole payloads, in turns: whoever looks decides after each `yield` when to go on. */
import { filterLimits } from '../limits.ts';
import { patternOf } from '../filter/pattern/pattern.ts';
import type { Problem } from '../problem.ts';
import { problem } from '../problems.ts';
import type { Block } from './block.ts';

/** What is looked for in payloads. */
export type Sought =
  /** `anyCase`: letters of ASCII are the same whichever case they have. */
  | { readonly is: 'bytes'; readonly bytes: Uint8Array; readonly anyCase: boolean }
  /** As it is typed: `/GET|POST/i`. */
  | { readonly is: 'pattern'; readonly words: string };

export interface Stretch {
  readonly block: Block;
  /** Events from `from` to `to` (inclusive). */
  readonly from: number;
  readonly to: number;
  /** Only transfers of more bytes than this. */
  readonly longerThan: number;
}

/** The numbers of the transfers that hold it. Between two turns passes some milliseconds at most. */
type Look = (stretch: Stretch) => Generator<undefined, number[]>;

export type Prepared =
  { readonly ok: true; readonly look: Look } | { readonly ok: false; readonly problem: Problem };

export function lookFor(sought: Sought): Prepared {
  if (sought.is === 'bytes') return { ok: true, look: lookForBytes(sought) };
  const parsed = patternOf(sought.words);
  if (!parsed.ok) return { ok: false, problem: problem('bad-pattern', { wrong: parsed.wrong }) };
  return { ok: true, look: lookForPattern(parsed.pattern.walk()) };
}

/** A block is looked through in one go: a million bytes are compared in about a millisecond. */
const lookForBytes = ({ bytes, anyCase }: Extract<Sought, { is: 'bytes' }>): Look =>
  function* ({ block, from, to, longerThan }) {
    yield;
    return block.find(bytes, from, to, { anyCase, longerThan });
  };

type Walk = ReturnType<Extract<ReturnType<typeof patternOf>, { ok: true }>['pattern']['walk']>;

const lookForPattern = (walk: Walk): Look =>
  function* ({ block, from, to, longerThan }) {
    const found: number[] = [];
    for (let seq = Math.max(from, block.first); seq <= Math.min(to, block.last); seq += 1) {
      const data = block.dataOf(seq);
      if (data === null || data.length <= longerThan) continue;
      if (yield* matches(walk, data)) found.push(seq);
    }
    return found;
  };

function* matches(walk: Walk, data: Uint8Array): Generator<undefined, boolean> {
  walk.restart();
  for (let at = 0; at < data.length;) {
    const to = Math.min(data.length, at + filterLimits.patternTurnBytes);
    at = walk.add(data, at, to);
    if (at < 0) return true;
    yield;
  }
  return walk.end();
}
