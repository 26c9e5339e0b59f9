/** What a schema has to say against something, so that an author can do something about it. */
import type * as z from 'zod/mini';

type Issue = z.core.$ZodIssue;

export interface Told {
  readonly path: readonly PropertyKey[];
  readonly words: string;
}

/** A union says nothing by itself: what counts is the branch that came furthest. */
export function toldBy(issues: readonly Issue[]): Told[] {
  return issues.flatMap((issue): Told[] => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path: [...issue.path, key], words: `there is no ${key} here` }));
    if (issue.code !== 'invalid_union') return [{ path: issue.path, words: sentence(issue.message) }];
    const best = furthest(issue.errors.map(toldBy));
    if (best === null || issue.message !== 'Invalid input')
      return [{ path: issue.path, words: unionWords(issue) }];
    return best.map(({ path, words }) => ({ path: [...issue.path, ...path], words }));
  });
}

/** Null when no branch got anywhere. */
function furthest(branches: readonly Told[][]): Told[] | null {
  const depth = (branch: readonly Told[]) => Math.max(...branch.map(({ path }) => path.length));
  const [best] = branches.filter((branch) => branch.length > 0).toSorted((a, b) => depth(b) - depth(a));
  return best === undefined || depth(best) === 0 ? null : best;
}

const unionWords = ({ message, errors }: Extract<Issue, { code: 'invalid_union' }>) => {
  if (message !== 'Invalid input') return sentence(message);
  const all = [...new Set(errors.flatMap(toldBy).map(({ words }) => words))];
  return all.length === 0 ? 'there is no such thing' : all.join(', or ');
};

/** The schemas' own words fit behind "should be". */
const sentence = (message: string) =>
  /^(Invalid|should|there is|Too|Expected)/.test(message) ? message : `should be ${message}`;
