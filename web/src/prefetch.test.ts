import { expect, it } from 'vitest';

const sources = import.meta.glob<string>(['./**/*.{ts,svelte}', '!./**/*.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** What a source fetches when it is wanted, as paths from here. `typeof import()` and types fetch nothing. */
function lazyParts(path: string, source: string): string[] {
  const imports = source.matchAll(/(?<!typeof )\bimport\('([^']+)'\)/g);
  return [...imports].map(([, part = '']) =>
    part.startsWith('.') ? `.${new URL(part, new URL(path, 'file:///')).pathname}` : part,
  );
}

it('everything the page fetches later is fetched while it is idle', () => {
  const listed = new Set(lazyParts('./prefetch.ts', sources['./prefetch.ts'] ?? ''));
  const wanted = Object.entries(sources).flatMap(([path, source]) => lazyParts(path, source));
  expect(listed.size).toBeGreaterThan(0);
  expect([...new Set(wanted)].filter((part) => !listed.has(part))).toEqual(['./prefetch.ts']);
});

it('what is shown when a part comes says something when it does not', () => {
  const count = (source: string, word: RegExp) => source.match(word)?.length ?? 0;
  const silent = Object.entries(sources).filter(
    ([, source]) => count(source, /\{#await\b/g) !== count(source, /\{:catch\b/g),
  );
  expect(silent.map(([path]) => path)).toEqual([]);
});
