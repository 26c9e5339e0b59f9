/**
 * Twenty tabs on one agent under load: each sees every event, in the same order, without a gap. Real tabs of one
 * Chromium; the load is accepts, echoes and datagrams from outside. What a tab has seen is read from its log: the
 * number of rows is the number of events (a gap would be a row more and events fewer), and its last rows are those
 * of all others.
 */
import assert from 'node:assert/strict';
import { ask, eventsIn, gapsIn, serve, settle } from '../bench/lib/agent.mjs';
import { until } from '../bench/lib/stage.mjs';
import { defineSoak } from './run.mjs';

const most = { tabs: 20, rounds: 20, connections: 100, datagrams: 4_000 };
const least = { tabs: 3, rounds: 1 };
const rate = 4_000;
const bytes = 64;

export const tabs = defineSoak({
  name: 'tabs',
  promise: 'twenty tabs see the same gapless events',
  run: async (stage, scale) => {
    const agent = await stage.agent();
    const first = await stage.page(agent);
    const browser = first.context().browser();
    assert.ok(browser !== null);
    const pages = [first];
    const count = Math.max(least.tabs, Math.round(most.tabs * scale));
    while (pages.length < count) pages.push(await stage.tab(browser, agent));

    const [echo, discard] = [await serve(agent, 'stream', 'echo'), await serve(agent, 'dgram', 'discard')];
    const rounds = Math.max(least.rounds, Math.round(most.rounds * scale));
    for (let at = 0; at < rounds; at += 1) {
      await Promise.all([
        stage.load('accept.py', echo, Math.ceil(most.connections * Math.max(scale, 0.1))),
        stage.load('datagrams.py', discard, rate, Math.ceil(most.datagrams * Math.max(scale, 0.05)), bytes),
      ]);
    }
    await Promise.all(pages.map(settle));
    const events = await latest(agent);
    for (const page of pages)
      await until(async () => (await eventsIn(page)) === events, 'a tab to have all events');
    const seen = await Promise.all(pages.map(rowsIn));
    const gaps = await Promise.all(pages.map(gapsIn));
    assert.deepEqual(new Set(gaps), new Set([0]), 'no tab was told of a gap');
    for (const { rows, last } of seen) {
      assert.equal(rows, events, 'a row for each event');
      assert.deepEqual(last, seen[0]?.last, 'the same last rows');
    }
    return { tabs: pages.length, events };
  },
});

/**
 * The number of the newest event.
 *
 * @param {import('../bench/lib/stage.mjs').Agent} agent
 */
async function latest(agent) {
  const text = await (await ask(agent, '/api/events?from=1')).text();
  const last = text.trimEnd().split('\n').at(-1) ?? '{}';
  const { seq = 0 } = /** @type {{ seq?: number }} */ (JSON.parse(last));
  return seq;
}

/** @param {import('../bench/lib/stage.mjs').Page} page */
async function rowsIn(page) {
  const grid = page.getByRole('grid', { name: 'Packet log' });
  const rows = Number(await grid.getAttribute('aria-rowcount')) - 1;
  const texts = await grid.getByRole('row').allInnerTexts();
  return { rows, last: texts.sort().map((text) => text.replaceAll(/\s+/g, ' ')) };
}
