/**
 * Idle connections: what the agent keeps for each, beyond what Node keeps.
 *
 * Method: the heap and what hangs on it (`heapUsed + external`, after a collection) with thousands of idle connections
 * less the same without them, by their number; the agent's less the bare server's. Taken right after each other for
 * each pair, on new connections. The journal is filled to its cap first: its size then stays the same, and the records
 * of the connections, which `memory.mjs` weighs, do not count twice. The resident size stands in the note only: it
 * moves by megabytes when nothing happens. No page is attached: what a page costs the agent is its cursor.
 * Generator: Python, which opens the connections and waits.
 */
import { serve } from './lib/agent.mjs';
import { digits, median } from './lib/stats.mjs';
import { defineRow } from './row.mjs';

const connections = { full: 5_000, quick: 50 };
const fillMebibytes = { full: 400, quick: 1 };

export const idle = defineRow({
  name: 'idle',
  run: async (stage, { pairs, quick }) => {
    const count = quick ? connections.quick : connections.full;
    const [agentProbe, bareProbe] = [stage.probe(), stage.probe()];
    const agent = await stage.agent({ probe: agentProbe });
    const bare = await stage.bare('stream', bareProbe);
    const port = await serve(agent, 'stream', 'echo');
    await stage.load('echo.py', port, quick ? fillMebibytes.quick : fillMebibytes.full);

    const agentSide = { pid: agent.ready.pid, port, probe: agentProbe };
    const bareSide = { pid: bare.pid, port: bare.port, probe: bareProbe };
    if (!quick) for (const side of [agentSide, bareSide]) await perConnection(stage, side, count);
    /** @type {{ heap: number, rss: number }[]} */
    const ours = [];
    /** @type {{ heap: number, rss: number }[]} */
    const theirs = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      ours.push(await perConnection(stage, agentSide, count));
      theirs.push(await perConnection(stage, bareSide, count));
    }
    const middle = (/** @type {{ heap: number, rss: number }[]} */ list) =>
      `${digits(median(list.map(({ heap }) => heap)))} B (resident ${digits(median(list.map(({ rss }) => rss)))} B)`;
    return [
      {
        what: 'memory per idle connection, recorded − bare',
        unit: 'B',
        target: { atMost: 300 },
        values: ours.map(({ heap }, at) => heap - (theirs[at]?.heap ?? NaN)),
        note: `recorded ${middle(ours)}, bare ${middle(theirs)}; ${String(count)} connections`,
      },
    ];
  },
});

/**
 * @param {import('./row.mjs').Stage} stage
 * @param {{ pid: number, port: number, probe: import('./lib/stage.mjs').Probe }} side
 * @param {number} count
 */
async function perConnection(stage, { pid, port, probe }, count) {
  const before = await probe.memory(pid);
  const holder = stage.loading('idle.py', port, count);
  await holder.line();
  const during = await probe.memory(pid);
  await holder.stop();
  return {
    heap: (during.heapUsed + during.external - before.heapUsed - before.external) / count,
    rss: (during.rss - before.rss) / count,
  };
}
