/**
 * Accept and first echo: what recording costs where connections are many and short.
 *
 * Method: connect, send 64 bytes, read them back, close; 32 connections at a time, a fixed number in all. Recorded: the
 * agent's behaviour echo, a page attached and painting. Bare: `bare-server.mjs`. The page catches up before the next sample.
 * Generator: Python with blocking calls, which on loopback hardly ever block.
 *
 * Findings (CPU of the agent's main thread for 2,000 connections, no page, low fifth of 14 interleaved runs beside other
 * work: bare takes 0.24 s): 0.53 s at first. A connection is seven events, five of which are put into JSON. Each was once to
 * know its room and once more to be written; each was copied twice by a spread with fields behind it, which V8 does not
 * copy by its shape; the listener's address was parsed anew, and every worker had a getter of its own. Without these it
 * is 0.39 s. The rest is Node's own stream (a third), five records, their states, and getpeername(2).
 * With a page, 5 pairs, alone: 0.42 of bare (0.35 to 0.47).
 * A look whether two of our own ends talk to each other then parsed four addresses a connection, a seventh of the main thread: 0.33.
 * Addresses parsed lately are remembered: without a page 0.68 in one profiled run (0.51 before), 0.46 with one (0.34 to 0.71).
 * The page checks what it receives: 14 µs a life event, unless its text was checked before (4.5 µs on average).
 *
 * Where it stands, CPU a connection, warm: bare 72 µs; the agent 123 without a page and 140 with one, the page's main thread 54 and the
 * rest of Chromium 30. Of the agent's 123 some 25 are ours: getpeername(2) 5, JSON 4, the rest below 3 each; garbage is 7. So
 * without a page no more than about 0.65 can come of it, whatever is saved in the page, unless Node's own stream is given up.
 *
 * Tried, on a noisy machine, low quarter of 5 interleaved runs with a page, wall for 6,000 connections, 1.23 s as it is (bare 0.60): a
 * page that takes events unchecked, 1.25; short texts decoded by hand, 1.38; no getpeername(2) and one address for all, which is
 * a bound and no design, 1.11, and without a page nothing. A bare server, µs of CPU a connection in two runs: 58 and 77 with a pipe,
 * 55 and 65 that reads into a buffer of its own as the agent does, 37 and 45 on libuv's handle without Node's stream. That is the
 * one saving of size, 20 of the agent's 123, and takes `process.binding`.
 *
 * Six builds of three days beside each other, without a page, low quarter of 12 runs beside other work, CPU seconds for 6,000 connections:
 * 0.60 to 0.79, the newest 0.63 (bare 0.38). With a page, alone, the newest took 0.92 s of wall and one of two days before 1.0 (bare
 * 0.41): where the ratio falls from one run of this file to the next, it is bare that was faster.
 */
import { echoes } from './lib/echoes.mjs';
import { absolutes, interleave, ratios } from './lib/pairs.mjs';
import { defineRow } from './row.mjs';

const connections = { full: 6_000, quick: 40 };

export const accept = defineRow({
  name: 'accept',
  run: async (stage, effort) => {
    const ports = await echoes(stage);

    /**
     * @param {number} to
     * @param {number} amount
     */
    const sample = async (to, amount) => {
      const done = await stage.load('accept.py', to, amount);
      return { rate: (done.connections ?? NaN) / done.seconds, busy: done.busy, seconds: done.seconds };
    };
    const taken = await interleave(effort, connections, {
      recorded: (amount) => sample(ports.recorded, amount).finally(ports.settled),
      bare: (amount) => sample(ports.bare, amount),
    });
    return [
      {
        what: 'accept + first echo, recorded ÷ bare',
        unit: '×',
        target: { atLeast: 0.9 },
        values: ratios(taken.recorded, taken.bare),
        note: absolutes(taken, 'connections/s'),
      },
    ];
  },
});
