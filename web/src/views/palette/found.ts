import type { Entry } from './actions.ts';
import { fuzzyMatch } from './fuzzy.ts';
import type { Part } from './fuzzy.ts';

export interface FoundGroup {
  readonly name: Entry['group'];
  /** Place of its first entry among all that are shown. */
  readonly first: number;
  readonly entries: readonly { readonly entry: Entry; readonly parts: readonly Part[] }[];
}

const mostShown = 40;

/** The entries that fit the query, the best first, in groups; the group of the best entry comes first. */
export function found(entries: readonly Entry[], query: string): readonly FoundGroup[] {
  const matches = entries
    .flatMap((entry) => {
      const match = fuzzyMatch(query, entry.words) ?? fuzzyMatch(query, `${entry.words} ${entry.kind}`);
      return match === null
        ? []
        : [{ entry, parts: match.parts, score: query.trim() === '' ? 0 : match.score }];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, mostShown);
  const names = [...new Set(matches.map(({ entry }) => entry.group))];
  let first = 0;
  return names.map((name) => {
    const group = { name, first, entries: matches.filter(({ entry }) => entry.group === name) };
    first += group.entries.length;
    return group;
  });
}
