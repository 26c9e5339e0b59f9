/**
 * A warm `npm start`: everything is installed and built, how long until the page is answered.
 *
 * Method: `npm start` is run as the README gives it, and the time runs from there to the end of the page's HTML. The first
 * run builds what is not built and does not count. No second side: the target is absolute, medians are over runs.
 */
import { startAgent } from '../lib/agent-process.mjs';
import { root } from '../lib/root.mjs';
import { defineRow } from './row.mjs';

const readyWithinMs = 5 * 60_000;

export const start = defineRow({
  name: 'start',
  run: async (stage, { pairs, quick }) => {
    const data = ['--data', stage.folder()];
    if (!quick) await once(data);
    /** @type {number[]} */
    const values = [];
    for (let at = 0; at < pairs; at += 1) values.push(await once(data));
    return [{ what: 'warm npm start to page answered', unit: 's', target: { atMost: 2 }, values }];
  },
});

/**
 * @param {string[]} data
 * @returns {Promise<number>} seconds
 */
async function once(data) {
  const begin = performance.now();
  const args = ['start', '--', '--port', '0', '--no-open', '--json', ...data];
  const agent = await startAgent('npm', args, { cwd: root, readyWithinMs });
  try {
    const page = await fetch(agent.origin);
    await page.text();
    return (performance.now() - begin) / 1000;
  } finally {
    await agent.stop();
  }
}
