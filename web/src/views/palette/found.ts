import type { Entry } from './actions.ts';
import { alsoCalled } from './called.ts';
import { fuzzyMatch } from './fuzzy.ts';
import type { Part } from './fuzzy.ts';

export interface FoundGroup {
  readonly name: Entry['group'];
  /** Place of its first entry among all that are shown. */
  readonly first: number;
  readonly entries: readonly { readonly entry: Entry; readonly parts: readonly Part[] }[];
}

interface Found {
  readonly entry: Entry;
  readonly parts: readonly Part[];
  readonly score: number;
}

const mostShown = 40;
/** Matches much worse than the best one are noise. */
const leastOfBest = 0.4;

/** The entries that fit the query, the best first, in groups; the group of the best entry comes first. */
export function found(entries: readonly Entry[], query: string): readonly FoundGroup[] {
  const matches = query.trim() === '' ? everything(entries) : matching(entries, query);
  const shown = matches.slice(0, mostShown);
  const names = [...new Set(shown.map(({ entry }) => entry.group))];
  let first = 0;
  return names.map((name) => {
    const group = { name, first, entries: shown.filter(({ entry }) => entry.group === name) };
    first += group.entries.length;
    return group;
  });
}

/** Without a query what is open comes first. */
function everything(entries: readonly Entry[]): Found[] {
  const all = entries.map((entry) => ({ entry, parts: [{ text: entry.words, hit: false }], score: 0 }));
  const isPlace = ({ entry }: Found) => entry.group === 'Go to';
  return [...all.filter(isPlace), ...all.filter((each) => !isPlace(each))];
}

function matching(entries: readonly Entry[], query: string): Found[] {
  const matches = entries.flatMap((entry) => foundIn(entry, query)).sort((a, b) => b.score - a.score);
  const best = matches[0]?.score ?? 0;
  return matches.filter(({ score }) => score >= best * leastOfBest);
}

/** The kind and other names count as words of the entry, but are not marked. */
function foundIn(entry: Entry, query: string): Found[] {
  const match = fuzzyMatch(query, entry.words);
  if (match !== null) return [{ entry, ...match }];
  const withNames = fuzzyMatch(query, `${entry.words} ${entry.kind} ${alsoCalled(entry.doing)}`);
  return withNames === null
    ? []
    : [{ entry, parts: [{ text: entry.words, hit: false }], score: withNames.score / 2 }];
}
