/** The items in another order, the same for the same seed. Two or more that differ never come as they were. */
export function shuffled<Item>(items: readonly Item[], seed: string): readonly Item[] {
  const random = randomOf(seed);
  const keyed = items.map((item) => ({ item, key: random() }));
  const mixed = keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
  const isSame = mixed.every((item, index) => item === items[index]);
  return isSame ? [...mixed.slice(1), ...mixed.slice(0, 1)] : mixed;
}

/** Numbers from 0 to below 1 that follow from a text (mulberry32 over an FNV-1a hash). */
function randomOf(seed: string): () => number {
  let state = 0x811c9dc5;
  for (const letter of seed) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
