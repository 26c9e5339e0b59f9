// Checks who imports whom, and that every source is imported; the rules stand in boundaries/rules.mjs.

import { readdirSync, readFileSync } from 'node:fs';
import { unimported, violations } from './boundaries/check.mjs';
import { inRoot } from './lib/root.mjs';

const folders = ['shared/src', 'agent/src', 'agent/test', 'web/src', 'e2e'];

/**
 * @param {string} folder
 * @returns {string[]}
 */
function sources(folder) {
  return readdirSync(inRoot(folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sources(path);
    return /\.(ts|svelte)$/.test(entry.name) ? [path] : [];
  });
}

const files = new Map(folders.flatMap(sources).map((path) => [path, readFileSync(inRoot(path), 'utf8')]));
const found = [...violations(files), ...unimported(files)];
const summary = `${String(files.size)} files, ${String(found.length)} forbidden imports, cycles or files without use.`;
console.log([...found, summary].join('\n'));
if (found.length > 0) process.exit(1);
