/** Control-plane denial of service: what hostile bytes, slowness and size do to the agent's own port. */
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { METHODS } from 'node:http';
import { expect, test } from 'vitest';
import { eventually } from './eventually.ts';
import { startTestAgent, token } from './agent.ts';
import { codeOf, exchange, handshake, head, openRaw, readToEnd } from './raw.ts';

const close = 'Connection: close';

test('1,000 refused upgrades leave no descriptor behind', async () => {
  const agent = await startTestAgent();
  const descriptors = () => readdirSync('/proc/self/fd').length;
  await exchange(agent, handshake(agent, 'null'));
  const before = descriptors();
  const kinds = [
    handshake(agent, 'http://evil.example'),
    handshake(agent, null),
    handshake(agent, agent.origin, '/'),
    handshake(agent, agent.origin, '/api/sockets'),
    handshake(agent, agent.origin, '/ws/'),
    handshake(agent, agent.origin, '/%zz'),
    handshake(agent, agent.origin).replace('Version: 13', 'Version: 12'),
    handshake(agent, agent.origin).replace('websocket', 'h2c'),
  ];
  for (let round = 0; round < 20; round += 1) {
    const requests = Array.from({ length: 50 }, (_, index) => kinds[index % kinds.length] ?? '');
    const responses = await Promise.all(requests.map((request) => exchange(agent, request)));
    for (const { status } of responses) expect(status).toBeGreaterThanOrEqual(400);
  }
  await eventually(() => expect(descriptors()).toBeLessThanOrEqual(before), { timeout: 5_000 });
});

test('only GET /ws upgrades', async () => {
  const agent = await startTestAgent();
  for (const path of [
    '/',
    '/healthz',
    '/api/events',
    '/ws/',
    '/ws?x',
    '/WS',
    '/%77s',
    '/ws/../ws',
    '/assets/x',
  ]) {
    const response = await exchange(agent, handshake(agent, agent.origin, path));
    expect([path, response.status]).toEqual([path, 400]);
  }
  const post = handshake(agent, agent.origin).replace('GET', 'POST');
  expect((await exchange(agent, post)).status).toBe(400);
  expect((await fetch(`${agent.origin}/ws`)).status).toBe(404);
});

/** CONNECT asks for a tunnel; QUERY must name the type of its body (RFC 10008 §2). */
const refusedMethods = ['CONNECT', 'QUERY'];

test('whatever the method, there is an answer', async () => {
  const agent = await startTestAgent();
  for (const method of METHODS) {
    const response = await exchange(
      agent,
      head(agent, `${method} /nothing HTTP/1.1`, [close, 'Content-Length: 0']),
    );
    const expected = refusedMethods.includes(method) ? 400 : 404;
    expect([method, response.status]).toEqual([method, expected]);
    expect(response.text).not.toContain('..');
  }
  expect((await fetch(`${agent.origin}/healthz`)).status).toBe(200);
});

test('a method that a route does not have gets 405 and those it has, whatever its body', async () => {
  const agent = await startTestAgent();
  const routes = [
    ['/api/commands', 'POST'],
    ['/api/sockets', 'GET'],
    ['/api/kernel', 'GET'],
    ['/api/events?follow=1', 'GET'],
    ['/api/events/1/data', 'GET'],
    ['/api/sessions', 'GET'],
    ['/api/sessions/current', 'GET'],
    ['/api/sessions/current/events/1/data', 'GET'],
    ['/api/openapi.json', 'GET'],
    ['/healthz', 'GET, HEAD'],
  ] as const;
  const lines = [`Authorization: Bearer ${token}`, close, 'Content-Length: 1'];
  for (const [path, allow] of routes) {
    const others = METHODS.filter((method) => method !== 'CONNECT' && !allow.split(', ').includes(method));
    for (const method of others) {
      const response = await exchange(agent, `${head(agent, `${method} ${path} HTTP/1.1`, lines)}{`);
      const found = [method, path, response.status, response.headers.get('allow')];
      expect(found).toEqual([method, path, 405, allow]);
      if (method === 'HEAD') expect(response.body).toBe('');
      else expect(codeOf(response)).toBe('method-not-allowed');
    }
  }
  expect(agent.playground.commands).toEqual([]);
});

test('without the token no method of the API tells more than that', async () => {
  const agent = await startTestAgent();
  for (const method of METHODS.filter((each) => each !== 'CONNECT')) {
    for (const path of ['/api/sockets', '/api/nothing']) {
      const response = await exchange(agent, head(agent, `${method} ${path} HTTP/1.1`, [close]));
      expect([method, path, response.status]).toEqual([method, path, 401]);
      expect(response.headers.has('allow')).toBe(false);
    }
  }
});

test('bytes that are no request, or two in one, get one coded answer and an end', async () => {
  const agent = await startTestAgent();
  const auth = `Authorization: Bearer ${token}`;
  const post = (lines: readonly string[], body: string) =>
    head(agent, 'POST /api/commands HTTP/1.1', [auth, ...lines]) + body;
  const bad = [
    'garbage\r\n\r\n',
    '\0\0\0\0\0\0\0\0',
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    '\r\n\r\n\r\n\r\nnonsense\r\n\r\n',
    head(agent, 'GET /healthz HTTP/1.1', ['Bad Header: x']),
    head(agent, 'GET /healthz HTTP/1.1', [': x']),
    head(agent, 'GET /heal\0thz HTTP/1.1'),
    post(['Transfer-Encoding: chunked', 'Content-Length: 4'], '0\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n'),
    post(['Content-Length: 4', 'Content-Length: 5'], '{}{}{'),
    post(['Content-Length: -1'], '{}'),
    post(['Content-Length: 2x'], '{}'),
    post(['Transfer-Encoding: x, chunked'], '2\r\n{}\r\n0\r\n\r\n'),
    post(['Transfer-Encoding: xchunked'], '2\r\n{}\r\n0\r\n\r\n'),
    post(['Transfer-Encoding: chunked'], 'zz\r\n{}\r\n0\r\n\r\n'),
    post(['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'], '2\r\n{}\r\n0\r\n\r\n'),
  ];
  for (const bytes of bad) {
    const response = await exchange(agent, bytes);
    expect([bytes, response.status, response.text.split('HTTP/1.1 4').length - 1]).toEqual([bytes, 400, 1]);
    expect(codeOf(response)).toBe('bad-request');
  }
  expect(agent.playground.commands).toEqual([]);
  expect((await fetch(`${agent.origin}/healthz`)).status).toBe(200);
});

test('whole requests in front of such bytes get their answers first, in order', async () => {
  const agent = await startTestAgent();
  const healthy = head(agent, 'GET /healthz HTTP/1.1');
  const asked = head(agent, 'GET /api/sockets HTTP/1.1', [`Authorization: Bearer ${token}`]);
  const statuses = async (bytes: string) =>
    Array.from((await exchange(agent, bytes)).text.matchAll(/HTTP\/1\.1 (\d{3})/g), ([, status]) => status);
  const front = healthy + asked + head(agent, 'GET /nothing HTTP/1.1') + asked;
  expect(await statuses(`${front}garbage\r\n\r\n`)).toEqual(['200', '200', '404', '200', '400']);
  const last = head(agent, 'GET /healthz HTTP/1.1', [close]);
  expect(await statuses(front + last + healthy)).toEqual(['200', '200', '404', '200', '200']);
});

test('too large a head gets 431, too large a body 413', async () => {
  const agent = await startTestAgent();
  const long = await exchange(agent, head(agent, 'GET /healthz HTTP/1.1', [`X: ${'x'.repeat(100_000)}`]));
  expect([long.status, codeOf(long)]).toEqual([431, 'headers-too-large']);
  const path = await exchange(agent, head(agent, `GET /${'x'.repeat(100_000)} HTTP/1.1`));
  expect(path.status).toBe(431);

  const body = 'x'.repeat(1024 * 1024 + 1);
  const whole = await agent.get('/api/commands', { method: 'POST', body });
  expect(whole.status).toBe(413);
  expect(await whole.json()).toMatchObject({ ok: false, problem: { code: 'too-large' } });
  const chunked = await agent.get('/api/commands', {
    method: 'POST',
    body: streamOf(body, 8),
    duplex: 'half',
  });
  expect(chunked.status).toBe(413);
  expect(
    (
      await agent.get('/api/commands', {
        method: 'POST',
        body: JSON.stringify({ text: 'x'.repeat(1_000_000) }),
      })
    ).status,
  ).toBe(200);
});

test('late headers and late bodies get 408', { timeout: 30_000 }, async () => {
  const agent = await startTestAgent();
  const silent = exchange(agent, '');
  const slowHead = exchange(agent, `GET /healthz HTTP/1.1\r\nHost: ${agent.host}\r\n`);
  const lines = [`Authorization: Bearer ${token}`, 'Content-Length: 100'];
  const slowBody = exchange(agent, `${head(agent, 'POST /api/commands HTTP/1.1', lines)}{`);
  const tooLarge = [`Authorization: Bearer ${token}`, `Content-Length: ${2 ** 21}`];
  const refused = exchange(agent, `${head(agent, 'POST /api/commands HTTP/1.1', tooLarge)}{`);
  for (const response of await Promise.all([silent, slowHead, slowBody])) {
    expect([response.status, codeOf(response)]).toEqual([408, 'too-slow']);
  }
  // Refused already: nothing more is said.
  expect((await refused).text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413']);
});

test('an Expect header that means nothing is passed over', async () => {
  const agent = await startTestAgent();
  const response = await exchange(
    agent,
    head(agent, 'GET /healthz HTTP/1.1', ['Expect: the-unexpected', close]),
  );
  expect(response.status).toBe(200);
});

function streamOf(text: string, pieces: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  const size = Math.ceil(bytes.length / pieces);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(at, (at += size)));
    },
  });
}

test('garbage behind a request is not answered in the middle of the other answer', async () => {
  const agent = await startTestAgent();
  agent.playground.receive('one');
  const socket = await openRaw(agent);
  const whole = readToEnd(socket);
  socket.write(head(agent, 'GET /api/events?follow=1 HTTP/1.1', [`Authorization: Bearer ${token}`]));
  await eventually(() => expect(socket.bytesRead).toBeGreaterThan(0));
  socket.write('\0garbage\r\n\r\n');
  const { status, text } = await whole;
  expect([status, text.split('HTTP/1.1').length - 1]).toEqual([200, 1]);
});

test('a link is not compressed, whatever the page offers', async () => {
  const agent = await startTestAgent();
  const socket = await openRaw(agent);
  const offer = 'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n';
  socket.write(handshake(agent, agent.origin).replace(/\r\n\r\n$/, `\r\n${offer}`));
  const received: unknown[] = await once(socket, 'data');
  expect(String(received[0])).toMatch(/^HTTP\/1\.1 101 /);
  expect(String(received[0]).toLowerCase()).not.toContain('extensions');
});
