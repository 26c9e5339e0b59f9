/**
 * The page's JavaScript before its lazy parts: what must be here before anything is drawn.
 *
 * Method: the module scripts that `index.html` of the build names, and all they import statically, each gzipped at level 9.
 */
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { inRoot } from '../lib/root.mjs';
import { defineRow } from './row.mjs';

const page = (/** @type {string} */ path) => inRoot('agent', 'dist', 'page', path);

export const size = defineRow({
  name: 'size',
  run: async () => {
    const html = readFileSync(page('index.html'), 'utf8');
    const scripts = all(html, /<script[^>]+src="\.?\/?([^"]+\.js)"/g);
    const files = [...withImports(scripts)];
    const bytes = files.map((file) => gzipSync(readFileSync(page(file)), { level: 9 }).length);
    return [
      {
        what: 'page JS before the lazy parts, gzipped',
        unit: 'kB',
        target: { atMost: 110 },
        values: [bytes.reduce((sum, each) => sum + each, 0) / 1000],
        note: files.map((file) => posix.basename(file)).join(', '),
      },
    ];
  },
});

/**
 * @param {string[]} files
 * @returns {Set<string>} these and what they import, and so on
 */
function withImports(files) {
  /** @type {Set<string>} */
  const found = new Set();
  const left = [...files];
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const text = readFileSync(page(file), 'utf8');
    const targets = all(text, /(?:\bfrom|\bimport)\s*["'`](\.[^"'`]+\.js)["'`]/g);
    left.push(...targets.map((target) => posix.join(posix.dirname(file), target)));
  }
  return found;
}

/**
 * @param {string} text
 * @param {RegExp} pattern
 */
const all = (text, pattern) => [...text.matchAll(pattern)].map(([, found = '']) => found);
