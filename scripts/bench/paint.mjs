/**
 * Event → painted: how old an event is when it can be seen, at 10,000 and at 100,000 events a second.
 *
 * Method: paced datagrams carry the nanoseconds of CLOCK_REALTIME at their sending. The page's log follows; after each
 * frame was drawn (a message posted in its animation callback arrives then) a probe reads the newest row's stamp. All
 * events between the stamps of two frames became visible, or scrolled by, with the second one: their ages then run
 * from that frame's time less either stamp, evenly, because the sender is paced. p50 and p99 are taken over events, not
 * over frames, so waiting for the next frame counts. Frames a second are counted from the same callbacks. The first
 * half second is left out; what is painted after the last event was sent is not. No pairs of two sides: the targets are absolute, medians are over samples.
 * Generator: Python, bursts of a millisecond; the note gives the rate it reached.
 *
 * What a painted frame of the log costs, found with traces at 10,000 datagrams a second (22 rows, all of them new in each
 * frame; thread CPU, ms a frame, medians of 5 interleaved runs; total is the main thread's):
 *
 *     rows                                                 script  layout  paint  raster  total
 *     a Svelte component each, flex in addresses              4.6     2.4    3.0     1.7     24
 *     the same, cells with `contain: strict`                  4.4     2.3    1.4     1.6     19
 *     the same, addresses as plain text                       4.4     2.2    2.3     1.6     21
 *     the same, no lanes                                      4.7     2.5    2.2     1.5     22
 *     made by hand, contained cells, plain addresses (kept)   1.9     2.4    1.5     1.6     18
 *
 * Layout is the shaping of three new texts a row: neither absolute cells in place of the grid, nor leaving out ellipses,
 * kerning and ligatures changes it; without Info it is 2.0. Writing the scroll position after the rows and not before
 * makes one layout of two, which cost the same.
 *
 * Where the rest is, in a trace of two seconds at 10,000 a second, 52 painted frames, ms in all: script 303, layout 233 and
 * shaping 76, pre-paint and compositing 130, paint 74; on other threads raster 315 (14 tiles a frame) and the software
 * compositor 340. Tried: no rest between frames below 16,000 rows a second (`store/limits.ts`). Frames then take longer than a
 * frame: 45 a second and p50 64 ms in place of 59 and 40. At 100,000 a second agent, page and generator want more than the
 * two cores there are: p50 is 240 ms, p99 395, and frames keep coming (58 a second).
 *
 * In a flood the rows are now drawn on a canvas over the elements (`web/src/views/log/sketcher.ts`), which are brought up to
 * date four times a second. Main thread and raster, CPU ms a frame (traces of 4 s, 2 cores shared with others' tests at a load
 * of 12 to 18, so worse than alone; the elements' column includes what else is brought up to date):
 *
 *                            script  layout  paint  main thread  raster
 *     elements                  5.1     5.9    3.0         15.3       8
 *     canvas                    3.0       0      0          4.6       0
 *     both, 4 times a second    9.8     5.5    2.3         18.9      12
 *
 * Alone on the machine, p50, p99 (ms) and frames a second, medians of 3 or 4:
 *
 *                                                    at 10,000 a second    at 100,000 a second
 *     elements, rests by the rate                      51    97   58.3       229   419   56.8
 *     canvas, rests by its square, one at 10,000       44   113   56         227   358   58.7
 *     the same, one at 20,000                          28    72   59         155   274   59.7
 *     the same, one at 30,000 (kept)                   28    58   59.4       159   293   58.4
 *     the same, one at 40,000                          26    49   59.5       200   334   59.2
 *
 * With rows on the canvas from 1,000 a second on, fewer bytes an event, and the rest of the page once in 250 to 1,000 ms by what that
 * costs: p50 22, p99 46 at 10,000 a second; 124 and 238 at 100,000 (58.4 frames). Tried: the rest of the page in two frames: p99 50
 * in place of 44 at 10,000, nothing at 100,000. Events packed (`shared/src/wire/packing.ts`), both builds in one run: p99 44 in place of
 * 56 at 10,000 and 211 in place of 293 at 100,000. Tried since: the rest of the page right after a frame was drawn and not in it:
 * p99 52 in place of 47; no rests below 5 ms: 54 in place of 51; rests by the fourth power of the rate: 55 in place of 52; batches every 4
 * and every 2 ms: p50 18 and 16 in place of 22, p99 51 and 50 in place of 45; the rest of the page once in 4 s: p99 41 in place of 57.
 * An event waits up to 8 ms for its batch and up to 17 for its frame, which takes 4 to draw and, one in a hundred, 15: 29 without any
 * disturbance, and p99 is the worst 20 ms of two seconds.
 *
 * At 100,000 the events have to be taken in, and three programs share two cores. `ping.mjs` hardly notices the setting: 0.35 to
 * 0.42 of bare with each of them, within its own range.
 *
 * 60,000 round trips of `ping.mjs` cost the page (renderer, compositor, browser; medians of 6) 1.47 s of CPU with elements, 1.37
 * with rests by the rate and 1.29 with rests by its square: less than a third, for at that rate elements were painted only
 * four to six times a second already. What is left takes events in, and brings elements and the rest of the page up to date.
 * Tried: rows that are transparent under the canvas, painted and rastered all the same; a sketch for as long as a frame is
 * crowded, which came and went with each burst: 12 drawn frames and 159 layouts in 2.5 s. To ask a media query, or to read
 * the sample again for each change of the rows, lays the page out: both are remembered.
 */
import { gapsIn, serve, settle } from './lib/agent.mjs';
import { digits, median, quantile } from './lib/stats.mjs';
import { startProbe } from './page/probe.mjs';
import { defineRow } from './row.mjs';

const rates = [
  { rate: 10_000, atMostMs: 35 },
  { rate: 100_000, atMostMs: 40 },
];
const bytes = 64;
const seconds = { full: 2.5, quick: 0.3 };
const warmMs = { full: 500, quick: 100 };
const leastFps = 58;

/**
 * @typedef {import('./page/probe.mjs').Frame} Frame
 * @typedef {{ p50: number, p99: number, fps: number, reached: number }} Sample
 */

export const paint = defineRow({
  name: 'paint',
  run: async (stage, { pairs, quick }) => {
    const agent = await stage.agent();
    const page = await stage.page(agent);
    const port = await serve(agent, 'dgram', 'none');
    /** @type {import('./row.mjs').Measure[]} */
    const measures = [];
    for (const { rate, atMostMs } of rates) {
      /** @type {Sample[]} */
      const samples = [];
      for (let at = quick ? 0 : -1; at < pairs; at += 1) {
        const sample = await watch(stage, page, { port, rate, quick });
        if (at >= 0) samples.push(sample);
      }
      measures.push(...measuresOf(rate, atMostMs, samples, await gapsIn(page)));
    }
    return measures;
  },
});

/**
 * @param {number} rate
 * @param {number} atMostMs
 * @param {Sample[]} samples
 * @param {number} gaps
 * @returns {import('./row.mjs').Measure[]}
 */
function measuresOf(rate, atMostMs, samples, gaps) {
  const what = `event → painted at ${String(rate / 1000)}k/s,`;
  const of = (/** @type {keyof Sample} */ name) => samples.map((sample) => sample[name]);
  const note = `p50 ${digits(median(of('p50')))} ms; ${digits(median(of('reached')))} events/s reached; ${String(gaps)} gaps`;
  return [
    { what: `${what} p99`, unit: 'ms', target: { atMost: atMostMs }, values: of('p99'), note },
    { what: `${what} frames a second`, unit: 'fps', target: { atLeast: leastFps }, values: of('fps') },
  ];
}

/**
 * @param {import('./row.mjs').Stage} stage
 * @param {import('./lib/stage.mjs').Page} page
 * @param {{ port: number, rate: number, quick: boolean }} load
 * @returns {Promise<Sample>}
 */
async function watch(stage, page, { port, rate, quick }) {
  const count = Math.round(rate * (quick ? seconds.quick : seconds.full));
  await page.evaluate(startProbe);
  const done = await stage.load('datagrams.py', port, rate, count, bytes);
  // Not before the last event is there: what came late counts too.
  await settle(page);
  /** @type {Frame[]} */
  const frames = await page.evaluate('window.stopProbe()');
  const began = done.beganMs ?? NaN;
  const [from, to] = [began + (quick ? warmMs.quick : warmMs.full), began + done.seconds * 1000];
  const ages = agesOf(frames, from);
  return {
    p50: quantile(ages, 0.5),
    p99: quantile(ages, 0.99),
    fps: frames.filter(({ atMs }) => atMs >= from && atMs <= to).length / ((to - from) / 1000),
    reached: count / done.seconds,
  };
}

/**
 * The ages of events when they became visible, a tenth of a millisecond of events each.
 *
 * @param {Frame[]} frames
 * @param {number} from
 */
function agesOf(frames, from) {
  const stepMs = 0.1;
  /** @type {number[]} */
  const ages = [];
  let newest = from;
  for (const { atMs, stampMs } of frames) {
    for (; newest < stampMs; newest += stepMs) ages.push(atMs - newest);
  }
  return ages;
}
