import { mulberry32 } from '@socket-playground/shared/random.ts';

/** The items in another order, the same for the same seed. Two or more that differ never come as they were. */
export function shuffled<Item>(items: readonly Item[], seed: string): readonly Item[] {
  const random = randomOf(seed);
  const keyed = items.map((item) => ({ item, key: random() }));
  const mixed = keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
  const isSame = mixed.every((item, index) => item === items[index]);
  return isSame ? [...mixed.slice(1), ...mixed.slice(0, 1)] : mixed;
}

/** Numbers that follow from a text (by its FNV-1a hash). */
function randomOf(seed: string): () => number {
  let hash = 0x811c9dc5;
  for (const letter of seed) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return mulberry32(hash);
}
