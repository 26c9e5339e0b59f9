import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { inRoot } from './root.mjs';

/**
 * What a step reads and what it leaves behind. The step is due again when the bytes of an input differ
 * from those at its last success, or when an output is gone. Contents, not times: a checkout touches
 * every file and changes few.
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {string[]} inputs files and folders
 * @property {string[]} outputs
 */

const manifests = [
  'package.json',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  ...['shared', 'agent', 'web', 'e2e'].map((folder) => `${folder}/package.json`),
];

/** @type {Step} */
export const installStep = { name: 'install', inputs: manifests, outputs: ['node_modules/.modules.yaml'] };

/** Copied beside the bundle, for the package. */
export const packageDocuments = ['LICENSE', 'README.md'];

/** @type {Step} */
export const buildStep = {
  name: 'build',
  inputs: [
    ...manifests,
    'tsconfig.base.json',
    'shared/src',
    'agent/src',
    'agent/rolldown.config.js',
    'web/src',
    'web/build',
    'web/lessons',
    'web/public',
    'web/index.html',
    'web/vite.config.js',
    'web/svelte.config.js',
    'scripts/build.mjs',
    'scripts/lib/third-party.mjs',
    ...packageDocuments,
  ],
  outputs: ['agent/dist/cli.mjs', 'agent/dist/page/index.html'],
};

/**
 * @param {Step} step
 * @returns {boolean}
 */
export function isFresh(step) {
  const file = stampFile(step);
  return (
    step.outputs.every((path) => existsSync(inRoot(path))) &&
    existsSync(file) &&
    readFileSync(file, 'utf8') === hashOf(step)
  );
}

/**
 * Remembers that a step succeeded. Take the hash with `hashOf` before the step begins, so that a file
 * saved while it runs makes it due again.
 *
 * @param {Step} step
 * @param {string} hash
 * @returns {void}
 */
export function markFresh(step, hash) {
  const file = stampFile(step);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, hash);
}

/**
 * @param {Step} step
 * @returns {void}
 */
export function markStale(step) {
  rmSync(stampFile(step), { force: true });
}

/**
 * @param {Step} step
 * @returns {string}
 */
export function hashOf(step) {
  // What is installed holds native code for one platform.
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  for (const path of step.inputs.flatMap(filesUnder)) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(inRoot(path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {Step} step
 * @returns {string}
 */
const stampFile = (step) => inRoot('node_modules', '.cache', 'socket-playground', step.name);

/**
 * @param {string} path a file, a folder, or nothing at all
 * @returns {string[]} its files but for tests, in one order everywhere
 */
function filesUnder(path) {
  const stat = statSync(inRoot(path), { throwIfNoEntry: false });
  if (stat === undefined || path.endsWith('.test.ts')) return [];
  if (!stat.isDirectory()) return [path];
  return readdirSync(inRoot(path))
    .sort()
    .flatMap((name) => filesUnder(`${path}/${name}`));
}
