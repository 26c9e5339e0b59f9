/**
 * 64 B ping-pong on 50 connections: what recording costs where events are many.
 *
 * Method: 64 bytes to and fro on each of 50 connections, a fixed number of round trips in all. Recorded: the agent's
 * behaviour echo, a page attached and painting. Bare: `bare-server.mjs`. socat: `TCP-LISTEN,fork PIPE`, a process a
 * connection. The page catches up before the next sample.
 * Generator: Python, one epoll and one thread. It is a quarter of the work of a Node client; its share of a core
 * stands in the note, and near 100 % the ratio to bare flatters the agent.
 *
 * Findings (2 cores, ratio to bare, medians of 3 to 5): without a page 0.75; with one 0.31 at first, 0.41 once a flood was painted in
 * shares of time. The page's CPU for 40,000 round trips went from 2.1 s to 0.75 s: rows in a pool that moves as one, arrows
 * clipped and not masked, cells without clips, writes three times as seldom in a flood. Of the agent's main thread 53 % is
 * write(2), 19 % our JavaScript, 7 % disk calls, 5 % the link. Limits: layout of 22 rows (4 to 6 ms) and the effects behind
 * them (6 ms) a paint, on cores that the sockets need too.
 *
 * Later, on a quiet machine, 7 pairs: with a page 0.36 (0.30 to 0.55), without one 0.57 to 0.68; bare itself was then half as fast
 * again. Where the time of 60,000 round trips goes (2.8 s of 2 cores): agent 1.8, renderer 1.2, generator 1.0, browser 0.27,
 * compositor 0.14, network 0.05. The agent makes the system calls that bare makes, and few more (`strace -c`); its main thread
 * takes 24 µs a round trip where bare takes 15, with nothing of ours above 2 % of it (`perf`). Tried: `drained` told only to
 * behaviours that ask for it, the clock read only when asked for: 0.1 s of user time in 100,000 round trips less. Writing to
 * libuv's handle without Node's Writable (a bare server, CPU for 20,000 round trips, low quarter of 12 interleaved runs): 0.36 s
 * with `data` events, 0.28 with reads into one buffer as the agent has them, 0.27 with raw writes too. Not kept: it takes
 * `process.binding`. A send that answers with a promise costs two turns of the microtask queue: streams answer at once now.
 *
 * What limits it with a page, alone, 7 pairs, ratio to bare and CPU seconds for 60,000 round trips:
 *
 *                                                      ratio                  agent   Chromium   wall
 *     nobody follows                                    0.63 (0.60 to 0.85)    1.48       –       1.5
 *     a program that takes the batches and drops them   0.58 (0.48 to 0.99)    1.61       –       1.7
 *     the page, Chromium started by hand                0.41 (0.33 to 0.55)    1.79      1.1      2.5
 *     the page under Playwright, as measured here       0.36 (0.26 to 0.44)    1.94      1.7      2.9
 *     the same, its script dropping batches unread      0.38 (0.34 to 0.54)    1.89      0.6      2.5
 *
 * The generator takes 1.0. Agent and generator depend on each other: with one of them waiting for its core the other has soon
 * nothing to do, so that a second of the page's makes the flood nearly a second longer, whichever core it takes; pinning
 * them to a core each changes nothing. Playwright has Chromium hand it each WebSocket frame in base64: 0.15 of a core at 40,000
 * events a second. Tried: elements brought up to date once a second, rests from 12,000 rows a second on and up to 240 ms.
 * Chromium then takes 0.8 and the ratio is 0.49 in place of 0.47, within its range; at 10,000 events a second painting is late by it.
 *
 * How often a page is woken counts more than what it computes. Batches in a flood every so many ms, 9 pairs each, one run:
 * 8: 0.40 (0.33 to 0.48), 33: 0.53 (0.39 to 0.57), 100: 0.51 (0.45 to 0.55); kept at 40, with data once a batch: 0.47 (0.40 to
 * 0.55). Painting at 100,000 a second is late by it: p50 208 ms in place of 159. Nobody follows, agent and generator on a core
 * each and warm: 0.81 (0.65 to 0.90); 73 % of the agent's main thread is then write(2). With a page agent and generator share
 * one core most of the time (8,000 switches a second in place of 300) and wait for one another while the other is half idle;
 * why stands in `echo.mjs`.
 *
 * Since then, CPU seconds for 60,000 round trips, 5 to 7 pairs in each of several runs, alone (bare: 0.5 and a wall of 0.6):
 *
 *                                       ratio          agent   Chromium   wall
 *     nobody follows, before            0.67 to 0.73    0.82       –       0.84
 *     nobody follows                    0.84 to 0.88    0.72       –       0.73
 *     the page, before                  0.41 to 0.45    1.08      0.77     1.5
 *     the page                          0.47 to 0.56    0.82      0.51     1.1
 *
 * What helped: no look at `.buffer` (see `echo.mjs`), no view and no copy for 32 bytes or more that come again, batches copied in
 * stretches, everything beside the rows brought up to date once a second. What is left is arithmetic: 0.85 leaves two cores 1.4 s,
 * of which generator and agent take 1.2 and do so only when each has a core. With a slower generator (asyncio, 29 µs a round trip)
 * the same page has 0.78, and 0.72 before, in one run. Tried: the agent at nice -10: 0.39 in place of 0.42; batches every 250 ms: 0.53, every
 * second: 0.67, which only puts the page's work off; rests by the fourth power of the rate: 0.54 in place of 0.51.
 *
 * With events packed (`shared/src/wire/packing.ts`: 3.5 bytes an event of this flood in place of 36, written in 45 ns in place of 100)
 * and all beside the rows brought up to date for a hundredth of the time. Both builds in the same runs, 5 to 9 pairs each:
 *
 *                                       ratio, before   since    Chromium and Playwright, before   since
 *     this generator                    0.54            0.61     0.54                              0.40
 *     asyncio                           0.71            0.81     0.65                              0.54
 *     a thread a connection             0.76            0.73     0.51                              0.38
 *
 * Three runs of this file, 9 pairs each: 0.48, 0.53 and 0.80; without a page 0.84 to 0.93. Limits: below 1.2 MB/s Chromium reads a
 * WebSocket 1,000 bytes at a time, each of them a task of the page, so fewer bytes than these would save more than
 * they weigh. Tried: batches every 60, 80 and 100 ms, rests by the fourth power: within the range. Agent and generator pinned to a
 * core each: 0.53 beside 0.57.
 *
 * What any page would cost: bare itself, beside a process that works through a share of each 40 ms and records nothing, ratio to bare
 * alone, 9 runs each: 0.92 at 0.15 of a core, 0.77 at 0.3, 0.74 at 0.45. Chromium takes 0.3 of one here (its main thread 0.17, its
 * pool of threads 0.06). Without a page the agent has 0.81, and the product is 0.62. Tried on a bare server with a read buffer of its own: all
 * answers of a turn of the event loop written at the turn's end, 0.55 s in place of 0.51 for 60,000 round trips.
 * And an agent that never sleeps between two turns, so that it keeps its core: 0.92 s in place of 0.99, and all of a core for ever.
 *
 * The bound, alone, 7 or 9 pairs each: a page that is attached and gets its batches only after the run has 0.86 (0.66 to 1.25), beside
 * 0.62 (0.40 to 0.67) as it is and 0.98 (0.61 to 1.09) without one. So 0.85 leaves nothing to a page that takes events in while they
 * come. CPU for 60,000 round trips: generator 0.55, agent 0.80 (0.71 without a page; bare 0.60), renderer 0.37, the rest of
 * Chromium and Playwright 0.1: 1.8 s, on two cores that could give 0.75 if neither ever waited. Of the renderer's 3 µs an event
 * 0.9 are our script. Tried: batches every 120, 300 and 1,000 ms: 0.65, 0.63 and 0.79 in place of 0.57, where the last is work put
 * off until after the run; per-message deflate (RFC 7692) for batches below 64 KiB, so that Chromium reads each in one or two pieces
 * of 1,000 bytes: 0.53 in place of 0.57, and no less CPU in any of its processes.
 *
 * The bound of any page that is told while it happens, alone, 7 and 9 pairs: one that gives credit back and drops every batch unread
 * (renderer 0.03 s of CPU for 60,000 round trips) has 0.73 (0.63 to 0.91) and 0.80 (0.62 to 1.03), beside 0.62 and 0.56 as it is
 * (renderer 0.27 and 0.35) and 0.95 and 0.86 without a page. That batches arrive costs as much as all that is done with them.
 */
import net from 'node:net';
import { freePort } from '../lib/free-port.mjs';
import { echoes } from './lib/echoes.mjs';
import { absolutes, interleave, ratios } from './lib/pairs.mjs';
import { until } from './lib/stage.mjs';
import { defineRow } from './row.mjs';

const connections = 50;
const rounds = { full: 60_000, quick: 200 };

export const ping = defineRow({
  name: 'ping',
  run: async (stage, effort) => {
    const ports = await echoes(stage);
    const other = await socat(stage);

    /**
     * @param {number} to
     * @param {number} amount
     */
    const sample = async (to, amount) => {
      const done = await stage.load('ping.py', to, connections, amount);
      return { rate: (done.rounds ?? NaN) / done.seconds, busy: done.busy, seconds: done.seconds };
    };
    const taken = await interleave(effort, rounds, {
      recorded: (amount) => sample(ports.recorded, amount).finally(ports.settled),
      bare: (amount) => sample(ports.bare, amount),
      socat: (amount) => sample(other, amount),
    });
    const what = '64 B ping-pong, 50 connections, recorded ÷';
    const note = absolutes(taken, 'round trips/s');
    return [
      {
        ...{ what: `${what} bare`, unit: '×', target: { atLeast: 0.9 }, note },
        values: ratios(taken.recorded, taken.bare),
      },
      {
        ...{ what: `${what} socat`, unit: '×', target: { atLeast: 1.4 } },
        values: ratios(taken.recorded, taken.socat),
      },
    ];
  },
});

/**
 * socat cannot say which port it took, so it gets one that was free just now.
 *
 * @param {import('./lib/stage.mjs').Stage} stage
 */
async function socat(stage) {
  const port = await freePort();
  const listen = `TCP-LISTEN:${String(port)},bind=127.0.0.1,fork,reuseaddr,backlog=64`;
  stage.helper('socat', [listen, 'PIPE']);
  await until(() => answers(port), 'socat to listen');
  return port;
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function answers(port) {
  return new Promise((resolve) => {
    const probe = net.connect(port, '127.0.0.1');
    probe.once('close', (failed) => resolve(!failed));
    probe.once('connect', () => probe.destroy()).on('error', () => probe.destroy());
  });
}
