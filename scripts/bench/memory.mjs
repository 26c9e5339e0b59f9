/**
 * Memory of the agent per journalled event, at a mean payload of 146 bytes.
 *
 * Method: datagrams of 64 and 228 bytes in turns to one socket, 100,000 a step. After each step the heap and what hangs
 * on it (`heapUsed + external`, after a collection) is taken; a value is what one step added, by the events it added to the
 * journal. Seven steps stay below the journal's caps, so nothing is evicted. Chunks of a mebibyte make a step coarse by
 * 10 B an event. No page is attached: what a page costs the agent is its cursor.
 * Generator: Python, paced well below the highest lossless rate.
 */
import { allJournalled, serve } from './lib/agent.mjs';
import { defineRow } from './row.mjs';

const step = { full: 100_000, quick: 2_000 };
const rate = 25_000;

export const memory = defineRow({
  name: 'memory',
  run: async (stage, { pairs, quick }) => {
    const count = quick ? step.quick : step.full;
    const probe = stage.probe();
    const agent = await stage.agent({ probe });
    const port = await serve(agent, 'dgram', 'none');
    const weigh = async () => {
      const events = await allJournalled(agent, port);
      const { heapUsed, external } = await probe.memory(agent.ready.pid);
      return { bytes: heapUsed + external, events };
    };
    /** @type {number[]} */
    const values = [];
    let before = await weigh();
    for (let at = quick ? 0 : -1; at < pairs; at += 1) {
      await stage.load('datagrams.py', port, rate, count, '64,228');
      const after = await weigh();
      if (at >= 0) values.push((after.bytes - before.bytes) / (after.events - before.events));
      before = after;
    }
    return [
      {
        what: 'agent memory per journalled event, payload 146 B',
        unit: 'B',
        target: { atMost: 200 },
        values,
        note: `${String(count)} datagrams a step, ${String(before.events)} events in all`,
      },
    ];
  },
});
