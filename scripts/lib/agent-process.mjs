import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const killAfterMs = 10_000;

/**
 * @typedef {object} Ready what the agent says on its first line with `--json`
 * @property {string} url ends in `#token=…`
 * @property {number} port
 * @property {string} token
 * @property {number} pid the agent's own, also when another program started it
 * @property {string | null} session
 */

/**
 * @typedef {object} AgentProcess
 * @property {Ready} ready
 * @property {string} origin `http://127.0.0.1:<port>`
 * @property {() => string} stderr what it has written there so far
 * @property {(signal?: NodeJS.Signals) => Promise<number | null>} stop sends the signal to the agent, SIGTERM
 *   when none is named, and SIGKILL after 10 s; the exit code of what was started, null when a signal ended it
 */

/**
 * Starts an agent and waits for its ready line. Lines before it are skipped: npm prints its own.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, readyWithinMs?: number, showStderr?: boolean }} [options]
 * @returns {Promise<AgentProcess>}
 * @throws {Error} when it ends, or says nothing in time; the message carries its stderr
 */
export async function startAgent(command, args, options = {}) {
  const { cwd, env = {}, readyWithinMs = 30_000, showStderr = false } = options;
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit').then(([code]) => /** @type {number | null} */ (code));
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
    if (showStderr) process.stderr.write(text);
  });

  const late = new AbortController();
  const outcome = await Promise.race([
    readyLine(child.stdout).then((line) => ({ line })),
    exited.then((code) => ({ failure: `exit code ${String(code)}` })),
    sleep(readyWithinMs, { failure: `silent for ${String(readyWithinMs)} ms` }, { signal: late.signal }),
  ]);
  late.abort();
  if (!('line' in outcome)) {
    child.kill('SIGKILL');
    throw new Error(`${[command, ...args].join(' ')}: no ready line, ${outcome.failure}\n${stderr}`);
  }
  /** @type {Ready} */
  const ready = JSON.parse(outcome.line);
  return {
    ready,
    origin: `http://127.0.0.1:${String(ready.port)}`,
    stderr: () => stderr,
    stop: async (signal = 'SIGTERM') => {
      const ended = child.exitCode !== null || child.signalCode !== null;
      if (ended) return exited;
      send(ready.pid, signal);
      const timer = setTimeout(() => send(ready.pid, 'SIGKILL'), killAfterMs);
      return exited.finally(() => clearTimeout(timer));
    },
  };
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 * @returns {void}
 */
function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It may have ended just now, by itself.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/**
 * @param {import('node:stream').Readable} stdout
 * @returns {Promise<string>} the first line that is JSON; pending for ever when there is none
 */
function readyLine(stdout) {
  return new Promise((resolve) => {
    createInterface({ input: stdout }).on('line', (line) => {
      if (line.startsWith('{')) resolve(line);
    });
  });
}
