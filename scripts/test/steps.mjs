import {
  build,
  check,
  inBrowser,
  install,
  playwright,
  playwrightSkipped,
  script,
  vitest,
  vitestSkipped,
} from './runners.mjs';

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {'setup' | 'static' | 'test'} group
 * @property {string[]} needs names of earlier steps that `--only` brings along
 * @property {import('./runners.mjs').Runner} run
 */

/**
 * @param {string} name
 * @param {import('./runners.mjs').Runner} run
 * @returns {Step}
 */
const still = (name, run) => ({ name, group: 'static', needs: ['install'], run });

/**
 * @param {string} name
 * @param {import('./runners.mjs').Runner} run
 * @param {string[]} needs
 * @returns {Step}
 */
const test = (name, run, needs) => ({ name, group: 'test', needs, run });

const projects = ['.', 'scripts', 'shared', 'shared/tsconfig.pure.json', 'agent', 'e2e'];

/** Half of what is linted. */
const page = ['web', 'e2e'];

/** @param {string} folder */
const ignored = (folder) => ['--ignore-pattern', folder];

/** All that `npm test` does, in order. @type {Step[]} */
const steps = [
  { name: 'install', group: 'setup', needs: [], run: install },
  { name: 'tools', group: 'setup', needs: ['install'], run: script('scripts/tools.mjs') },
  // The longest first: they run side by side.
  still('lint web', check('eslint', ['--max-warnings', '0', ...page])),
  still('lint rest', check('eslint', ['--max-warnings', '0', '.', ...page.flatMap(ignored)])),
  still('format', check('prettier', ['--check', '--log-level', 'warn', '.'])),
  ...projects.map((project) => still(`types ${project}`, check('tsc', ['-p', project]))),
  still('types web', check('svelte-check', ['--tsconfig', './tsconfig.json', '--fail-on-warnings'], 'web')),
  still('boundaries', script('scripts/boundaries.mjs')),
  still('unused', check('knip', [])),
  { name: 'build', group: 'setup', needs: ['install'], run: build },
  test('package', check('publint', ['--strict', '--pack', 'npm', 'agent']), ['install', 'build']),
  test('unit', vitest('unit', ['shared', 'agent', 'web-unit', 'scripts']), ['install', 'tools', 'build']),
  test('component', inBrowser(vitest('component', ['web']), vitestSkipped(['web'])), ['install', 'tools']),
  test('e2e', inBrowser(playwright, playwrightSkipped), ['install', 'tools', 'build']),
];

/**
 * @param {string | undefined} only names or groups with commas between them; everything when absent
 * @returns {Step[]} in order, with what they need
 * @throws {RangeError} when a name is none
 */
export function select(only) {
  if (only === undefined) return steps;
  const wanted = only.split(',');
  const known = new Set(steps.flatMap(({ name, group }) => [name, group]));
  const unknown = wanted.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new RangeError(`No such step: ${unknown.join(', ')}. There are: ${[...known].join(', ')}`);
  }
  const chosen = steps.filter(({ name, group }) => wanted.includes(name) || wanted.includes(group));
  const names = new Set(chosen.flatMap(({ name, needs }) => [name, ...needs]));
  return steps.filter(({ name }) => names.has(name));
}

/**
 * Steps that may run side by side: those that only read. Every other step has the machine for itself.
 *
 * @param {Step[]} chosen
 * @returns {Step[][]} in order
 */
export function sideBySide(chosen) {
  /** @type {Step[][]} */
  const groups = [];
  for (const step of chosen) {
    const last = groups.at(-1);
    if (step.group === 'static' && last?.[0]?.group === 'static') last.push(step);
    else groups.push([step]);
  }
  return groups;
}
