import { spawn } from 'node:child_process';
import { inRoot, root } from './root.mjs';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] the workspace when absent
 * @property {Record<string, string>} [env] added to our own environment
 * @property {boolean} [stdoutToStderr] keeps our stdout clean
 * @property {(text: string) => void} [print] takes its output instead, both streams
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
export function run(command, args, options = {}) {
  const { cwd = root, env = {}, stdoutToStderr = false, print, timeoutMs } = options;
  const piped = print === undefined ? 'inherit' : 'pipe';
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', stdoutToStderr ? 2 : piped, piped],
      // npx and the programs in .bin are batch files there.
      shell: process.platform === 'win32',
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
    });
    const say = print ?? ((text) => console.error(text.trimEnd()));
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', say);
    child.once('error', (error) => {
      say(`${command}: ${error.message}\n`);
      resolve(1);
    });
    child.once('close', (code, signal) => {
      if (signal !== null) say(`${command}: ended by ${signal}\n`);
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
