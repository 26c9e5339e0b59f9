import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { hasTool } from '../../lib/tools.mjs';

/**
 * @typedef {object} Helper a program that runs beside us
 * @property {number} pid
 * @property {() => Promise<string>} line the next one on its stdout; empty when there is none any more
 * @property {(text: string) => void} write to its stdin
 * @property {() => Promise<void>} stop by SIGKILL, when it has not ended by itself
 */

/** Why a benchmark cannot run here. It stands in the table; the others go on. */
export class Unavailable extends Error {}

const timeoutMs = 120_000;

/**
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env] added to our own
 * @returns {Helper}
 * @throws {Unavailable}
 */
export function startHelper(command, args, env = {}) {
  need(command);
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  const { stdin, stdout } = child;
  // One that is gone is noticed at its next line.
  stdin.on('error', () => undefined);
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.once('error', (error) => console.error(`${command}: ${error.message}`));
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid ?? 0,
    line: async () => String((await lines.next()).value ?? ''),
    write: (text) => void stdin.write(text),
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await ended;
    },
  };
}

/**
 * Runs a program to its end.
 *
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<string>} its stdout
 * @throws {Unavailable}
 * @throws {Error} when its exit code is not 0
 */
export async function outputOf(command, args) {
  need(command);
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], timeout: timeoutMs });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (more) => (text += more));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')}: exit code ${String(code)}`);
  return text;
}

/** @param {string} command */
function need(command) {
  if (command !== process.execPath && !hasTool(command)) throw new Unavailable(`there is no ${command}`);
}
