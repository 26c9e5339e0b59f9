/** Requests one behind the other on one connection, without waiting for answers (RFC 9112 §9.3.2): all are answered in order, or none stays. */
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { limits } from '../src/limits.ts';
import { startTestAgent, token } from './agent.ts';
import { temporaryFolder } from './disk.ts';
import { eventually } from './eventually.ts';
import { exchange, handshake, head, openRaw, readToEnd } from './raw.ts';

const statusesIn = (text: string) =>
  Array.from(text.matchAll(/HTTP\/1\.1 (\d{3})/g), ([, status]) => Number(status));

/** An agent whose page has a file that fills every buffer between it and a client that does not read. */
async function agentWithLargeFile() {
  const root = temporaryFolder();
  mkdirSync(join(root, 'assets'));
  writeFileSync(join(root, 'index.html'), '<!doctype html>');
  writeFileSync(join(root, 'assets', 'large-abc123.js'), ' '.repeat(8 * 1024 * 1024));
  const agent = await startTestAgent({ pageRoot: root });
  return { agent, large: head(agent, 'GET /assets/large-abc123.js HTTP/1.1') };
}

describe('too many of them', () => {
  const lines = [`Authorization: Bearer ${token}`, 'Content-Length: 2'];
  const most = limits.pipelinedRequests;

  test('the first is refused in its turn, and nothing behind it is run', async () => {
    const agent = await startTestAgent();
    const command = `${head(agent, 'POST /api/commands HTTP/1.1', lines)}{}`;
    let answer = (): void => undefined;
    const mayAnswer = new Promise<void>((resolve) => (answer = resolve));
    agent.playground.answer = () => mayAnswer.then(() => ({ ok: true, result: {} }));
    const exchanged = exchange(agent, command.repeat(most + 20));
    await eventually(() => expect(agent.playground.commands).toHaveLength(most));
    answer();
    const { text } = await exchanged;
    expect(statusesIn(text)).toEqual([...Array<number>(most).fill(200), 429]);
    expect(text).toContain('"code":"too-many-requests"');
    expect(agent.playground.commands).toHaveLength(most);
  });

  test('whoever goes on sending is cut', async () => {
    const agent = await startTestAgent();
    agent.playground.answer = () => new Promise(() => undefined);
    const command = `${head(agent, 'POST /api/commands HTTP/1.1', lines)}{}`;
    const { text } = await exchange(agent, command.repeat(2 * most + 1));
    expect(text).toBe('');
    expect(agent.playground.commands).toHaveLength(most);
    expect((await fetch(`${agent.origin}/healthz`)).status).toBe(200);
  });
});

test('a connection that waits for each answer may ask as often as it likes', async () => {
  const { port } = await startTestAgent();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const connections = new Set<unknown>();
  for (let count = 0; count < 3 * limits.pipelinedRequests; count += 1) {
    const request = get({ agent, host: '127.0.0.1', port, path: '/healthz' });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    connections.add(response.socket);
    response.resume();
    await once(response, 'end');
    expect(response.statusCode).toBe(200);
  }
  expect(connections.size).toBe(1);
});

test('CONNECT is not answered before or in the middle of what was asked before', async () => {
  const { agent, large } = await agentWithLargeFile();
  const { text } = await exchange(agent, `${large}CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n`);
  expect(statusesIn(text)).not.toContain(400);
});

describe.skipIf(process.platform !== 'linux')('descriptors', () => {
  const descriptors = () => readdirSync('/proc/self/fd').length;

  test('one beside its own is what a connection costs that asks for files and reads none', async () => {
    const { agent, large } = await agentWithLargeFile();
    const before = descriptors();
    const socket = await openRaw(agent);
    socket.write(large.repeat(30));
    socket.once('readable', () => undefined);
    await eventually(() => expect(socket.readableLength).toBeGreaterThan(0));
    const healthy = head(agent, 'GET /healthz HTTP/1.1', ['Connection: close']);
    for (let count = 0; count < limits.pipelinedRequests; count += 1)
      expect((await exchange(agent, healthy)).status).toBe(200);
    // Two ends of this connection, one file, and what is left of the last exchange.
    await eventually(() => expect(descriptors() - before).toBeLessThanOrEqual(3));
    const whole = readToEnd(socket);
    socket.end();
    expect(statusesIn((await whole).text)).toEqual(Array<number>(30).fill(200));
  });

  test.each([
    ['two files', ({ large }: Asked) => large + large],
    ['a file and a link of our own', ({ large, own }: Asked) => large + own],
    ['a file and a link of others', ({ large, foreign }: Asked) => large + foreign],
    ['events and a link', ({ follow, own }: Asked) => follow + own],
    ['a health check and a link', ({ healthy, own }: Asked) => healthy + own],
  ])('none is left by whoever asks for %s and leaves', async (_, bytesOf) => {
    const { agent, large } = await agentWithLargeFile();
    const before = descriptors();
    const asked = {
      large,
      own: handshake(agent, agent.origin),
      foreign: handshake(agent, 'http://elsewhere.example'),
      follow: head(agent, 'GET /api/events?follow=1 HTTP/1.1', [`Authorization: Bearer ${token}`]),
      healthy: head(agent, 'GET /healthz HTTP/1.1'),
    };
    for (let count = 0; count < 20; count += 1) {
      const socket = await openRaw(agent);
      socket.on('data', () => undefined);
      socket.write(bytesOf(asked));
      await eventually(() => expect(socket.closed || socket.bytesRead > 0).toBe(true));
      socket.destroy();
    }
    await eventually(() => expect(descriptors()).toBeLessThanOrEqual(before));
  });

  test('none is left where a refusal between two files ends the connection', async () => {
    const { agent, large } = await agentWithLargeFile();
    const before = descriptors();
    const refused = head(agent, 'GET / HTTP/1.1', ['Host: elsewhere.example']);
    for (let count = 0; count < 3; count += 1) {
      const { text } = await exchange(agent, large + refused + large);
      expect(statusesIn(text)).toEqual([200, 421]);
    }
    await eventually(() => expect(descriptors()).toBeLessThanOrEqual(before));
  });
});

type Asked = Readonly<Record<'large' | 'own' | 'foreign' | 'follow' | 'healthy', string>>;
