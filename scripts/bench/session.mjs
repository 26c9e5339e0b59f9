/**
 * A kept session of 1,000,000 events: how soon its first rows are there, and whether it scrolls.
 *
 * Method: an agent records a million datagrams into a folder and ends. Another agent with the same folder serves a page;
 * `Open` and the session's row are clicked, and the time runs from that second click to the frame that has drawn rows
 * of the log. Then the wheel turns through the log for two seconds and animation frames are counted.
 * Generator: Python, before anything is timed.
 *
 * Findings (2 cores, alone, 4 or 5 samples): the log is scrolled while the rest of the session comes in, 10 s of it; once it is here
 * there are 60 frames a second. A batch is an eighth of the credit, and takes its time in one piece:
 *
 *     credit                                            first rows, ms   frames a second
 *     2 MiB, as the running session has                 984 to 1,668     45 to 52
 *     the same, given back when the page is idle        949 to 1,055     49 to 55
 *     512 KiB                                           936 to 1,506     56.5 to 59.5
 *     512 KiB, given back when the page is idle         939 to 968       59.5 to 60
 *     256 KiB (kept: as good, and nothing to schedule)  946 to 1,531     58 to 59.5
 *
 * All of it is read in the same time with each. First rows: the agent reads and checks the whole file before it says welcome.
 */
import { allJournalled, serve } from './lib/agent.mjs';
import { scrollThrough } from './page/scroll.mjs';
import { defineRow } from './row.mjs';

const events = { full: 1_000_000, quick: 2_000 };
const rate = 25_000;
const scrollMs = { full: 2_000, quick: 200 };

export const session = defineRow({
  name: 'session',
  run: async (stage, { pairs, quick }) => {
    const data = stage.folder();
    await record(stage, data, quick ? events.quick : events.full);
    const agent = await stage.agent({ data });
    /** @type {{ seconds: number, fps: number }[]} */
    const samples = [];
    for (let at = quick ? 0 : -1; at < pairs; at += 1) {
      const sample = await openAndScroll(await stage.page(agent), quick);
      if (at >= 0) samples.push(sample);
    }
    const what = 'session of 1M events,';
    return [
      {
        ...{ what: `${what} open to first rows`, unit: 's', target: { atMost: 1 } },
        values: samples.map(({ seconds }) => seconds),
      },
      {
        ...{ what: `${what} scroll`, unit: 'fps', target: { atLeast: 58 } },
        values: samples.map(({ fps }) => fps),
      },
    ];
  },
});

/**
 * @param {import('./row.mjs').Stage} stage
 * @param {string} data
 * @param {number} count
 */
async function record(stage, data, count) {
  const agent = await stage.agent({ data });
  const port = await serve(agent, 'dgram', 'none');
  await stage.load('datagrams.py', port, rate, count, '64,228');
  await allJournalled(agent, port);
  await agent.stop();
}

/**
 * @param {import('./lib/stage.mjs').Page} page
 * @param {boolean} quick
 */
async function openAndScroll(page, quick) {
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  // The folder holds this session and the running one, which cannot be opened.
  const entry = page
    .getByRole('list', { name: 'Kept sessions' })
    .getByRole('button', { disabled: false })
    .first();
  await entry.click({ trial: true });
  const begin = performance.now();
  await entry.click();
  const grid = page.getByRole('grid', { name: 'Packet log' });
  await grid.getByRole('row').filter({ hasText: 'received' }).first().waitFor();
  const seconds = (performance.now() - begin) / 1000;
  await grid.hover();
  const fps = await page.evaluate(scrollThrough, quick ? scrollMs.quick : scrollMs.full);
  await page.close();
  return { seconds, fps };
}
