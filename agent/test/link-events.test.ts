import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { closeCodes, goingAway } from '@socket-playground/shared/wire/messages.ts';
import type { AgentMessage } from '@socket-playground/shared/wire/messages.ts';
import { limits } from '../src/limits.ts';
import { eventually } from './eventually.ts';
import { startTestAgent } from './agent.ts';
import type { TestAgent } from './agent.ts';
import { PlaygroundDouble } from './double.ts';
import { openLink } from './link.ts';
import type { TestLink } from './link.ts';
import { openRaw } from './raw.ts';

const plenty = 16 * 1024 * 1024;
const command = { type: 'socket', family: 'inet', socketType: 'stream' };
const smallJournal = { journalBytes: 8_192, journalEvents: 1_000, blockBytes: 2_048 };
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('events', () => {
  test('everything from the first event on, then what happens live, in order', async () => {
    const agent = await startTestAgent();
    for (const text of ['a', 'b', 'c']) agent.playground.receive(text);
    const link = await openLink(agent);
    link.hello();
    link.credit(plenty);
    await eventually(() => expect(link.order).toEqual(['welcome', 1, 2, 3]));
    for (const text of ['d', 'e']) agent.playground.receive(text);
    await eventually(() => expect(link.order).toEqual(['welcome', 1, 2, 3, 4, 5]));
    expect(link.batches).toBe(2);
  });

  test('payloads are cut to what travels live', async () => {
    const agent = await startTestAgent();
    agent.playground.receive('x'.repeat(10_000));
    const link = await openLink(agent);
    link.hello();
    link.credit(plenty);
    await eventually(() => expect(link.events).toHaveLength(1));
    expect(link.events[0]).toMatchObject({ size: 10_000, captured: limits.livePayloadBytes });
  });

  test('a page of this run resumes at its cursor, without loss or duplicate', async () => {
    const agent = await startTestAgent();
    for (const text of ['a', 'b', 'c']) agent.playground.receive(text);
    const resume = async (fields: object) => {
      const link = await openLink(agent);
      link.hello(fields);
      link.credit(plenty);
      await eventually(() => expect(link.messages).toHaveLength(1));
      return link;
    };
    const link = await resume({ epoch: 'test-epoch', from: 3 });
    await eventually(() => expect(link.order).toEqual(['welcome', 3]));
    const upToDate = await resume({ epoch: 'test-epoch', from: 4 });
    const beyond = await resume({ epoch: 'test-epoch', from: 1_000 });
    agent.playground.receive('d');
    for (const page of [upToDate, beyond]) {
      await eventually(() => expect(page.order).toEqual(['welcome', 4]));
      expect(page.messages[0]).toMatchObject({ from: 4 });
    }
  });

  test('a page of another run, or a new one, begins at the beginning', async () => {
    const agent = await startTestAgent();
    for (const text of ['a', 'b', 'c']) agent.playground.receive(text);
    for (const fields of [{}, { epoch: 'another', from: 3 }, { from: 3 }]) {
      const link = await openLink(agent);
      link.hello(fields);
      link.credit(plenty);
      await eventually(() => expect(link.order).toEqual(['welcome', 1, 2, 3]));
    }
  });

  test('what is no longer kept is a gap in its place', async () => {
    const playground = new PlaygroundDouble(smallJournal);
    const agent = await startTestAgent({ playground });
    for (let count = 0; count < 20; count += 1) playground.receive(String(count).padEnd(1_000, 'x'));
    const { first } = playground.journal;
    const link = await openLink(agent);
    link.hello({ epoch: 'test-epoch', from: 2 });
    link.credit(plenty);
    await eventually(() => expect(link.order).toEqual(['welcome', 'gap', 'standing', ...numbers(first, 20)]));
    expect(link.messages[1]).toEqual({ type: 'gap', from: 2, to: first - 1, reason: 'memory-limit' });
  });

  test('without credit nothing comes; with some, a page falls behind and is told of the gap', async () => {
    const playground = new PlaygroundDouble(smallJournal);
    const agent = await startTestAgent({ playground });
    const link = await openLink(agent);
    link.hello();
    playground.receive('x'.repeat(100));
    await roundPassed(link, agent);
    expect(link.events).toEqual([]);
    link.credit(1);
    await eventually(() => expect(link.order).toContain(1));
    for (let count = 0; count < 50; count += 1) playground.receive(String(count).padEnd(1_000, 'x'));
    await roundPassed(link, agent);
    expect(link.events).toHaveLength(1);
    link.credit(plenty);
    const { first } = playground.journal;
    await eventually(() => expect(link.events.at(-1)?.seq).toBe(51));
    expect(link.events.map(({ seq }) => seq)).toEqual([1, ...numbers(first, 51)]);
    expect(link.messages.filter(({ type }) => type === 'gap')).toEqual([
      { type: 'gap', from: 2, to: first - 1, reason: 'memory-limit' },
    ]);
  });

  test('a page never gets more than its credit and one event', async () => {
    const agent = await startTestAgent();
    for (let count = 0; count < 1_000; count += 1) agent.playground.receive(String(count).padEnd(200, 'x'));
    const link = await openLink(agent);
    link.hello();
    link.credit(10_000);
    await eventually(() => expect(link.events.length).toBeGreaterThan(30));
    await roundPassed(link, agent);
    expect(link.bytes).toBeLessThan(10_300);
    link.credit(plenty);
    await eventually(() => expect(link.events).toHaveLength(1_000));
    expect(link.events.map(({ seq }) => seq)).toEqual(numbers(1, 1_000));
  });

  test('under load events come in batches, at most one in 8 ms', async () => {
    const agent = await startTestAgent();
    const link = await openLink(agent);
    link.hello();
    link.credit(plenty);
    await eventually(() => expect(link.messages).toHaveLength(1));
    const began = performance.now();
    for (let count = 0; count < 20_000; count += 1) {
      agent.playground.receive('x');
      if (count % 20 === 0) await new Promise(setImmediate);
    }
    await eventually(() => expect(link.events).toHaveLength(20_000));
    const elapsed = performance.now() - began;
    expect(link.batches).toBeLessThan(elapsed / limits.flushMs + 10);
    expect(link.events.map(({ seq }) => seq)).toEqual(numbers(1, 20_000));
  });

  test('a mute page costs a cursor only, and the others do not notice', { timeout: 60_000 }, async () => {
    const agent = await startTestAgent();
    const mute = await openLink(agent);
    const lively = await openLink(agent);
    for (const link of [mute, lively]) {
      link.hello();
      await eventually(() => expect(link.messages).toHaveLength(1));
      link.credit(2 ** 30);
    }
    mute.socket.pause();
    const count = 200_000;
    for (let made = 0; made < count; made += 1) {
      agent.playground.receive(String(made).padEnd(256, 'x'));
      if (made % 1_000 === 0) await new Promise(setImmediate);
    }
    await eventually(() => expect(lively.events).toHaveLength(count), { timeout: 30_000 });
    mute.socket.resume();
    mute.credit(2 ** 30);
    await eventually(() => expect(mute.events).toHaveLength(count), { timeout: 30_000 });
    expect(mute.events.at(-1)?.seq).toBe(count);
  });

  test('two pages see one truth', async () => {
    const agent = await startTestAgent();
    const links = await Promise.all([openLink(agent), openLink(agent)]);
    for (const link of links) {
      link.hello();
      link.credit(plenty);
    }
    for (let count = 0; count < 500; count += 1) agent.playground.receive(`chunk ${count}`);
    for (const link of links) await eventually(() => expect(link.events).toHaveLength(500));
    expect(links[0].events).toEqual(links[1].events);
  });
});

describe('coming and going', () => {
  test('so many pages may be attached, and one that leaves makes room', async () => {
    const agent = await startTestAgent();
    const open = async () => {
      const link = await openLink(agent);
      link.hello();
      return link;
    };
    const links = await Promise.all(Array.from({ length: limits.pages }, open));
    for (const link of links) await eventually(() => expect(link.messages).toHaveLength(1));
    expect((await (await open()).closed).code).toBe(closeCodes.tooMany);
    links[0]?.socket.terminate();
    await eventually(async () => {
      const link = await open();
      await eventually(() => expect(link.messages).toHaveLength(1), { timeout: 200 });
    });
  });

  test('links that say nothing do not keep pages out for ever, and only so many may wait', async () => {
    const agent = await startTestAgent();
    await Promise.all(Array.from({ length: limits.silentLinks }, () => openLink(agent)));
    await expect(openLink(agent)).rejects.toThrow('503');
    const refused = new WebSocket(`ws://${agent.host}/ws`, { origin: agent.origin });
    const body = await new Promise<string>((resolve) =>
      refused.once('unexpected-response', (_, response) => void text(response).then(resolve)),
    );
    expect(body).toContain('too-many-links');
    await eventually(() => openLink(agent));
  });

  test('nothing is timed or subscribed when nobody is attached', async () => {
    const agent = await startTestAgent();
    const { journal } = agent.playground;
    const live = new Set<unknown>();
    const subscribe = journal.subscribe.bind(journal);
    vi.spyOn(journal, 'subscribe').mockImplementation((listener) => {
      live.add(listener);
      const stop = subscribe(listener);
      return () => {
        live.delete(listener);
        stop();
      };
    });
    const links = await Promise.all([openLink(agent), openLink(agent)]);
    for (const link of links) link.hello();
    await eventually(() => expect(live.size).toBe(1));
    for (const link of links) link.socket.terminate();
    await eventually(() => expect(live.size).toBe(0));
  });

  test('a shutdown tells the last events, then says goodbye', async () => {
    const agent = await startTestAgent();
    const link = await openLink(agent);
    link.hello();
    link.credit(plenty);
    await eventually(() => expect(link.messages).toHaveLength(1));
    agent.playground.receive('one');
    await eventually(() => expect(link.events).toHaveLength(1));
    agent.playground.journal.append({ socket: 1, type: 'closed' });
    await agent.app.close();
    expect((await link.closed).code).toBe(goingAway);
    expect(link.order).toEqual(['welcome', 1, 2]);
  });

  test('mute pages, silent links and half-open connections hold a shutdown up for no longer than a goodbye', async () => {
    const agent = await startTestAgent();
    const mute = await openLink(agent);
    mute.hello();
    mute.credit(plenty);
    mute.socket.pause();
    await openLink(agent);
    await openRaw(agent);
    for (let count = 0; count < 20_000; count += 1) agent.playground.receive(String(count).padEnd(256, 'x'));
    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const waits = vi.spyOn(globalThis, 'setTimeout');
    const closed = agent.app.close();
    const isWaiting = () => waits.mock.calls.some(([, ms]) => ms === limits.goodbyeMs);
    const over = vi.fn();
    const ends = closed.then(over);
    while (!isWaiting() && over.mock.calls.length === 0) await new Promise(setImmediate);
    expect(over).not.toHaveBeenCalled();
    vi.advanceTimersByTime(limits.goodbyeMs);
    await ends;
  });
});

/** Everything said before was heard, and then another page got all there is: one round serves all pages. */
async function roundPassed(link: TestLink, agent: TestAgent): Promise<void> {
  await answered(link, 9_001);
  const other = await openLink(agent);
  other.hello();
  other.credit(plenty);
  await eventually(() => expect(other.events.at(-1)?.seq).toBe(agent.playground.journal.latest));
  await answered(link, 9_002);
}

/** Whatever the agent sent before has come too. */
async function answered(link: TestLink, id: number): Promise<void> {
  const isReply = (message: AgentMessage) => message.type === 'reply' && message.id === id;
  link.say({ type: 'command', id, command });
  await eventually(() => expect(link.messages.some(isReply)).toBe(true));
}
