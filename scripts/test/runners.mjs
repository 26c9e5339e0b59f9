import { readFileSync, rmSync } from 'node:fs';
import { ensureBuilt, ensureInstalled, SetupError } from '../lib/ensure.mjs';
import { inRoot } from '../lib/root.mjs';
import { bin, run } from '../lib/run.mjs';
import { hasBrowser } from '../lib/browser.mjs';
import { none, playwrightCounts, vitestCounts, vitestListed, withExitCode } from './counts.mjs';

/** @typedef {import('./counts.mjs').Counts} Counts */
/**
 * @callback Runner
 * @param {(text: string) => void} [print] takes what it has to say; without it that goes where our output goes
 * @returns {Promise<Counts>}
 */

// For what hangs, not for what is slow.
const timeoutMs = 15 * 60_000;

/**
 * @param {string} name a program in .bin
 * @param {string[]} args
 * @param {string} [folder] the package that depends on it, and where it runs
 * @returns {Runner}
 */
export function check(name, args, folder = '.') {
  return async (print) => {
    const options = { cwd: inRoot(folder), timeoutMs, ...(print ? { print } : {}) };
    return withExitCode(none, await run(bin(name, folder), args, options));
  };
}

/**
 * @param {string} path of a script
 * @returns {Runner}
 */
export function script(path) {
  return async (print) => {
    const options = { timeoutMs, ...(print ? { print } : {}) };
    return withExitCode(none, await run(process.execPath, [inRoot(path)], options));
  };
}

/** @type {Runner} */
export const install = () => setup(ensureInstalled);

/** @type {Runner} */
export const build = () => setup(ensureBuilt);

/**
 * @param {() => Promise<void>} ensure
 * @returns {Promise<Counts>}
 */
async function setup(ensure) {
  try {
    await ensure();
    return none;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    return { ...none, failed: 1 };
  }
}

/**
 * @param {string} name of the report
 * @param {string[]} projects
 * @returns {Runner}
 */
export function vitest(name, projects) {
  const file = reportFile(name);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const args = ['run', ...projects.flatMap((project) => ['--project', project]), ...reporters];
  return () => reported(file, vitestCounts, () => run(bin('vitest'), args, { timeoutMs }));
}

/**
 * @param {string[]} projects
 * @returns {Runner} runs nothing: each test that is written down counts as skipped, a table of `each` as one
 */
export function vitestSkipped(projects) {
  return async () => {
    const { createVitest } = await import('vitest/node');
    const vitest = await createVitest('test', { root: inRoot(), project: projects, watch: false });
    try {
      const files = await vitest.experimental_parseSpecifications(await vitest.globTestSpecifications());
      return vitestListed(files);
    } finally {
      await vitest.close();
    }
  };
}

/** @type {Runner} */
export const playwright = () => playwrightTest('--reporter=list,json');

/** Runs nothing: each test counts as skipped. @type {Runner} */
export const playwrightSkipped = () => playwrightTest('--list', '--reporter=json');

/** @param {string[]} args */
function playwrightTest(...args) {
  const file = reportFile('e2e');
  const options = { cwd: inRoot('e2e'), env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file }, timeoutMs };
  return reported(file, playwrightCounts, () => run(bin('playwright', 'e2e'), ['test', ...args], options));
}

/**
 * @param {Runner} runner
 * @param {Runner} skipped counts its tests
 * @returns {Runner} the one, or the other when there is no browser to run it in
 */
export function inBrowser(runner, skipped) {
  return async () => {
    if (await hasBrowser()) return runner();
    console.log('Skipped: there is no Chromium.');
    return skipped();
  };
}

/**
 * @param {string} file
 * @param {(report: unknown) => Counts} count
 * @param {() => Promise<number>} start
 * @returns {Promise<Counts>}
 */
async function reported(file, count, start) {
  // An old report must not speak for a runner that crashed.
  rmSync(file, { force: true });
  const exitCode = await start();
  try {
    return withExitCode(count(JSON.parse(readFileSync(file, 'utf8'))), exitCode);
  } catch (error) {
    console.error(`No report: ${String(error)}`);
    return { ...none, failed: 1 };
  }
}

/**
 * @param {string} name
 * @returns {string}
 */
const reportFile = (name) => inRoot('.reports', `${name}.json`);
