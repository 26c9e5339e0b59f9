import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { browserProblem, downloadBrowser, hasBrowser } from './browser.mjs';
import { findChromium } from './chromium.mjs';
import { run } from './run.mjs';

/** Programs nobody here wrote that the tests talk to; each is also the name of its Debian package. */
const interopTools = ['ncat', 'socat', 'python3', 'curl', 'tshark', 'tcpdump', 'openssl'];

// Of what apt-get said before it failed: without a network it says a line for each of hundreds of packages.
const toldLines = 5;

/**
 * For tests: `it.skipIf(!hasTool('ncat'))('…')`. `npm test` has installed what it may before they run,
 * and under CI=true it fails when one is missing.
 *
 * @param {string} name a program on the PATH
 * @returns {boolean}
 */
export function hasTool(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, name)));
}

/**
 * Installs the missing ones where it may: Debian's packages as root, Playwright's Chromium elsewhere.
 *
 * @returns {Promise<string[]>} what is still missing
 */
export async function provideTools() {
  const missing = await missingTools();
  if (missing.length === 0) return [];
  await installPackages(missing);
  // A browser that was chosen by its path is mended by whoever chose it.
  if (findChromium() === undefined && !(await hasBrowser())) await downloadBrowser();
  return missingTools();
}

/**
 * @param {string[]} missing
 * @returns {Promise<string>} what that means for the tests, and how to get them
 */
export async function missingNotice(missing) {
  const problem = missing.includes('chromium') ? await browserProblem() : undefined;
  return [
    `Missing: ${missing.join(', ')}. Tests that need them are skipped; under CI=true that is a failure.`,
    ...(problem === undefined ? [] : [`No browser starts: ${problem}`]),
    ...(hasTool('apt-get') ? [`To install them, as root: apt-get install ${missing.join(' ')}`] : []),
  ].join('\n');
}

/** @returns {Promise<string[]>} */
async function missingTools() {
  const missing = interopTools.filter((name) => !hasTool(name));
  return (await hasBrowser()) ? missing : [...missing, 'chromium'];
}

/**
 * One by one: a package that this release lacks must not keep the others out.
 *
 * @param {string[]} packages
 * @returns {Promise<void>}
 */
async function installPackages(packages) {
  if (process.getuid?.() !== 0 || !hasTool('apt-get')) return;
  await aptGet('Reading the lists of packages', ['update']);
  for (const name of packages) {
    await aptGet(`Installing ${name}`, ['install', '--no-install-recommends', name]);
  }
}

/**
 * Asks nothing, and is silent unless it fails: a browser alone unpacks two hundred packages.
 *
 * @param {string} what it does
 * @param {string[]} args
 * @returns {Promise<void>}
 */
async function aptGet(what, args) {
  console.log(`${what} …`);
  let said = '';
  const code = await run('apt-get', ['-y', '-q=2', '-o', 'Dpkg::Use-Pty=0', ...args], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
    timeoutMs: 600_000,
    print: (text) => (said += text),
  });
  if (code !== 0) console.log(said.trimEnd().split('\n').slice(-toldLines).join('\n'));
}

/**
 * @param {string} path
 * @returns {boolean}
 */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Absent or not ours to run: both mean that this folder does not have it.
    return false;
  }
}
