import { accessSync, constants } from 'node:fs';
import { inRoot, manifest, root } from './root.mjs';
import { run } from './run.mjs';
import { buildStep, hashOf, installStep, isFresh, markFresh } from './stamp.mjs';

/** Its message says what to do; a person reads it, not a stack. */
export class SetupError extends Error {}

/**
 * For programs that a person starts: when what they stand on cannot be made, they end with the reason.
 *
 * @param {() => Promise<void>} step
 * @returns {Promise<void>}
 */
export async function orExplain(step) {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`\n${error.message}`);
    process.exit(1);
  }
}

// Left to itself, npm is silent for over a minute when there is no network.
const quickRetries = {
  npm_config_fetch_retry_mintimeout: '2000',
  npm_config_fetch_retry_maxtimeout: '10000',
};

/**
 * Installs what the lockfile names unless it is there. Writes to stderr only.
 *
 * @returns {Promise<void>}
 * @throws {SetupError}
 */
export async function ensureInstalled() {
  if (isFresh(installStep)) return;
  requireWritable();
  const hash = hashOf(installStep);
  console.error('Installing dependencies …');
  const pnpm = manifest.packageManager.split('+')[0] ?? '';
  const args = ['-y', '--prefer-offline', pnpm, 'install', '--frozen-lockfile'];
  if ((await run('npx', args, { stdoutToStderr: true, env: quickRetries })) !== 0) {
    throw new SetupError(
      'Installing failed; the reason stands above. It needs the npm registry once: check the network,\n' +
        'or a proxy in `npm config list`. If node_modules is half made, delete it. Then try again.',
    );
  }
  markFresh(installStep, hash);
}

/**
 * Builds the page and the agent unless they are as the sources say. Writes to stderr only.
 *
 * @returns {Promise<void>}
 * @throws {SetupError}
 */
export async function ensureBuilt() {
  await ensureInstalled();
  if (isFresh(buildStep)) return;
  requireWritable();
  console.error('Building …');
  if ((await run(process.execPath, [inRoot('scripts', 'build.mjs')], { stdoutToStderr: true })) !== 0) {
    throw new SetupError(
      'Building failed; the reason stands above. If you changed a file, mend it; if not, delete\n' +
        'node_modules and try again.',
    );
  }
}

/**
 * @returns {void}
 * @throws {SetupError} when this folder cannot be written, for whatever reason
 */
function requireWritable() {
  try {
    accessSync(root, constants.W_OK);
  } catch {
    throw new SetupError(
      `This folder may not be written: ${root}\n` +
        'What is installed and built is kept in it. Clone it into a folder of your own.',
    );
  }
}
