/**
 * Ten minutes of TCP and UDP as fast as it comes, with a page attached: memory stays bounded, and nothing is lost
 * on TCP. An echo flood, a chargen flood and datagrams to a discard server run in rounds; after each the agent's
 * resident size is read. The journal is at its cap long before the end, so growth after the first third is a leak.
 */
import assert from 'node:assert/strict';
import net from 'node:net';
import { readFileSync } from 'node:fs';
import { serve, settle } from '../bench/lib/agent.mjs';
import { quantile } from '../bench/lib/stats.mjs';
import { Unavailable } from '../bench/lib/processes.mjs';
import { defineSoak } from './run.mjs';

const mebi = 1024 * 1024;
const longMs = 10 * 60_000;
/** The journal's cap in memory, as much again for what waits in queues and for garbage, and Node itself. */
const boundBytes = 1024 * mebi;
/** How far the last third may lie above the middle one: the collector's freedom, not growth. */
const slackBytes = 96 * mebi;
const round = { echoMebibytes: 192, chargenBytes: 64 * mebi, datagrams: 40_000, rate: 40_000, bytes: 512 };
const leastRounds = 3;

export const flood = defineSoak({
  name: 'flood',
  promise: 'memory is bounded under ten minutes of flood',
  run: async (stage, scale) => {
    const agent = await stage.agent();
    const page = await stage.page(agent);
    const [echo, chargen] = [await serve(agent, 'stream', 'echo'), await serve(agent, 'stream', 'chargen')];
    const discard = await serve(agent, 'dgram', 'discard');
    const size = Math.min(1, Math.max(scale * 20, 0.02));
    const end = performance.now() + longMs * scale;
    /** @type {number[]} */
    const resident = [];
    while (resident.length < leastRounds || performance.now() < end) {
      const mebibytes = Math.ceil(round.echoMebibytes * size);
      const [echoed] = await Promise.all([
        stage.load('echo.py', echo, mebibytes),
        swallow(chargen, round.chargenBytes * size),
        stage.load('datagrams.py', discard, round.rate, Math.ceil(round.datagrams * size), round.bytes),
      ]);
      assert.equal(echoed.bytes, mebibytes * mebi, 'every byte came back');
      resident.push(residentBytes(agent.ready.pid));
    }
    await settle(page);
    const peak = Math.max(...resident);
    assert.ok(peak <= boundBytes, `resident size ${megabytes(peak)} stays below ${megabytes(boundBytes)}`);
    const third = Math.ceil(resident.length / 3);
    const [middle, last] = [resident.slice(third, 2 * third), resident.slice(-third)];
    const grown = quantile(last, 0.5) - quantile(middle, 0.5);
    // Before the caps are reached the journal grows, as it should.
    if (scale >= 1) assert.ok(grown <= slackBytes, `it grew by ${megabytes(grown)} in the last third`);
    return { rounds: resident.length, peak: megabytes(peak), grown: megabytes(grown) };
  },
});

/** @param {number} bytes */
const megabytes = (bytes) => `${(bytes / mebi).toFixed(0)} MiB`;

/**
 * Reads that much from a server that never stops by itself.
 *
 * @param {number} port
 * @param {number} bytes
 * @returns {Promise<void>}
 */
function swallow(port, bytes) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    let left = bytes;
    socket.on('data', (data) => {
      left -= data.length;
      if (left <= 0) socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => (left <= 0 ? resolve() : reject(new Error('chargen stopped early'))));
  });
}

/** From proc(5); @param {number} pid */
function residentBytes(pid) {
  if (process.platform !== 'linux') throw new Unavailable('the resident size is read from /proc');
  const [, kibibytes = NaN] =
    /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}
