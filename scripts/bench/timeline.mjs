/**
 * The timeline over 100,000 events: does it pan without a missed frame, as close as one reads and from so far that
 * thousands of events share the picture.
 *
 * Method: an agent records 100,000 datagrams. The page shows them in Timeline; a wheel event a frame pans half a screen
 * up, and down again at the end, for two seconds, and animation frames are counted. Then `Zoom out` is pressed until the
 * picture holds a crowd, and the same is done again.
 * Found on 2 cores, 7 times: 60 frames a second, near and far.
 * Generator: Python, before anything is timed.
 */
import { allJournalled, serve, settle } from './lib/agent.mjs';
import { panThrough } from './page/pan.mjs';
import { defineRow } from './row.mjs';

const events = { full: 100_000, quick: 2_000 };
const rate = 25_000;
const panMs = { full: 2_000, quick: 200 };
/** From a millisecond a row: far enough that a screen holds thousands of rows. */
const zoomOuts = 8;
const leastFps = 58;

export const timeline = defineRow({
  name: 'timeline',
  run: async (stage, { pairs, quick }) => {
    const agent = await stage.agent();
    const page = await stage.page(agent);
    const port = await serve(agent, 'dgram', 'none');
    await stage.load('datagrams.py', port, rate, quick ? events.quick : events.full, '64');
    await allJournalled(agent, port);
    await settle(page);
    await page.getByRole('tab', { name: 'Timeline', exact: true }).click();
    await page.getByRole('grid', { name: 'Timeline', exact: true }).waitFor();
    const forMs = quick ? panMs.quick : panMs.full;
    const near = await sampled(page, pairs, forMs);
    for (let at = 0; at < zoomOuts; at += 1) {
      await page.getByRole('button', { name: 'Zoom out', exact: true }).click();
    }
    const far = await sampled(page, pairs, forMs);
    const what = 'timeline of 100k events, pan';
    const target = { atLeast: leastFps };
    return [
      { what: `${what}, near`, unit: 'fps', target, values: near },
      { what: `${what}, far`, unit: 'fps', target, values: far },
    ];
  },
});

/**
 * @param {import('./lib/stage.mjs').Page} page
 * @param {number} pairs
 * @param {number} forMs
 */
async function sampled(page, pairs, forMs) {
  /** @type {number[]} */
  const values = [];
  for (let at = -1; at < pairs; at += 1) {
    const fps = await page.evaluate(panThrough, forMs);
    if (at >= 0) values.push(fps);
  }
  return values;
}
