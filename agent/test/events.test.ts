import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { jsonEvent } from '@socket-playground/shared/events/event.ts';
import { refusal } from '../src/gateway/api/schemas.ts';
import { limits } from '../src/limits.ts';
import { eventually } from './eventually.ts';
import { startTestAgent, token } from './agent.ts';
import type { TestAgent } from './agent.ts';
import { PlaygroundDouble } from './double.ts';
import { head, openRaw, readToEnd } from './raw.ts';

const line = z.looseObject({ seq: z.optional(z.int()), type: z.string() });
type Line = z.infer<typeof line>;

const parseLines = (body: string): Line[] =>
  body
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => line.parse(JSON.parse(text)));

const linesOf = async (agent: TestAgent, query = '') =>
  parseLines(await (await agent.get(`/api/events${query}`)).text());
const seqsOf = async (agent: TestAgent, query = '') => (await linesOf(agent, query)).map(({ seq }) => seq);

/** Reads a follower's response as it comes. */
async function follow(agent: TestAgent, query = '?follow=1') {
  const leave = new AbortController();
  const response = await agent.get(`/api/events${query}`, { signal: leave.signal });
  const received = { text: '', ended: false, failed: false };
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  void (async () => {
    try {
      for (;;) {
        const { value, done } = (await reader?.read()) ?? { done: true, value: '' };
        if (done) break;
        received.text += value;
      }
      received.ended = true;
    } catch {
      received.failed = true;
    }
  })();
  return { response, received, leave: () => leave.abort(), lines: () => parseLines(received.text) };
}

test('events are lines of JSON with whole payloads, and the head names the run', async () => {
  const agent = await startTestAgent();
  const large = 'x'.repeat(100_000);
  agent.playground.journal.append({
    socket: 1,
    type: 'opened',
    family: 'inet',
    socketType: 'stream',
    label: null,
  });
  agent.playground.receive(large);
  const response = await agent.get('/api/events');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
  expect(response.headers.get('epoch')).toBe('test-epoch');
  expect(response.headers.get('started')).toBe('2026-11-21T04:24:05.000Z');
  const [first, second] = (await response.text())
    .split('\n')
    .map((line) => jsonEvent.safeParse(line && JSON.parse(line)).data);
  expect(first).toEqual({
    seq: 1,
    time: 1_000,
    socket: 1,
    type: 'opened',
    family: 'inet',
    socketType: 'stream',
    label: null,
  });
  expect(second).toEqual({
    seq: 2,
    time: 2_000,
    socket: 1,
    type: 'received',
    size: 100_000,
    data: btoa(large),
  });
});

test('from is inclusive; past the end there is nothing', async () => {
  const agent = await startTestAgent();
  expect(await seqsOf(agent)).toEqual([]);
  for (const text of ['a', 'b', 'c']) agent.playground.receive(text);
  expect(await seqsOf(agent)).toEqual([1, 2, 3]);
  expect(await seqsOf(agent, '?from=2')).toEqual([2, 3]);
  expect(await seqsOf(agent, '?from=3&follow=0')).toEqual([3]);
  expect(await seqsOf(agent, '?from=4')).toEqual([]);
  expect(await seqsOf(agent, '?from=999999999999999')).toEqual([]);
});

test('a query that is not understood is refused, naming the field', async () => {
  const agent = await startTestAgent();
  const wrong: [string, string | undefined][] = [
    ['?from=0', 'from'],
    ['?from=-1', 'from'],
    ['?from=', 'from'],
    ['?from=abc', 'from'],
    ['?from=1.5', 'from'],
    ['?from=1&from=2', 'from'],
    ['?follow=yes', 'follow'],
    ['?form=1', undefined],
  ];
  for (const [query, field] of wrong) {
    const response = await agent.get(`/api/events${query}`);
    const { problem } = refusal.parse(await response.json());
    expect([query, response.status, problem.code, problem.field]).toEqual([query, 400, 'bad-query', field]);
  }
});

test('what is no longer kept is a gap line, in its place', async () => {
  const playground = new PlaygroundDouble({ journalBytes: 8_192, journalEvents: 1_000, blockBytes: 2_048 });
  const agent = await startTestAgent({ playground });
  for (let count = 0; count < 20; count += 1) playground.receive(String(count).padEnd(1_000, 'x'));
  const { first, latest } = playground.journal;
  expect(first).toBeGreaterThan(1);
  const kept = Array.from({ length: latest - first + 1 }, (_, index) => first + index);
  const [gap, ...events] = await linesOf(agent);
  expect(gap).toEqual({ type: 'gap', from: 1, to: first - 1, reason: 'memory-limit' });
  expect(events.map(({ seq }) => seq)).toEqual(kept);
  expect((await linesOf(agent, '?from=3'))[0]).toEqual({
    type: 'gap',
    from: 3,
    to: first - 1,
    reason: 'memory-limit',
  });
});

test('without follow it ends at what was newest when it began, though the journal grows', async () => {
  const agent = await startTestAgent();
  for (let count = 0; count < 200; count += 1) agent.playground.receive('x'.repeat(10_000));
  const response = await agent.get('/api/events');
  const growing = setInterval(() => agent.playground.receive('more'), 1);
  const lines = parseLines(await response.text());
  clearInterval(growing);
  expect(lines.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  expect(agent.playground.journal.latest).toBeGreaterThan(200);
});

test('a follower gets its head at once, then every event as it happens', async () => {
  const agent = await startTestAgent();
  const follower = await follow(agent);
  expect(follower.response.status).toBe(200);
  agent.playground.receive('one');
  await eventually(() => expect(follower.lines().map(({ seq }) => seq)).toEqual([1]));
  agent.playground.receive('two');
  agent.playground.receive('three');
  await eventually(() => expect(follower.lines().map(({ seq }) => seq)).toEqual([1, 2, 3]));
});

test('a follower may wait for an event that is yet to come', async () => {
  const agent = await startTestAgent();
  const follower = await follow(agent, '?from=3&follow=1');
  for (const text of ['one', 'two', 'three']) agent.playground.receive(text);
  await eventually(() => expect(follower.lines().map(({ seq }) => seq)).toEqual([3]));
});

test('so many may follow, and one that leaves is forgotten', async () => {
  const agent = await startTestAgent();
  const followers = await Promise.all(Array.from({ length: limits.followers }, () => follow(agent)));
  const refused = await agent.get('/api/events');
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ ok: false, problem: { code: 'too-many-followers' } });
  for (const follower of followers) follower.leave();
  await eventually(async () => expect((await agent.get('/api/events')).status).toBe(200));
});

test('a follower that sends FIN has left: its place is free though nothing happens', async () => {
  const agent = await startTestAgent();
  const request = head(agent, 'GET /api/events?follow=1 HTTP/1.1', [`Authorization: Bearer ${token}`]);
  const early = await openRaw(agent);
  early.end(request);
  const late = await openRaw(agent);
  late.write(request);
  await once(late, 'data');
  late.end();
  for (const follower of [early, late])
    expect((await readToEnd(follower)).text.endsWith('0\r\n\r\n')).toBe(true);
});

test.each([
  ['FIN', (client: Socket) => void client.end()],
  ['RST', (client: Socket) => void client.resetAndDestroy()],
])('of two followers in a row on one connection %s frees both places', async (_name, leave) => {
  const agent = await startTestAgent();
  const others = Array.from({ length: limits.followers - 2 }, () => follow(agent));
  await Promise.all(others);
  const client = await openRaw(agent);
  const request = head(agent, 'GET /api/events?follow=1 HTTP/1.1', [`Authorization: Bearer ${token}`]);
  client.write(request.repeat(2));
  const read = async () => {
    const response = await agent.get('/api/events');
    await response.text();
    return response.status;
  };
  await eventually(async () => expect(await read()).toBe(503));
  leave(client);
  await eventually(async () => expect(await read()).toBe(200));
  expect((await follow(agent)).response.status).toBe(200);
  await eventually(async () => expect(await read()).toBe(200));
});

test('both followers in a row on one connection get their end', async () => {
  const agent = await startTestAgent();
  agent.playground.receive('one');
  const client = await openRaw(agent);
  const request = head(agent, 'GET /api/events?follow=1 HTTP/1.1', [`Authorization: Bearer ${token}`]);
  client.end(request.repeat(2));
  const { text } = await readToEnd(client);
  expect(text.match(/\r\n0\r\n\r\n/g)).toHaveLength(2);
});

test('a shutdown ends a follower after a whole line', async () => {
  const agent = await startTestAgent();
  const follower = await follow(agent);
  agent.playground.receive('one');
  await eventually(() => expect(follower.lines()).toHaveLength(1));
  await agent.app.close();
  await eventually(() => expect(follower.received).toMatchObject({ ended: true, failed: false }));
  expect(follower.received.text.endsWith('\n')).toBe(true);
});

test('a mute follower costs a cursor only, and holds up nobody', async () => {
  const agent = await startTestAgent();
  const mute = await openRaw(agent);
  mute.pause();
  mute.write(head(agent, 'GET /api/events?follow=1 HTTP/1.1', [`Authorization: Bearer ${token}`]));
  const before = process.memoryUsage();
  const chunk = 'x'.repeat(60_000);
  for (let count = 0; count < 2_000; count += 1) {
    agent.playground.receive(chunk);
    if (count % 50 === 0) await new Promise(setImmediate);
  }
  // As lines these are 160 MB; what waits for the mute one is a piece or two and the kernel's share.
  expect(process.memoryUsage().heapUsed - before.heapUsed).toBeLessThan(64 * 1024 * 1024);
  expect((await seqsOf(agent, '?from=1999')).length).toBe(2);
});

test('a reader has its place before its session is opened: that takes long', async () => {
  const agent = await startTestAgent();
  let release: (nothing: null) => void = () => undefined;
  const held = new Promise<null>((resolve) => (release = resolve));
  agent.playground.sessions.open = () => held;
  const asked = Array.from({ length: limits.followers + 1 }, () => agent.get('/api/sessions/past'));
  expect((await Promise.race(asked)).status).toBe(503);
  release(null);
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 404)).toHaveLength(limits.followers);
  expect((await agent.get('/api/sessions/past')).status).toBe(404);
});
