/** Finds every place where some bytes stand in a stream that comes piece by piece (Knuth, Morris, Pratt). */
export class LiteralMatcher {
  readonly #pattern: Uint8Array;
  /** For each length that is matched: the longest shorter one that is, too. */
  readonly #shorter: Uint32Array;
  #matched = 0;

  constructor(pattern: Uint8Array) {
    this.#pattern = pattern;
    this.#shorter = shorterMatches(pattern);
  }

  /** Takes the next byte; true when it is the last of the pattern. Places may overlap. */
  add(byte: number): boolean {
    if (this.#matched === this.#pattern.length) this.#matched = this.#shorter[this.#matched] ?? 0;
    while (this.#matched > 0 && this.#pattern[this.#matched] !== byte) {
      this.#matched = this.#shorter[this.#matched] ?? 0;
    }
    if (this.#pattern[this.#matched] === byte) this.#matched += 1;
    return this.#matched === this.#pattern.length;
  }
}

function shorterMatches(pattern: Uint8Array): Uint32Array {
  const shorter = new Uint32Array(pattern.length + 1);
  let length = 0;
  for (let at = 1; at < pattern.length; at += 1) {
    while (length > 0 && pattern[length] !== pattern[at]) length = shorter[length] ?? 0;
    if (pattern[length] === pattern[at]) length += 1;
    shorter[at + 1] = length;
  }
  return shorter;
}
