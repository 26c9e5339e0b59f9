import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { inRoot } from './root.mjs';
import { findChromium } from './chromium.mjs';
import { run } from './run.mjs';

/** Programs nobody here wrote that the tests talk to; each is also the name of its Debian package. */
const interopTools = ['ncat', 'socat', 'python3', 'curl', 'tshark', 'tcpdump', 'openssl'];

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
 * Whether there is a browser for component and end-to-end tests: one of the system, or Playwright's own.
 *
 * @returns {Promise<boolean>}
 */
export async function hasBrowser() {
  if (findChromium() !== undefined) return true;
  const { chromium } = await import('playwright');
  return existsSync(chromium.executablePath());
}

/**
 * Installs the missing ones where it may: Debian's packages as root, Playwright's Chromium elsewhere.
 *
 * @returns {Promise<string[]>} what is still missing
 */
export async function provideTools() {
  await installPackages(await missingTools());
  if (!(await hasBrowser())) await downloadBrowser();
  return missingTools();
}

/** @returns {Promise<string[]>} */
async function missingTools() {
  const missing = interopTools.filter((name) => !hasTool(name));
  return (await hasBrowser()) ? missing : [...missing, 'chromium'];
}

/**
 * @param {string[]} packages
 * @returns {Promise<void>}
 */
async function installPackages(packages) {
  if (packages.length === 0 || process.getuid?.() !== 0 || !hasTool('apt-get')) return;
  const quiet = ['-y', '-q=2', '-o', 'Dpkg::Use-Pty=0'];
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, timeoutMs: 600_000 };
  console.log(`Installing ${packages.join(', ')} …`);
  await run('apt-get', ['update', ...quiet], options);
  // One by one: a package that this release lacks must not keep the others out.
  for (const name of packages) {
    await run('apt-get', ['install', ...quiet, '--no-install-recommends', name], options);
  }
}

/** @returns {Promise<void>} */
async function downloadBrowser() {
  console.log('Downloading Chromium …');
  await run(process.execPath, [inRoot('node_modules', 'playwright', 'cli.js'), 'install', 'chromium'], {
    timeoutMs: 300_000,
  });
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
