import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright';
import { startAgent } from '../../lib/agent-process.mjs';
import { chromiumFlags, findChromium } from '../../lib/chromium.mjs';
import { inRoot } from '../../lib/root.mjs';
import { hasBrowser } from '../../lib/browser.mjs';
import { makeTempFolder } from '../../lib/temp-folder.mjs';
import { countGaps } from '../page/count-gaps.mjs';
import { outputOf, startHelper, Unavailable } from './processes.mjs';

/**
 * @typedef {import('../../lib/agent-process.mjs').AgentProcess} Agent
 * @typedef {import('playwright').Page} Page
 * @typedef {import('./processes.mjs').Helper} Helper
 * @typedef {{ rss: number, heapUsed: number, external: number }} Memory bytes, right after a collection
 * @typedef {{ memory: (pid: number) => Promise<Memory>, args: string[], env: Record<string, string> }} Probe
 */

const cli = inRoot('agent', 'dist', 'cli.mjs');
const load = (/** @type {string} */ name) => inRoot('scripts', 'bench', 'load', name);
const patienceMs = 120_000;

/** @type {Set<Stage>} */
const open = new Set();

/** For programs that end early: nothing that a stage started outlives it. */
export function closeOnSignals() {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => {
      void Promise.allSettled([...open].map((stage) => stage.close())).then(() => process.exit(1));
    });
  }
}

/** The processes and folders of one run. `close` ends and removes them all, by pid, the last first. */
export class Stage {
  /** @type {(() => unknown)[]} */
  #undo = [];

  constructor() {
    open.add(this);
  }

  async close() {
    open.delete(this);
    const failures = [];
    for (const undo of this.#undo.splice(0).reverse()) {
      try {
        await undo();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'not all could be ended');
  }

  /** A temporary folder. */
  folder() {
    const { path, remove } = makeTempFolder();
    this.#undo.push(remove);
    return path;
  }

  /**
   * @param {{ probe?: Probe, data?: string }} [options]
   * @returns {Promise<Agent>} the built one, on a port of its own, recording to disk
   */
  async agent({ probe, data } = {}) {
    const flags = ['--port', '0', '--no-open', '--json', '--data', data ?? this.folder()];
    const args = [...(probe?.args ?? []), cli, ...flags];
    const agent = await startAgent(process.execPath, args, { env: probe?.env ?? {} });
    this.#undo.push(() => agent.stop());
    return agent;
  }

  /**
   * @param {'stream' | 'dgram'} socketType
   * @param {Probe} [probe]
   */
  async bare(socketType, probe) {
    const args = [...(probe?.args ?? []), inRoot('scripts', 'bench', 'bare-server.mjs'), socketType];
    const server = this.helper(process.execPath, args, probe?.env);
    const { port } = /** @type {{ port: number }} */ (JSON.parse(await server.line()));
    return { ...server, port };
  }

  /** Ways to ask one process for its memory after a collection. @returns {Probe} */
  probe() {
    const file = join(this.folder(), 'memory.json');
    const module = inRoot('scripts', 'bench', 'lib', 'memory-probe.mjs');
    return {
      args: ['--expose-gc', '--import', module],
      env: { MEMORY_FILE: file },
      memory: async (pid) => {
        rmSync(file, { force: true });
        process.kill(pid, 'SIGUSR2');
        await until(() => existsSync(file), 'the memory of a process');
        return JSON.parse(readFileSync(file, 'utf8'));
      },
    };
  }

  /**
   * A real page of the agent in a real Chromium: the log is in view and follows.
   *
   * @param {Agent} agent
   * @returns {Promise<Page>}
   */
  async page(agent) {
    if (!(await hasBrowser())) throw new Unavailable('there is no Chromium');
    const browser = await chromium.launch({
      executablePath: findChromium(),
      args: chromiumFlags,
      // The stage ends it, in its turn.
      ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
    });
    this.#undo.push(() => browser.close());
    return this.tab(browser, agent);
  }

  /**
   * @param {import('playwright').Browser} browser
   * @param {Agent} agent
   */
  async tab(browser, agent) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(countGaps);
    await page.goto(agent.ready.url);
    const { host } = new URL(agent.ready.url);
    await page.getByRole('banner').getByRole('status').filter({ hasText: host }).waitFor();
    return page;
  }

  /**
   * Runs a load generator to its end.
   *
   * @param {string} name a file in `load/`
   * @param {(string | number)[]} args
   * @returns {Promise<Record<string, number> & { seconds: number, busy: number }>} what it reports
   */
  async load(name, ...args) {
    return JSON.parse(await outputOf('python3', ['-B', load(name), ...args.map(String)]));
  }

  /**
   * Starts a load generator that goes on until it is stopped, or until it is done.
   *
   * @param {string} name
   * @param {(string | number)[]} args
   */
  loading(name, ...args) {
    return this.helper('python3', ['-B', load(name), ...args.map(String)]);
  }

  /**
   * @param {string} command
   * @param {string[]} args
   * @param {Record<string, string>} [env]
   * @returns {Helper}
   */
  helper(command, args, env) {
    const helper = startHelper(command, args, env);
    this.#undo.push(helper.stop);
    return helper;
  }
}

/**
 * @param {() => boolean | Promise<boolean>} holds asked every 20 ms
 * @param {string} what
 * @param {number} [withinMs]
 */
export async function until(holds, what, withinMs = patienceMs) {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited ${String(withinMs)} ms for ${what}`);
    await sleep(20);
  }
}
