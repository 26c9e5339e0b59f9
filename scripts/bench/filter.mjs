/**
 * Filter by content: 1,000,000 events in the page against tshark on the same traffic.
 *
 * Method: a million datagrams of 64 or 228 bytes, one in a thousand with a word in it, are recorded with a page attached.
 * Ours: from writing the word into Filter to the frame that has drawn the matches, in the page. Theirs: the run of
 * `tshark -Y 'frame contains "…"'` over a pcap with the same payloads as TCP segments, names off, checksums and all
 * analysis of TCP off. Both must find the same number. The filter is taken away between samples.
 * Generator: Python for traffic and pcap, before anything is timed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { allJournalled, serve, settle } from './lib/agent.mjs';
import { digits, median } from './lib/stats.mjs';
import { timeFilter } from './page/time-filter.mjs';
import { Unavailable } from './lib/processes.mjs';
import { hasTool } from '../lib/tools.mjs';
import { defineRow } from './row.mjs';

const events = { full: 1_000_000, quick: 2_000 };
const rate = 25_000;
const sizes = '64,228';
const [word, every] = ['needle-in-hay', 1000];

/** Everything that tshark would do beyond looking. */
const bare = [
  '-n',
  ...['-o', 'tcp.analyze_sequence_numbers:FALSE', '-o', 'tcp.desegment_tcp_streams:FALSE'],
  ...['-o', 'tcp.calculate_timestamps:FALSE', '-o', 'tcp.track_bytes_in_flight:FALSE'],
];

export const filter = defineRow({
  name: 'filter',
  run: async (stage, { pairs, quick }) => {
    if (!hasTool('tshark')) throw new Unavailable('there is no tshark');
    const count = quick ? events.quick : events.full;
    const matches = Math.ceil(count / every);
    const agent = await stage.agent();
    const page = await stage.page(agent);
    const port = await serve(agent, 'dgram', 'none');
    await stage.load('datagrams.py', port, rate, count, sizes, word, every);
    const arrived = await allJournalled(agent, port);
    if (arrived !== count) throw new Error(`${String(count - arrived)} datagrams were lost before the agent`);
    await settle(page);
    const rows = Number(await page.getByRole('grid', { name: 'Packet log' }).getAttribute('aria-rowcount'));
    if (rows < count) {
      throw new Unavailable(`the page keeps ${String(rows)} rows of ${String(count)} in this build`);
    }
    const pcap = join(stage.folder(), 'traffic.pcap');
    await stage.load('pcap.py', pcap, count, sizes, word, every);

    /** @type {{ page: number[], tshark: number[] }} */
    const seconds = { page: [], tshark: [] };
    for (let at = quick ? 0 : -1; at < pairs; at += 1) {
      const [ours, theirs] = [await inPage(page, matches), await inTshark(pcap, matches)];
      if (at < 0) continue;
      seconds.page.push(ours);
      seconds.tshark.push(theirs);
    }
    return [
      {
        what: `filter ${count.toLocaleString('en')} events by content, times faster than tshark`,
        unit: '×',
        target: { atLeast: 150 },
        values: seconds.page.map((ours, at) => (seconds.tshark[at] ?? NaN) / ours),
        note: `page ${digits(median(seconds.page))} s, tshark ${digits(median(seconds.tshark))} s; ${String(matches)} matches`,
      },
    ];
  },
});

/**
 * @param {import('./lib/stage.mjs').Page} page
 * @param {number} matches
 * @returns {Promise<number>} seconds
 */
async function inPage(page, matches) {
  const ms = await page.evaluate(timeFilter, { word, matches });
  await page.evaluate(timeFilter, { word: '', matches: null });
  await settle(page);
  return ms / 1000;
}

/**
 * @param {string} file
 * @param {number} matches
 * @returns {Promise<number>} seconds
 */
async function inTshark(file, matches) {
  const begin = performance.now();
  const fields = ['-T', 'fields', '-e', 'frame.number'];
  const child = spawn('tshark', ['-r', file, ...bare, '-Y', `frame contains "${word}"`, ...fields], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (more) => (text += more));
  const [code] = await once(child, 'close');
  const found = text.trim().split('\n').filter(Boolean).length;
  if (code !== 0 || found !== matches) throw new Error(`tshark: exit code ${String(code)}, ${found} matches`);
  return (performance.now() - begin) / 1000;
}
