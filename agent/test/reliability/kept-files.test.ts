/** Files of sessions that somebody else had in hand, as a program hears of them over HTTP: damaged, cut, put back. */
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { bundled } from '../cli.ts';
import { temporaryFolder } from '../disk.ts';
import { serveAgent } from '../served.ts';
import type { ServedAgent } from '../served.ts';

const file = bundled('../src/cli.ts');
const numbered = z.looseObject({ type: z.string(), seq: z.optional(z.int()) });
const gapLine = z.object({ type: z.literal('gap'), from: z.int(), to: z.int(), reason: z.string() });

/** A session that ended in order: its number of events, and the agent's run after it. */
async function kept(data: string) {
  const agent = await serveAgent(file, data);
  const peer = connect(await agent.serve(), '127.0.0.1');
  for (let said = 0; said < 20; said += 1) {
    peer.write('otter');
    await once(peer, 'data');
  }
  peer.end();
  await once(peer, 'close');
  await agent.kill('SIGTERM');
  const reader = await serveAgent(file, data);
  const info = (await reader.sessions()).find(({ id }) => id === agent.session);
  expect(info).toMatchObject({ complete: true });
  return { id: agent.session, path: join(data, agent.session), events: info?.events ?? 0, reader };
}

const linesOf = (reader: ServedAgent, id: string) => reader.lines(`/api/sessions/${id}?format=json`);

/** The events that are there must be the first ones, and the rest one gap at their end. */
function expectGapAtEnd(lines: readonly string[], events: number): void {
  const parsed = lines.map((line) => numbered.parse(JSON.parse(line)));
  const there = parsed.slice(0, -1).map(({ seq }) => seq);
  expect(there).toEqual(there.map((_, index) => index + 1));
  expect(there.length).toBeGreaterThan(0);
  expect(gapLine.parse(JSON.parse(lines.at(-1) ?? ''))).toEqual({
    type: 'gap',
    from: there.length + 1,
    to: events,
    reason: 'not-in-file',
  });
}

test.each([
  [
    'damaged in place',
    (path: string, bytes: Buffer) => {
      bytes.subarray(-400, -300).fill(0xff);
      writeFileSync(path, bytes);
    },
  ],
  ['cut off', (path: string, bytes: Buffer) => truncateSync(path, bytes.length - 350)],
])('a session that ended and was %s since: every format tells which events are missing', async (_, harm) => {
  const { id, path, events, reader } = await kept(temporaryFolder());
  harm(path, readFileSync(path));
  const lines = await linesOf(reader, id);
  expectGapAtEnd(lines, events);
  const gap = lines.at(-1) ?? '';
  const { from, to, reason } = gapLine.parse(JSON.parse(gap));
  const infoOf = async () => (await reader.sessions()).find((info) => info.id === id);
  expect(await infoOf()).toMatchObject({ events: from - 1, complete: false });
  const csv = await (await reader.get(`/api/sessions/${id}?format=csv`)).text();
  expect(csv).toContain(JSON.stringify({ from, to, reason }).replaceAll('"', '""'));
  const pcapng = await (await reader.get(`/api/sessions/${id}?format=pcapng`)).text();
  expect(pcapng).toContain(gap);
  const copy = Buffer.from(await (await reader.get(`/api/sessions/${id}`)).arrayBuffer());
  writeFileSync(path, copy);
  expect(await linesOf(reader, id)).toEqual(lines);
  expect(await infoOf()).toMatchObject({ events: from - 1, complete: false });
});

test('a copy that is put back is as complete as what it was made of', async () => {
  const data = temporaryFolder();
  const { id, path, events, reader } = await kept(data);
  const lines = await linesOf(reader, id);
  const copyOf = async (name: string) =>
    Buffer.from(await (await reader.get(`/api/sessions/${name}`)).arrayBuffer());
  const infoOf = async (name: string) => (await reader.sessions()).find((info) => info.id === name);

  const copy = await copyOf(id);
  const put = `${id.slice(0, -8)}00000001`;
  writeFileSync(join(data, put), copy);
  expect(await infoOf(put)).toMatchObject({ events, complete: true });
  expect(await linesOf(reader, put)).toEqual(lines);

  // A download that broke off.
  writeFileSync(join(data, put), copy.subarray(0, -100));
  expect(await infoOf(put)).toMatchObject({ complete: false });
  expectGapAtEnd(await linesOf(reader, put), events);

  // The state of an agent that was killed: nobody knows what would have come behind it.
  const killed = readFileSync(path);
  killed.fill(0, 10, 11).fill(0, 16, 32);
  writeFileSync(join(data, put), killed);
  expect(await infoOf(put)).toMatchObject({ events, complete: false });
  writeFileSync(join(data, put), await copyOf(put));
  expect(await infoOf(put)).toMatchObject({ events, complete: false });
});

test('a copy of the running session is whole up to where it was made', async () => {
  const data = temporaryFolder();
  const agent = await serveAgent(file, data);
  await agent.serve();
  const put = `${agent.session.slice(0, -8)}00000001`;
  const copy = await (await agent.get('/api/sessions/current')).arrayBuffer();
  writeFileSync(join(data, put), Buffer.from(copy));
  const [running, listed] = [await agent.lines(), await linesOf(agent, put)];
  expect(listed).toEqual(running);
  expect((await agent.sessions()).find(({ id }) => id === put)).toMatchObject({ complete: true });
});
