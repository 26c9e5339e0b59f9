import { once } from 'node:events';
import { hostname } from 'node:os';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { problem } from '@socket-playground/shared/problems.ts';
import { closeCodes } from '@socket-playground/shared/wire/messages.ts';
import { protocolVersion } from '@socket-playground/shared/wire/version.ts';
import { ownAddresses } from '../src/gateway/pages/addresses.ts';
import { capabilitiesOf } from '../src/machine.ts';
import { limits } from '../src/limits.ts';
import { eventually } from './eventually.ts';
import { startTestAgent, token } from './agent.ts';
import type { TestAgent } from './agent.ts';
import { openLink } from './link.ts';
import { handshake, openRaw } from './raw.ts';

const command = { type: 'socket', family: 'inet', socketType: 'stream' };

describe('hello', () => {
  test('a page is welcomed with what it should know of the agent', async () => {
    const link = await openLink(await startTestAgent({ expose: true }));
    link.hello();
    await eventually(() => expect(link.messages).toHaveLength(1));
    expect(link.messages[0]).toEqual({
      type: 'welcome',
      protocol: protocolVersion,
      version: '1.2.3',
      epoch: 'test-epoch',
      started: '2026-11-21T04:24:05.000Z',
      from: 1,
      latest: 0,
      session: null,
      tornBytes: 0,
      addresses: ownAddresses(),
      hostname: hostname(),
      platform: process.platform,
      expose: true,
      can: await capabilitiesOf({ expose: true }),
    });
  });

  test.each([
    ['a wrong token', { type: 'hello', token: 'wrong', protocol: protocolVersion }, closeCodes.refused],
    ['an empty token', { type: 'hello', token: '', protocol: protocolVersion }, closeCodes.refused],
    ['a wrong token and protocol', { type: 'hello', token: 'wrong', protocol: 99 }, closeCodes.refused],
    ['another first message', { type: 'command', id: 1, command }, closeCodes.refused],
    ['credit first', { type: 'credit', bytes: 1 }, closeCodes.refused],
    ['no token', { type: 'hello', protocol: protocolVersion }, closeCodes.malformed],
    ['no type', { token, protocol: protocolVersion }, closeCodes.malformed],
    ['an unknown field', { type: 'hello', token, protocol: protocolVersion, extra: 1 }, closeCodes.malformed],
    ['a bad cursor', { type: 'hello', token, protocol: protocolVersion, from: 0 }, closeCodes.malformed],
    ['null', null, closeCodes.malformed],
    [
      'a long one',
      { type: 'hello', token: 'x'.repeat(5_000), protocol: protocolVersion },
      closeCodes.malformed,
    ],
    ['an older protocol', { type: 'hello', token, protocol: 0 }, closeCodes.version],
    [
      'a newer protocol with fields of its own',
      { type: 'hello', token, protocol: 99, news: [] },
      closeCodes.version,
    ],
  ])('%s closes the link with its own code', async (_, message, code) => {
    const agent = await startTestAgent();
    const link = await openLink(agent);
    link.say(message);
    expect((await link.closed).code).toBe(code);
    expect(link.messages).toEqual([]);
    expect(agent.playground.commands).toEqual([]);
  });

  test('a version mismatch names both versions', async () => {
    const link = await openLink(await startTestAgent());
    link.hello({ protocol: 99 });
    expect((await link.closed).reason).toBe(
      `version-mismatch: the page speaks protocol 99, the agent ${protocolVersion}`,
    );
  });

  test('without a hello in time the link is closed, and not before', async () => {
    const agent = await startTestAgent();
    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const link = await openLink(agent);
    vi.advanceTimersByTime(limits.helloMs - 1);
    link.socket.ping();
    // Whatever the link was told by then comes before this.
    await once(link.socket, 'pong');
    expect(link.socket.readyState).toBe(link.socket.OPEN);
    vi.advanceTimersByTime(1);
    expect((await link.closed).code).toBe(closeCodes.refused);
  });

  test('what comes after a refusal is not heard', async () => {
    const agent = await startTestAgent();
    const link = await openLink(agent);
    link.hello({ token: 'wrong' });
    link.hello();
    link.say({ type: 'command', id: 1, command });
    expect((await link.closed).code).toBe(closeCodes.refused);
    expect(agent.playground.commands).toEqual([]);
  });
});

describe('malformed messages', () => {
  test.each([
    ['a second hello', JSON.stringify({ type: 'hello', token, protocol: protocolVersion })],
    ['no JSON', '{'],
    ['an unknown type', '{"type":"nonsense"}'],
    ['a command without id', JSON.stringify({ type: 'command', command })],
    ['an unknown field', JSON.stringify({ type: 'credit', bytes: 1, extra: 1 })],
    ['credit of nothing', '{"type":"credit","bytes":0}'],
    ['endless credit', '{"type":"credit","bytes":1e300}'],
    ['a binary frame', Buffer.from('{"type":"credit","bytes":1}')],
  ])('%s closes the link with 4400', async (_, message) => {
    const link = await openLink(await startTestAgent());
    link.hello();
    link.socket.send(message);
    expect((await link.closed).code).toBe(closeCodes.malformed);
  });

  test('too big a message closes the link with 1009, before and after hello', async () => {
    const agent = await startTestAgent();
    const big = JSON.stringify({ type: 'command', id: 1, command: 'x'.repeat(limits.requestBytes) });
    const before = await openLink(agent);
    before.socket.send(big);
    expect((await before.closed).code).toBe(1009);
    const after = await openLink(agent);
    after.hello();
    after.socket.send(big);
    expect((await after.closed).code).toBe(1009);
    expect(agent.playground.commands).toEqual([]);
  });

  test('text that is not UTF-8 closes the link with 1007', async () => {
    const link = await openLink(await startTestAgent());
    link.socket.send(Buffer.from([0x22, 0xff, 0x22]), { binary: false });
    expect((await link.closed).code).toBe(1007);
  });

  test('tiny fragments are capped', async () => {
    const link = await openLink(await startTestAgent());
    link.hello();
    link.socket.send('"', { fin: false });
    for (let count = 0; count < 2 * limits.messageFragments; count += 1)
      link.socket.send('x', { fin: false });
    expect((await link.closed).code).toBe(1008);
  });

  test('a burst of pings does not end the link: the newest is answered, and the page goes on', async () => {
    const agent = await startTestAgent();
    const link = await openLink(agent);
    const pings = 10_000;
    const answers: string[] = [];
    link.socket.on('pong', (data: Buffer) => answers.push(data.toString()));
    for (let count = 1; count <= pings; count += 1) link.socket.ping(String(count));
    link.hello();
    link.say({ type: 'command', id: 1, command });
    const newest = eventually(() => expect(answers.at(-1)).toBe(String(pings)));
    const isOver = link.closed.then(({ code }) => Promise.reject(new Error(`closed with ${code}`)));
    await Promise.race([newest, isOver]);
    await eventually(() => expect(link.order).toEqual(['welcome', 'reply']));
    expect(answers[0]).toBe('1');
    expect(answers.map(Number)).toEqual(answers.map(Number).toSorted((one, other) => one - other));
  });

  test('bytes that are no WebSocket frames end the link, not the agent', async () => {
    const agent = await startTestAgent();
    const socket = await openRaw(agent);
    socket.write(handshake(agent, agent.origin));
    await once(socket, 'data');
    socket.write('GET / HTTP/1.1\r\n\r\n'.repeat(100));
    await once(socket, 'close');
    expect((await fetch(`${agent.origin}/healthz`)).status).toBe(200);
  });
});

describe('commands', () => {
  test('run side by side and are answered by their id, in the order they finish', async () => {
    const agent = await startTestAgent();
    const finish: (() => void)[] = [];
    agent.playground.answer = () =>
      new Promise((resolve) => {
        const index = finish.push(() => resolve({ ok: true, result: { index } }));
      });
    const link = await openLink(agent);
    link.hello();
    link.say({ type: 'command', id: 7, command });
    link.say({ type: 'command', id: 5, command });
    await eventually(() => expect(finish).toHaveLength(2));
    finish[1]?.();
    finish[0]?.();
    await eventually(() =>
      expect(link.messages.slice(1)).toEqual([
        { type: 'reply', id: 5, outcome: { ok: true, result: { index: 2 } } },
        { type: 'reply', id: 7, outcome: { ok: true, result: { index: 1 } } },
      ]),
    );
  });

  test('a refused command is answered and leaves the link alone', async () => {
    const agent = await startTestAgent();
    const refusal = problem('no-such-socket', { socket: 1 });
    agent.playground.answer = () => Promise.resolve({ ok: false, problem: refusal });
    const link = await openLink(agent);
    link.hello();
    for (const value of [null, 'x', { type: 'nonsense' }, []])
      link.say({ type: 'command', id: 1, command: value });
    await eventually(() => expect(link.messages).toHaveLength(5));
    expect(link.messages.at(-1)).toEqual({ type: 'reply', id: 1, outcome: { ok: false, problem: refusal } });
  });

  test('an unforeseen failure is answered with a coded problem', async () => {
    const agent = await startTestAgent();
    agent.playground.answer = () => Promise.reject(new Error('a bug'));
    const link = await openLink(agent);
    link.hello();
    link.say({ type: 'command', id: 1, command });
    await eventually(() =>
      expect(link.messages[1]).toMatchObject({
        id: 1,
        outcome: { ok: false, problem: { code: 'internal' } },
      }),
    );
  });

  test('one page may leave only so many unanswered', async () => {
    const agent = await startTestAgent();
    const finish: (() => void)[] = [];
    agent.playground.answer = () =>
      new Promise((resolve) => finish.push(() => resolve({ ok: true, result: {} })));
    const link = await openLink(agent);
    link.hello();
    for (let id = 1; id <= limits.pageCommands + 1; id += 1) link.say({ type: 'command', id, command });
    await eventually(() =>
      expect(link.messages[1]).toMatchObject({
        id: limits.pageCommands + 1,
        outcome: { ok: false, problem: { code: 'too-many-commands' } },
      }),
    );
    for (const end of finish) end();
    await eventually(() => expect(link.messages).toHaveLength(limits.pageCommands + 2));
    link.say({ type: 'command', id: 9_999, command });
    await eventually(() => expect(finish).toHaveLength(limits.pageCommands + 1));
  });

  test('a page that does not read its replies is not read from', { timeout: 60_000 }, async () => {
    const agent = await startTestAgent();
    const result = { text: 'x'.repeat(100_000) };
    agent.playground.answer = () => Promise.resolve({ ok: true, result });
    const link = await openLink(agent);
    link.hello();
    await eventually(() => expect(link.messages).toHaveLength(1));
    link.socket.pause();
    const asked = 2_000;
    for (let id = 1; id <= asked; id += 1) {
      link.say({ type: 'command', id, command });
      // No more at once than one page may leave unanswered.
      if (id % 100 === 0) await agent.get('/healthz');
    }
    await settled(agent, () => agent.playground.commands.length);
    expect(agent.playground.commands.length).toBeLessThan(asked);
    link.socket.resume();
    await eventually(() => expect(link.messages).toHaveLength(asked + 1), { timeout: 30_000 });
  });
});

/** Waits until the agent does no more of this, however often it has its turn to. */
async function settled(agent: TestAgent, count: () => number): Promise<void> {
  for (let last = -1; last !== count() || last === 0;) {
    last = count();
    for (let turn = 0; turn < 20; turn += 1) await agent.get('/healthz');
  }
}
