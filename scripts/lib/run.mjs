import { spawn } from 'node:child_process';
import { inRoot, root } from './root.mjs';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] the workspace when absent
 * @property {Record<string, string>} [env] added to our own environment
 * @property {boolean} [stdoutToStderr] keeps our stdout clean
 * @property {number} [timeoutMs] ends a program that hangs
 */

/**
 * Runs a program to its end, with its output where ours goes.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>} its exit code; 1 when a signal ended it or it could not be started
 */
export function run(command, args, { cwd = root, env = {}, stdoutToStderr = false, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', stdoutToStderr ? 2 : 'inherit', 'inherit'],
      // npx and the programs in .bin are batch files there.
      shell: process.platform === 'win32',
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
    });
    child.once('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (code, signal) => {
      if (signal !== null) console.error(`${command}: ended by ${signal}`);
      resolve(code ?? 1);
    });
  });
}

/**
 * The path of a program that a workspace package depends on.
 *
 * @param {string} name
 * @param {string} [folder] the package's folder; the workspace's own when absent
 * @returns {string}
 */
export const bin = (name, folder = '.') => inRoot(folder, 'node_modules', '.bin', name);
