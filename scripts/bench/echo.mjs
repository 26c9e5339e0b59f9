/**
 * 64 KiB echo: what recording costs where bytes are many.
 *
 * Method: one connection to an echo server; the generator writes a fixed number of mebibytes, 64 KiB a write, reads
 * all of it back and ends. MB/s is bytes read by seconds. Recorded: the agent's behaviour echo, journal in memory and on
 * disk, a page attached and painting. Bare: `bare-server.mjs`. The page catches up before the next sample.
 * Generator: Python, two threads that sit in `send` and `recv`; it needs a fraction of what either server needs. Its bytes
 * repeat, so the journal writes them once a block: other payloads cost more.
 *
 * Findings (2 cores, ratio to bare, medians of 3 to 5): with a page 0.45 at first, 0.56 once the page painted a flood in shares of
 * time and long data that come again at once were written once; without a page 0.54 on disk, 0.71 on tmpfs before that. Main-thread
 * CPU is 0.76 of bare. Limits: fresh page cache takes 240 to 450 MB/s here until memory was touched once (3 GB/s then), and
 * the page needs half a core. Tried: received bytes copied once into memory that is used again; an echo's `sent` as a
 * pointer. Later, on a quiet machine, 7 pairs: 0.64 (0.47 to 0.76) with a page; main-thread CPU without one is 0.77 of bare.
 *
 * What the page's half core was, 7 or 9 interleaved pairs each, alone: 0.55 with a page, 0.90 without. A profile of the page
 * had a quarter of a core in writing out 200 zero bytes a row as escapes, of which a row shows 60: with a table, and no
 * further than the row, 0.64. A batch every 40 ms in a flood in place of 8: 0.61 to 0.69 in one run; every 100 ms: 0.73, at
 * ten frames a second. Data that the batch has already sent once, like the file: half its bytes. Kept: 0.67 (0.52 to 0.78).
 * What is left is not work but turns: the agent waits 0.36 of the time for its core while a quarter of the machine is idle
 * (schedstat). Linux looks for an idle core only while the cores that share a cache are not busy; with two of them it wakes
 * the generator on the agent's own core, and each thread of the browser that wakes makes them wait for one another.
 *
 * Since then: an echo's bytes are known by the view that was handed out and not by where they lie (each `.buffer` of a typed array is
 * a call into V8's runtime), a batch copies records as they lie and has data once wherever it begins, and all but the rows follows
 * a flood by what that costs. 7 pairs each, alone: medians from 0.76 to 0.97 in seven runs and 1.04 (0.71 to 1.13) in a whole one;
 * without a page 1.09 in the last of them, since reads into one buffer cost less than bare's. Batches every 40, 100 or 250 ms: 0.93, 0.97, 0.94.
 * Bytes that do not repeat, 7 pairs: 0.42 before and 0.48 now; without a page 0.54 to 0.71. Each of them is written to the disk's cache.
 * Rows are drawn on a canvas from 1,000 a second on and not from 6,000: half the page's CPU in between.
 */
import { echoes } from './lib/echoes.mjs';
import { absolutes, interleave, ratios } from './lib/pairs.mjs';
import { defineRow } from './row.mjs';

const mebibytes = { full: 768, quick: 2 };

export const echo = defineRow({
  name: 'echo',
  run: async (stage, effort) => {
    const ports = await echoes(stage);

    /**
     * @param {number} to
     * @param {number} amount
     */
    const sample = async (to, amount) => {
      const { bytes = NaN, seconds, busy } = await stage.load('echo.py', to, amount);
      return { rate: bytes / seconds / 1e6, busy, seconds };
    };
    const taken = await interleave(effort, mebibytes, {
      recorded: (amount) => sample(ports.recorded, amount).finally(ports.settled),
      bare: (amount) => sample(ports.bare, amount),
    });
    return [
      {
        what: '64 KiB echo, recorded ÷ bare',
        unit: '×',
        target: { atLeast: 0.9 },
        values: ratios(taken.recorded, taken.bare),
        note: absolutes(taken, 'MB/s'),
      },
    ];
  },
});
