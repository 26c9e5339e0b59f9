/**
 * UDP, 64 B: the highest rate at which nothing is lost anywhere between the sender and the page.
 *
 * Method: paced datagrams to one socket that does nothing with them. A rate holds when sent = received = journalled
 * (`eventsReceived` in `/api/sockets`) = delivered to the page (its own count of events, and no gap), at most 2 s after
 * the last one left. Bare: `bare-server.mjs`, sent = received. The highest rate that holds is found by halving, for
 * both sides in turn, anew in each pair around what the pair before found. One lost sample is taken again, so that a
 * hiccup of the machine does not decide. What counts is the rate the sender reached, not the one it was asked for.
 * Generator: Python, one connected socket, bursts of a millisecond; near 100 % of a core it is the limit of both
 * sides, and the ratio says only that the agent keeps up with it.
 *
 * Findings (2 cores, 5 pairs, alone): 0.46 of bare (0.41 to 0.49), 68,000 datagrams a second against 147,000, where bare is
 * limited by the generator. Without a page the agent's main thread takes 9.6 µs a datagram (bare 6.8): 7 µs are Node's own
 * receiving (64 KiB taken and given back for each, one recvmsg(2) each; libuv's recvmmsg is out of Node's reach), 2.6 are ours.
 * Later, 7 pairs, alone: 0.48 (0.43 to 0.60), 112,000 against 237,000 where the generator takes a whole core.
 * The page takes the rest of its core: an address once took 1.2 µs to read there and takes 0.25 now, without views of it.
 * The bound: CPU, µs a datagram at 100,000 a second, alone: generator 5.0, bare 4.7, the agent 6.5 with and without a page, renderer 3.4 (1.2 of it
 * our script), browser 1.0 and Playwright 1.6, who are told of each message in base64. 17.5 together: two cores carry 114,000 of
 * these a second, and 206,000 where generator and bare are alone. At 150,000 without a page the agent loses none, with one 5 to 20 %.
 *
 * Tried at 100,000 a second on a noisy machine, 5 interleaved runs each; µs a datagram of agent and renderer, and runs that lost any:
 * as it is 6.5 and 3.9, four; 8 bytes of each payload in a batch in place of 64, 7.3 and 3.4, five; libuv's own callback in place of
 * the event of Node's socket, 6.5 and 3.6, two (without a page 6.8 in place of 6.3, none); batches every 150 ms in place of 40, 7.0 and 3.8, one.
 * What is lost is lost in the kernel's buffer, which holds 5 ms of this flood, while the agent waits for its core; a page that is woken
 * less often takes it away less often, and paints later for it. Not kept: at this rate painting is late already (`paint.mjs`).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { eventsIn, gapsIn, journalled, serve, settle } from './lib/agent.mjs';
import { absolutes, ratios } from './lib/pairs.mjs';
import { defineRow } from './row.mjs';

const bytes = 64;
const lateMs = { full: 2_000, quick: 30_000 };
const sampleSeconds = { full: 1, quick: 0.05 };
const steps = { first: 6, next: 4, quick: 1, most: 12 };
const widest = { low: 20_000, high: 400_000 };
/** How far from the last pair's answer the next one is looked for. */
const around = 1.25;

/**
 * @typedef {import('./lib/pairs.mjs').Sample} Sample
 * @typedef {(count: number) => Promise<boolean>} Arrived whether all of the last `count` came through
 * @typedef {{ port: number, arrived: Arrived, best: Sample[] }} Side
 */

export const udp = defineRow({
  name: 'udp',
  run: async (stage, { pairs, quick }) => {
    const recorded = await recordedSide(stage, quick ? lateMs.quick : lateMs.full);
    const bare = await bareSide(stage);
    for (let pair = 0; pair < pairs; pair += 1) {
      for (const side of [recorded, bare]) side.best.push(await highest(stage, side, quick));
    }
    return [
      {
        what: 'UDP 64 B, highest lossless rate to the page, recorded ÷ bare',
        unit: '×',
        target: { atLeast: 0.9 },
        values: ratios(recorded.best, bare.best),
        note: absolutes({ recorded: recorded.best, bare: bare.best }, 'datagrams/s'),
      },
    ];
  },
});

/**
 * @param {import('./row.mjs').Stage} stage
 * @param {number} withinMs
 * @returns {Promise<Side>}
 */
async function recordedSide(stage, withinMs) {
  const agent = await stage.agent();
  const page = await stage.page(agent);
  const port = await serve(agent, 'dgram', 'none');
  await settle(page);
  let [had, shown, gaps] = [0, await eventsIn(page), 0];
  return {
    port,
    best: [],
    arrived: async (count) => {
      const end = performance.now() + withinMs;
      const goal = shown + count;
      while (shown < goal && performance.now() < end) {
        await sleep(20);
        shown = await eventsIn(page);
      }
      await settle(page);
      const [now, gapsNow] = [await journalled(agent, port), await gapsIn(page)];
      const all = shown === goal && now - had === count && gapsNow === gaps;
      [had, shown, gaps] = [now, await eventsIn(page), gapsNow];
      return all;
    },
  };
}

/**
 * @param {import('./row.mjs').Stage} stage
 * @returns {Promise<Side>}
 */
async function bareSide(stage) {
  const bare = await stage.bare('dgram');
  let had = 0;
  return {
    port: bare.port,
    best: [],
    arrived: async (count) => {
      await sleep(100);
      bare.write('\n');
      const { received } = /** @type {{ received: number }} */ (JSON.parse(await bare.line()));
      const all = received - had === count;
      had = received;
      return all;
    },
  };
}

/**
 * @param {import('./row.mjs').Stage} stage
 * @param {Side} side
 * @param {boolean} quick
 * @returns {Promise<Sample>}
 */
async function highest(stage, side, quick) {
  const last = side.best.at(-1)?.rate;
  let low = last === undefined ? widest.low : last / around;
  let high = last === undefined ? widest.high : last * around;
  /** @type {Sample | null} */
  let best = null;
  const times = quick ? steps.quick : last === undefined ? steps.first : steps.next;
  for (let step = 0; step < times || (best === null && step < steps.most); step += 1) {
    const rate = quick ? widest.low : Math.sqrt(low * high);
    const reached = await tryRate(stage, side, rate, quick);
    if (reached === null) {
      high = rate;
      // While nothing has held, the lower end is a guess.
      if (best === null) low /= around;
      continue;
    }
    low = rate;
    if (best === null || reached.rate > best.rate) best = reached;
    // The sender itself can do no more.
    if (reached.rate < 0.95 * rate) break;
  }
  if (best === null) throw new Error('datagrams were lost at every rate');
  return best;
}

/**
 * @param {import('./row.mjs').Stage} stage
 * @param {Side} side
 * @param {number} rate
 * @param {boolean} quick
 * @returns {Promise<Sample | null>} null when something was lost twice
 */
async function tryRate(stage, side, rate, quick) {
  const count = Math.round(rate * (quick ? sampleSeconds.quick : sampleSeconds.full));
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const { seconds, busy } = await stage.load('datagrams.py', side.port, Math.round(rate), count, bytes);
    if (await side.arrived(count)) return { rate: count / seconds, busy, seconds };
  }
  return null;
}
