/** A stretch of an entry's words; `hit`: it is what was looked for. */
export interface Part {
  readonly text: string;
  readonly hit: boolean;
}

export interface Match {
  /** Higher is better. */
  readonly score: number;
  readonly parts: readonly Part[];
}

const wordStart = /[\s#:.,]/;

/**
 * Matches every word of the query somewhere in the text, in any order; within a word letters may be skipped, but
 * each run of letters found together, and each at the start of a word, counts for more. Null: some word is not there.
 */
export function fuzzyMatch(query: string, text: string): Match | null {
  const hits = new Set<number>();
  const low = text.toLowerCase();
  let score = 0;
  for (const word of query.toLowerCase().split(/\s+/).filter(Boolean)) {
    const found = wordMatch(word, low);
    if (found === null) return null;
    score += found.score;
    for (const at of found.at) hits.add(at);
  }
  return { score, parts: partsOf(text, hits) };
}

function wordMatch(word: string, text: string): { score: number; at: number[] } | null {
  const whole = bestIndex(word, text);
  if (whole >= 0) {
    const at = Array.from({ length: word.length }, (_, index) => whole + index);
    return { score: word.length * weightAt(text, whole), at };
  }
  return scattered(word, text);
}

/** The first word of a text names it. */
const weightAt = (text: string, at: number) => (at === 0 ? 5 : startsWord(text, at) ? 4 : 2);

/** Where the word stands as it is: at the start of a word if it does anywhere. */
function bestIndex(word: string, text: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (startsWord(text, at)) return at;
  }
  return text.indexOf(word);
}

const startsWord = (text: string, at: number) => at === 0 || wordStart.test(text.charAt(at - 1));

function scattered(word: string, text: string): { score: number; at: number[] } | null {
  const at: number[] = [];
  let from = 0;
  for (const letter of word) {
    const found = text.indexOf(letter, from);
    if (found < 0) return null;
    at.push(found);
    from = found + 1;
  }
  const together = at.filter((place, index) => index > 0 && place === (at[index - 1] ?? -2) + 1).length;
  // Letters far apart in a long sentence are a coincidence.
  if (word.length > 1 && together === 0 && !at.every((place) => startsWord(text, place))) return null;
  return { score: together, at };
}

function partsOf(text: string, hits: ReadonlySet<number>): Part[] {
  const parts: { text: string; hit: boolean }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const hit = hits.has(at);
    const last = parts.at(-1);
    if (last?.hit === hit) last.text += text.charAt(at);
    else parts.push({ text: text.charAt(at), hit });
  }
  return parts;
}
