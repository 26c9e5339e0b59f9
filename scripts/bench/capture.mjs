/**
 * A capture of 100 MB that another program wrote: how soon its first packets are there, and whether the page freezes while
 * the rest is read.
 *
 * Method: Python writes a pcapng of 128,000 TCP segments of 64 or 1,400 bytes. The file is chosen in `Open a file …`, and
 * the time runs from then to the frame that has drawn packets in the log. Until all of it is read, the longest time between
 * two frames is noted.
 * Found on 2 cores, 7 times: first rows after 0.23 s, the longest gap 67 ms; with a load of 11 beside it 0.3 s and 140 ms, 100
 * of which is opening the view.
 * Generator: Python, before anything is timed.
 */
import { join } from 'node:path';
import { hasRows, startGaps, stopGaps } from './page/longest-gap.mjs';
import { defineRow } from './row.mjs';

const packets = { full: 128_000, quick: 500 };
const sizes = '64,1400';
/** Who types or scrolls meanwhile takes a longer one for a page that hangs. */
const mostFrozenMs = 100;
const patienceMs = 120_000;

export const capture = defineRow({
  name: 'capture',
  run: async (stage, { pairs, quick }) => {
    const path = join(stage.folder(), 'capture.pcapng');
    const count = quick ? packets.quick : packets.full;
    await stage.load('pcap.py', path, count, sizes, 'needle', 1000);
    const agent = await stage.agent();
    /** @type {{ seconds: number, gapMs: number }[]} */
    const samples = [];
    for (let at = quick ? 0 : -1; at < pairs; at += 1) {
      const sample = await open(await stage.page(agent), path, count);
      if (at >= 0) samples.push(sample);
    }
    const what = 'pcapng of 100 MB,';
    return [
      {
        ...{ what: `${what} open to first rows`, unit: 's', target: { atMost: 2 } },
        values: samples.map(({ seconds }) => seconds),
      },
      {
        ...{ what: `${what} longest freeze until it is read`, unit: 'ms', target: { atMost: mostFrozenMs } },
        values: samples.map(({ gapMs }) => gapMs),
      },
    ];
  },
});

/**
 * @param {import('./lib/stage.mjs').Page} page
 * @param {string} path
 * @param {number} count
 */
async function open(page, path, count) {
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  const input = page.getByLabel('File of a session');
  await input.waitFor({ state: 'attached' });
  await page.evaluate(startGaps);
  const begin = performance.now();
  await input.setInputFiles(path);
  const grid = page.getByRole('grid', { name: 'Packet log' });
  await grid.getByRole('row').filter({ hasText: 'captured' }).first().waitFor();
  const seconds = (performance.now() - begin) / 1000;
  await page.waitForFunction(hasRows, count, { timeout: patienceMs });
  const gapMs = await page.evaluate(stopGaps);
  await page.close();
  return { seconds, gapMs };
}
