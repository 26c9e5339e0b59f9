import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { usage } from '../agent/src/cli/usage.ts';
import { capabilities } from '../shared/src/capability.ts';
import { actionShapes } from '../shared/src/lessons/actions.ts';
import { checkShapes } from '../shared/src/lessons/checks.ts';
import { frontMatter } from '../shared/src/lessons/lesson.ts';
import { inRoot } from './lib/root.mjs';

const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/lessons.md'];
const read = (/** @type {string} */ page) => readFileSync(inRoot(page), 'utf8');
const matches = (/** @type {string} */ text, /** @type {RegExp} */ pattern) =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);
/** What stands in a page as a path of the workspace. @param {string} page */
const pathsIn = (page) => matches(read(page), /`((?:shared|agent|web|e2e|scripts|docs)(?:\/[\w./-]+)?)`/g);

describe('the documents', () => {
  it.each(pages)('%s links to files that exist', (page) => {
    const links = matches(read(page), /\]\(([^)#:]+)(?:#[^)]*)?\)/g);
    expect(links.filter((link) => !existsSync(inRoot(join(dirname(page), link))))).toEqual([]);
  });

  it.each(pages)('%s names paths that exist', (page) => {
    const paths = pathsIn(page);
    expect(paths.filter((path) => !existsSync(inRoot(path)))).toEqual([]);
  });

  it('ARCHITECTURE.md names every folder of the sources', () => {
    const named = pathsIn('ARCHITECTURE.md');
    const folders = ['shared/src', 'agent/src', 'web/src'].flatMap((parent) =>
      readdirSync(inRoot(parent), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => `${parent}/${name}`),
    );
    expect(folders.filter((folder) => !named.includes(folder))).toEqual([]);
  });

  it('docs/reliability.md quotes tests that exist', () => {
    const rows = [...read('docs/reliability.md').matchAll(/^\|[^|]+\| `([^`]+)` *\| ([^|]+?) *\|$/gm)];
    expect(rows.length).toBeGreaterThan(20);
    const missing = rows.filter(
      ([, file = '', title = '']) => !existsSync(inRoot(file)) || !read(file).includes(title),
    );
    expect(missing.map(([row]) => row)).toEqual([]);
  });

  it('docs/lessons.md speaks of every key, check, action and capability', () => {
    const page = read('docs/lessons.md');
    const verbs = [...Object.keys(checkShapes), ...Object.keys(actionShapes)].map((verb) => `{ ${verb}: `);
    const words = [...Object.keys(frontMatter.shape), ...capabilities].map((word) => `\`${word}\``);
    expect([...verbs, ...words].filter((each) => !page.includes(each))).toEqual([]);
  });

  it('README.md lists the flags that the agent prints', () => {
    const table = read('README.md').split('## Flags')[1]?.split('\n## ')[0] ?? '';
    const flags = (/** @type {string} */ text) => [...new Set(matches(text, /(--[a-z][a-z-]*)/g))].sort();
    expect(flags(table)).toEqual(flags(usage));
  });
});

describe('the workspace', () => {
  it('installs by a frozen lockfile and runs no script of a dependency', () => {
    expect(read('pnpm-workspace.yaml')).toMatch(/^onlyBuiltDependencies: \[\]$/m);
    expect(read('scripts/lib/ensure.mjs')).toContain("'--frozen-lockfile'");
    expect(existsSync(inRoot('pnpm-lock.yaml'))).toBe(true);
    const scripts = matches(read('agent/package.json'), /"((?:pre|post)?(?:install|prepare))":/g);
    expect(scripts).toEqual([]);
  });
});
