/** Whoever stops, agent or reader, loses nothing and takes nobody along. `FROZEN_SECONDS` says for how long. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bundled } from '../cli.ts';
import { temporaryFolder } from '../disk.ts';
import { eventually } from '../eventually.ts';
import { line, serveAgent } from '../served.ts';
import type { ServedAgent } from '../served.ts';

const file = bundled('../src/cli.ts');
const frozenMs = 1_000 * Number(process.env.FROZEN_SECONDS ?? 2);
const mebi = 1024 * 1024;

/** Sends so many bytes to an echo and settles when all of them are back. */
async function flood(port: number, bytes: number): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let back = 0;
  socket.on('data', ({ length }) => (back += length));
  const chunk = Buffer.alloc(64 * 1024, 'flood ');
  for (let left = bytes; left > 0; left -= chunk.length) {
    if (!socket.write(chunk.subarray(0, Math.min(left, chunk.length)))) await once(socket, 'drain');
  }
  socket.end();
  await once(socket, 'close');
  return back;
}

const isGapless = (numbers: readonly number[]) => numbers.every((seq, index) => seq === index + 1);

test(
  'the agent sleeps while a peer sends: nothing is lost, order and monotonic times hold',
  { timeout: 60_000 + frozenMs },
  async () => {
    const agent = await serveAgent(file, temporaryFolder());
    const [port, page, follower] = [await agent.serve(), await agent.page(), await agent.follow()];
    const { pid } = agent.ready;
    const flooding = flood(port, 8 * mebi);
    await eventually(() => expect(page.events.length).toBeGreaterThan(5), { interval: 1 });
    process.kill(pid, 'SIGSTOP');
    await sleep(frozenMs);
    process.kill(pid, 'SIGCONT');
    expect(await flooding).toBe(8 * mebi);
    await eventually(() => expect(page.events.at(-1)?.type).toBe('closed'));
    expect(isGapless(page.events.map(({ seq }) => seq))).toBe(true);
    const times = page.events.map(({ time }) => time);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const received = page.events.reduce(
      (sum, event) => sum + (event.type === 'received' ? event.size : 0),
      0,
    );
    expect(received).toBe(8 * mebi);
    expect(page.events.some(({ type }) => type === 'dropped')).toBe(false);
    await eventually(() => expect(follower.lines).toHaveLength(page.events.length));
    expect(agent.cli.output.stderr).toBe('');
  },
);

/** A reader of `/api/events` that reads nothing until it is asked to. */
async function muteFollower(agent: ServedAgent): Promise<IncomingMessage> {
  const request = get(`${agent.origin}/api/events?follow=1`, {
    headers: { authorization: `Bearer ${agent.ready.token}` },
  });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  onTestFinished(() => void request.destroy());
  response.on('error', () => undefined);
  return response.pause();
}

/** Resident memory of a process, bytes (proc_pid_status(5)). */
const memoryOf = (pid: number) =>
  1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]);

describe('a slow or frozen reader hurts only itself', () => {
  test.skipIf(process.platform !== 'linux')(
    'mute pages and followers cost a cursor each, and go on without a gap',
    { timeout: 120_000 },
    async () => {
      const agent = await serveAgent(file, temporaryFolder());
      const port = await agent.serve();
      const [mute, frozen, lively] = [await agent.page(), await agent.page(), await agent.page()];
      const follower = await muteFollower(agent);
      mute.socket.pause();
      frozen.socket.removeAllListeners('message');
      const before = memoryOf(agent.ready.pid);
      expect(await flood(port, 40 * mebi)).toBe(40 * mebi);
      await eventually(() => expect(lively.events.at(-1)?.type).toBe('closed'));
      const last = lively.events.length;
      expect(isGapless(lively.events.map(({ seq }) => seq))).toBe(true);
      // The journal keeps what came once, the echo's answers for nothing; readers that stopped add no copy of it.
      expect(memoryOf(agent.ready.pid) - before).toBeLessThan(160 * mebi);

      mute.socket.resume();
      await eventually(() => expect(mute.events).toHaveLength(last));
      expect(mute.events).toEqual(lively.events);
      let [lines, rest] = [0, ''];
      for await (const chunk of follower.setEncoding('utf8') as AsyncIterable<string>) {
        const pieces = (rest + chunk).split('\n');
        rest = pieces.pop() ?? '';
        for (const text of pieces) {
          const told = line.parse(JSON.parse(text));
          expect(told.type === 'gap' ? 'gap' : told.seq).toBe((lines += 1));
        }
        if (lines >= last) break;
      }
      expect(lines).toBe(last);
    },
  );
});

test('20 pages at once see the same gapless events', { timeout: 60_000 }, async () => {
  const agent = await serveAgent(file, temporaryFolder());
  const port = await agent.serve();
  const pages = await Promise.all(Array.from({ length: 20 }, () => agent.page()));
  await Promise.all([flood(port, 2 * mebi), flood(port, 2 * mebi)]);
  const isOver = (page: (typeof pages)[number]) =>
    page.events.filter(({ type }) => type === 'closed').length === 2;
  await eventually(() => expect(pages.every(isOver)).toBe(true));
  const [first] = pages;
  expect(isGapless(first?.events.map(({ seq }) => seq) ?? [])).toBe(true);
  for (const page of pages) expect(page.events).toEqual(first?.events);
});
