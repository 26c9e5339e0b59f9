import { posix } from 'node:path';
import ts from 'typescript';

const shared = '@socket-playground/shared/';

/**
 * @param {string} path of a file in the workspace, with forward slashes
 * @param {string} text
 * @returns {string[]} what it imports, types included: paths in the workspace, packages, `node:` modules
 */
export function importsOf(path, text) {
  const source = path.endsWith('.svelte') ? scriptsOf(text) : text;
  const { importedFiles } = ts.preProcessFile(source, true, true);
  return importedFiles.map(({ fileName }) => target(path, fileName));
}

/**
 * @param {string} component
 * @returns {string}
 */
function scriptsOf(component) {
  return [...component.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n');
}

/**
 * @param {string} from
 * @param {string} specifier
 * @returns {string}
 */
function target(from, specifier) {
  const plain = specifier.replace(/\?.*$/, '');
  if (plain.startsWith('.')) return posix.join(posix.dirname(from), plain);
  if (plain.startsWith(shared)) return `shared/src/${plain.slice(shared.length)}`;
  return plain;
}
