import { importsOf } from './imports.mjs';
import { rules, testFile } from './rules.mjs';

/** @typedef {Map<string, string[]>} Graph a file and what it imports */

/**
 * @param {Map<string, string>} files path in the workspace → text
 * @returns {string[]} a sentence for every forbidden import and every cycle
 */
export function violations(files) {
  const graph = new Map([...files].map(([path, text]) => [path, importsOf(path, text)]));
  return [...forbidden(graph), ...cycles(graph)];
}

/** Where a program begins, and what only the compiler reads. */
const beginning = /^agent\/src\/cli\.ts$|^web\/src\/main\.ts$|\.d\.ts$/;

/**
 * Knip does not see these: it takes every file of `shared` for an entry, and a test of the page reads all of its sources.
 *
 * @param {Map<string, string>} files path in the workspace → text
 * @returns {string[]} a sentence for every source that no file imports
 */
export function unimported(files) {
  const wanted = new Set([...files].flatMap(([path, text]) => importsOf(path, text)));
  return [...files.keys()]
    .filter((path) => path.includes('/src/') && !testFile.test(path) && !beginning.test(path))
    .filter((path) => !wanted.has(path))
    .map((path) => `${path}: nothing imports it`);
}

/**
 * @param {Graph} graph
 * @returns {string[]}
 */
function forbidden(graph) {
  return [...graph]
    .filter(([path]) => !testFile.test(path))
    .flatMap(([path, targets]) => targets.flatMap((target) => judge(path, target)));
}

/**
 * @param {string} path
 * @param {string} target
 * @returns {string[]}
 */
function judge(path, target) {
  return rules
    .filter(({ from }) => from.test(path))
    .filter(({ only, never }) => only?.test(target) === false || never?.test(target) === true)
    .map(({ why }) => `${path} imports ${target}: ${why}`);
}

/**
 * @param {Graph} graph
 * @returns {string[]} each cycle once, from the first of its files in the graph's order
 */
function cycles(graph) {
  /** @type {Set<string>} */
  const done = new Set();
  /** @type {string[]} */
  const found = [];
  /** @type {(path: string, trail: string[]) => void} */
  const visit = (path, trail) => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push(`cycle: ${[...trail.slice(start), path].join(' → ')}`);
    if (start >= 0 || done.has(path)) return;
    for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}
