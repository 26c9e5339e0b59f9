/** Searching whole payloads over the link, wherever they are kept. */
import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test, vi } from 'vitest';
import { closeCodes } from '@socket-playground/shared/wire/messages.ts';
import type { EventBody } from '@socket-playground/shared/events/event.ts';
import { limits } from '../src/limits.ts';
import { search } from '../src/gateway/pages/search.ts';
import { startTestAgent } from './agent.ts';
import { DiskRig, temporaryFolder } from './disk.ts';
import { eventually } from './eventually.ts';
import { heldEvent } from './journal-watch.ts';
import { openLink } from './link.ts';
import type { TestLink } from './link.ts';

const base64 = (text: string) => Buffer.from(text, 'latin1').toString('base64');
const anywhere = { longerThan: 0, from: 1, to: 1_000_000 };
const bytes = (text: string, anyCase = false) => ({ is: 'bytes' as const, bytes: base64(text), anyCase });
const pattern = (words: string) => ({ is: 'pattern' as const, words });

const received = (text: string): EventBody => {
  const data = new Uint8Array(Buffer.from(text, 'latin1'));
  return { socket: 1, type: 'received', size: data.length, data };
};

const foundIn = (link: TestLink, id: number) =>
  eventually(() => {
    const found = link.messages.find((message) => message.type === 'found' && message.id === id);
    if (found?.type !== 'found') throw new Error('not found yet');
    return found;
  });

async function attached() {
  const agent = await startTestAgent();
  const link = await openLink(agent);
  link.hello();
  return { agent, link };
}

test('finds the bytes wherever they stand in a payload: at its beginning, its end, far behind what travels live', async () => {
  const { agent, link } = await attached();
  const far = 'x'.repeat(70_000);
  for (const text of ['needle', 'x', `${far}needle`, `need`, `le`, `needle${far}`, `${far}NEEDLE`]) {
    agent.playground.receive(text);
  }
  link.say({ type: 'search', id: 1, what: bytes('needle'), ...anywhere });
  expect(await foundIn(link, 1)).toEqual({ type: 'found', id: 1, seqs: [1, 3, 6], next: null });
  link.say({ type: 'search', id: 2, what: bytes('nEEdle', true), ...anywhere });
  expect((await foundIn(link, 2)).seqs).toEqual([1, 3, 6, 7]);
  link.say({ type: 'search', id: 3, what: bytes('needle'), ...anywhere, longerThan: 256 });
  expect((await foundIn(link, 3)).seqs).toEqual([3, 6]);
  link.say({ type: 'search', id: 4, what: bytes('needle'), ...anywhere, from: 2, to: 3 });
  expect((await foundIn(link, 4)).seqs).toEqual([3]);
});

test.each(['%%%%', 'YQ', 'YQ==YQ==', 'Y Q=', ''])('%j is no base64: a malformed message', async (text) => {
  const { link } = await attached();
  link.say({ type: 'search', id: 1, what: { ...bytes(''), bytes: text }, ...anywhere });
  expect((await link.closed).code).toBe(closeCodes.malformed);
});

test('finds in memory and on disk, page by page, each event once', async () => {
  const rig = DiskRig.in(temporaryFolder(), { journalBytes: 4_096, journalEvents: 20, segmentBytes: 8_192 });
  onTestFinished(() => rig.session.index.close());
  await rig.session.prepare();
  const expected: number[] = [];
  for (let count = 0; count < 300; count += 1) {
    const holds = count % 3 === 0;
    const noise = randomBytes(100).toString('hex');
    const event = rig.append(received(holds ? `${noise}needle${noise}` : noise));
    if (holds) expected.push(event.seq);
    await rig.journal.settle();
  }
  expect(heldEvent(rig.journal, 1)).toBeNull();
  const found: number[] = [];
  let pages = 0;
  for (let from: number | null = 1; from !== null; pages += 1) {
    const wanted = { what: pages % 2 === 0 ? bytes('needle') : pattern('/ne+dle/'), ...anywhere, from };
    const page = await search(rig.journal, wanted, { searchBytes: 4_000, searchEvents: 5, searchTurnMs: 8 });
    if (page.is === 'refused') throw new Error(page.problem.message);
    found.push(...page.seqs);
    from = page.next;
  }
  expect(found).toEqual(expected);
  expect(pages).toBeGreaterThan(5);
});

test('a pattern sees whole payloads, a wrong one is a coded problem, and what is forgotten is not looked for', async () => {
  const { agent, link } = await attached();
  const far = 'x'.repeat(70_000);
  for (const text of [`GET ${far}`, `${far} 42`, `${far}42\n`]) agent.playground.receive(text);
  link.say({ type: 'search', id: 1, what: pattern(String.raw`/x\s?\d+$/`), ...anywhere });
  expect((await foundIn(link, 1)).seqs).toEqual([2]);
  link.say({ type: 'search', id: 2, what: pattern('/(a/'), ...anywhere });
  const refused = () => link.messages.find((message) => message.type === 'refused');
  await eventually(() => expect(refused()).toMatchObject({ id: 2, problem: { code: 'bad-pattern' } }));
  link.say({ type: 'search', id: 3, what: pattern('/4/'), ...anywhere });
  link.say({ type: 'search', id: 4, what: pattern('/42/'), ...anywhere });
  link.say({ type: 'forget', id: 4 });
  link.say({ type: 'search', id: 5, what: bytes('GET'), ...anywhere });
  expect((await foundIn(link, 5)).seqs).toEqual([1]);
  expect(link.messages.some((message) => message.type === 'found' && message.id === 4)).toBe(false);
});

test('a pattern that takes long leaves everybody else their turn, and stops when it is forgotten', async () => {
  const { agent } = await attached();
  agent.playground.receive(
    Buffer.from(randomBytes(300_000).map((byte) => 97 + (byte % 2))).toString('latin1'),
  );
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  const wanted = { what: pattern('/(a|b)*a(a|b){200}c/'), ...anywhere };
  const caps = { searchBytes: 1e9, searchEvents: 10, searchTurnMs: 1 };
  await search(agent.playground.journal, wanted, caps, () => turns >= 5);
  clearInterval(timer);
  expect(turns).toBe(5);
});

test('so many searches of one page wait for their turn; more are refused', async () => {
  const { agent, link } = await attached();
  agent.playground.receive('needle');
  let release: (nothing: null) => void = () => undefined;
  const held = new Promise<null>((resolve) => (release = resolve));
  vi.spyOn(agent.playground.journal, 'blockOf').mockReturnValueOnce(held);
  const searches = limits.pageSearches + 50;
  const message = (id: number) => JSON.stringify({ type: 'search', id, what: bytes('needle'), ...anywhere });
  for (let id = 1; id <= searches; id += 1) link.socket.send(message(id));
  await eventually(() => expect(link.messages).toHaveLength(1 + 50));
  expect(link.messages[1]).toMatchObject({
    type: 'refused',
    id: limits.pageSearches + 1,
    problem: { code: 'too-many-searches' },
  });
  release(null);
  await eventually(() => expect(link.messages).toHaveLength(1 + searches));
  link.say({ type: 'search', id: 9_999, what: bytes('needle'), ...anywhere });
  expect((await foundIn(link, 9_999)).seqs).toEqual([1]);
});
