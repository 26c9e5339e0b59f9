/** The whole agent: real sockets behind the real gateway, reached over HTTP and over the link alike. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { address } from '@socket-playground/shared/events/address.ts';
import { jsonEvent } from '@socket-playground/shared/events/event.ts';
import { createPlayground } from '../src/create-playground.ts';
import { startEpoch } from '../src/cli/epoch.ts';
import { eventually } from './eventually.ts';
import { startAgentWith } from './agent.ts';
import type { RunningAgent } from './agent.ts';
import { openLink } from './link.ts';
import type { TestLink } from './link.ts';

const echo = { type: 'serve', socketType: 'stream', host: '127.0.0.1', port: 0, behaviour: { name: 'echo' } };
const served = z.looseObject({ ok: z.literal(true), result: z.object({ socket: z.int(), local: address }) });

async function startReal() {
  const playground = createPlayground({
    ...startEpoch(),
    allow: [],
    expose: false,
    onBug: (error) => expect.fail(String(error)),
  });
  onTestFinished(() => playground.shutdown());
  return startAgentWith(playground);
}

async function say(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.end(text);
  let answer = '';
  socket.setEncoding('utf8').on('data', (data: string) => (answer += data));
  await once(socket, 'close');
  return answer;
}

async function attach(agent: RunningAgent): Promise<TestLink> {
  const link = await openLink(agent);
  link.hello();
  link.credit(1_000_000);
  await eventually(() => expect(link.messages).toHaveLength(1));
  return link;
}

const replyTo = (link: TestLink, id: number) =>
  eventually(() => {
    const reply = link.messages.find((message) => message.type === 'reply' && message.id === id);
    if (reply?.type !== 'reply') throw new Error('no reply yet');
    return reply.outcome;
  });

test('a server opened by a script is usable, and the events tell the whole story, gapless', async () => {
  const agent = await startReal();
  const link = await attach(agent);
  const { result } = served.parse(await (await agent.command(echo)).json());
  expect(await say(result.local.port, 'hello')).toBe('hello');
  await eventually(() => expect(link.events.at(-1)?.type).toBe('closed'));

  const lines = (await (await agent.get('/api/events')).text()).trim().split('\n');
  const events = lines.map((line) => jsonEvent.parse(JSON.parse(line)));
  expect(events.map(({ seq }) => seq)).toEqual(lines.map((_, index) => index + 1));
  expect(events.map(({ type }) => type)).toEqual(link.events.map(({ type }) => type));
  expect(events.map(({ type }) => type)).toEqual(
    expect.arrayContaining([
      'opened',
      'bound',
      'listening',
      'accepted',
      'received',
      'sent',
      'ended',
      'closed',
    ]),
  );
  const received = events.find(({ type }) => type === 'received');
  expect(received).toMatchObject({ data: btoa('hello'), size: 5 });
  const data = await agent.get(`/api/events/${received?.seq ?? 0}/data`);
  expect(await data.text()).toBe('hello');
});

test('a command comes to the same over HTTP and over the link', async () => {
  const agent = await startReal();
  const link = await attach(agent);
  const commands = [
    null,
    { type: 'nonsense' },
    { type: 'serve', socketType: 'stream' },
    { ...echo, extra: 1 },
    { type: 'close', socket: 99 },
    { type: 'dial', socketType: 'stream', host: '127.0.0.1', port: agent.port },
    { type: 'dial', socketType: 'stream', host: '203.0.113.1', port: 80 },
    { type: 'serve', socketType: 'stream', host: '0.0.0.0', port: 0 },
  ];
  for (const [index, command] of commands.entries()) {
    link.say({ type: 'command', id: index + 1, command });
    const overLink = await replyTo(link, index + 1);
    const overHttp: unknown = await (await agent.command(command)).json();
    expect(overLink.ok).toBe(false);
    expect(overHttp).toEqual(overLink);
  }
});

test('self-SSRF: no spelling of the own port is called, and nothing reaches it', async () => {
  const agent = await startReal();
  const accepted = vi.fn();
  agent.app.server.on('connection', accepted);
  const link = await attach(agent);
  const before = accepted.mock.calls.length;
  const hosts = [
    '127.0.0.1',
    'localhost',
    '127.0.0.2',
    '0.0.0.0',
    '0',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '127.1',
    '2130706433',
    '0x7f.1',
  ];
  for (const [index, host] of hosts.entries()) {
    link.say({
      type: 'command',
      id: index + 1,
      command: { type: 'dial', socketType: 'stream', host, port: agent.port },
    });
    expect(await replyTo(link, index + 1)).toMatchObject({ ok: false });
  }
  expect(accepted.mock.calls.length).toBe(before);
});
