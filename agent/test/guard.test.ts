/** The threat table: who is kept out, and how. Named after how real products were hit. */
import { once } from 'node:events';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { startTestAgent, token } from './agent.ts';
import type { TestAgent } from './agent.ts';
import { codeOf, exchange, handshake, head, openRaw } from './raw.ts';

const close = 'Connection: close';

const foreignOrigins = (agent: TestAgent) => [
  'null',
  'http://evil.example',
  `http://evil.example:${agent.port}`,
  'http://127.0.0.1',
  `http://127.0.0.1:${agent.port + 1}`,
  `http://127.0.0.2:${agent.port}`,
  `http://[::1]:${agent.port}`,
  `${agent.origin}.evil.example`,
  `${agent.origin}0`,
  `${agent.origin}/`,
  agent.origin.replace('http', 'https'),
  `http://evil@${agent.host}`,
  `file://${agent.host}`,
  '',
];

const foreignHosts = (agent: TestAgent) => [
  `evil.example:${agent.port}`,
  'localhost',
  '127.0.0.1',
  `127.0.0.1:${agent.port + 1}`,
  `127.0.0.2:${agent.port}`,
  `127.0.0.1.nip.example:${agent.port}`,
  `localhost.:${agent.port}`,
  `localhost.evil.example:${agent.port}`,
  `[::1]:${agent.port}`,
  `[::ffff:127.0.0.1]:${agent.port}`,
  `0.0.0.0:${agent.port}`,
  `2130706433:${agent.port}`,
  `user@127.0.0.1:${agent.port}`,
  `127.0.0.1:${agent.port}:80`,
];

test('cross-site WebSocket: a foreign, null, absent, IP or prefix Origin gets 403 and no 101', async () => {
  const agent = await startTestAgent();
  for (const origin of [null, ...foreignOrigins(agent)]) {
    const response = await exchange(agent, handshake(agent, origin));
    expect([origin, response.status, codeOf(response)]).toEqual([origin, 403, 'foreign-origin']);
    expect(response.text).not.toMatch(/HTTP\/1\.1 101/);
  }
});

test('cross-site WebSocket: the own page is let in under every own name', async () => {
  const agent = await startTestAgent({ extraOrigins: [new URL('http://localhost:9000')] });
  for (const origin of [agent.origin, `http://localhost:${agent.port}`, 'http://localhost:9000']) {
    const socket = await openRaw(agent);
    socket.write(handshake(agent, origin));
    const received: unknown[] = await once(socket, 'data');
    expect(String(received[0])).toMatch(/^HTTP\/1\.1 101 /);
    socket.destroy();
  }
});

test('a name of a default port is answered to with that port and without it (RFC 9110 §7.2), and with no other', async () => {
  const agent = await startTestAgent({
    extraOrigins: [new URL('https://play.example'), new URL('http://plain.example')],
  });
  const statusFor = async (host: string) =>
    (await exchange(agent, head(agent, 'GET /healthz HTTP/1.1', [`Host: ${host}`, close]))).status;
  for (const [host, port, other] of [
    ['play.example', 443, 80],
    ['plain.example', 80, 443],
  ] as const) {
    expect([host, await statusFor(host)]).toEqual([host, 200]);
    expect([host, await statusFor(`${host.toUpperCase()}:${port}`)]).toEqual([host, 200]);
    expect([host, await statusFor(`${host}:${other}`)]).toEqual([host, 421]);
  }
});

test('cross-site requests: a foreign or null Origin gets 403 from the API, a script without Origin does not', async () => {
  const agent = await startTestAgent();
  for (const origin of foreignOrigins(agent)) {
    const lines = [`Origin: ${origin}`, `Authorization: Bearer ${token}`, close];
    const response = await exchange(agent, head(agent, 'GET /api/sockets HTTP/1.1', lines));
    expect([origin, response.status]).toEqual([origin, 403]);
    expect(codeOf(response)).toBe('foreign-origin');
  }
  expect((await agent.get('/api/sockets')).status).toBe(200);
  expect((await agent.get('/api/sockets', { headers: { origin: agent.origin } })).status).toBe(200);
});

test('cross-site requests: what another site starts is refused, but a link to the page may be followed', async () => {
  const agent = await startTestAgent();
  const statusFor = async (lines: readonly string[], path = '/healthz') =>
    (await exchange(agent, head(agent, `GET ${path} HTTP/1.1`, [...lines, close]))).status;
  expect(await statusFor(['Sec-Fetch-Site: cross-site'])).toBe(403);
  expect(await statusFor(['Sec-Fetch-Site: same-site'])).toBe(403);
  expect(
    await statusFor(['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: script']),
  ).toBe(403);
  expect(
    await statusFor(['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: iframe']),
  ).toBe(403);
  expect(
    await statusFor(['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document']),
  ).toBe(200);
  const form = ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'];
  const posted = head(agent, 'POST /healthz HTTP/1.1', [...form, 'Content-Length: 0', close]);
  expect((await exchange(agent, posted)).status).toBe(403);
  expect(await statusFor(['Sec-Fetch-Site: same-origin'])).toBe(200);
  expect(await statusFor(['Sec-Fetch-Site: none'])).toBe(200);
});

test('a coding of a body is the same in any case (RFC 9112 §7)', async () => {
  const agent = await startTestAgent();
  for (const [coding, status] of [
    ['chunked', 200],
    ['Chunked', 200],
    ['gzip, chunked', 400],
  ] as const) {
    const lines = [`Authorization: Bearer ${token}`, `Transfer-Encoding: ${coding}`, close];
    const request = `${head(agent, 'POST /api/commands HTTP/1.1', lines)}2\r\n{}\r\n0\r\n\r\n`;
    expect([coding, (await exchange(agent, request)).status]).toEqual([coding, status]);
  }
});

test('cross-site requests: no preflight is ever granted', async () => {
  const agent = await startTestAgent();
  for (const origin of ['http://evil.example', agent.origin]) {
    const lines = [
      `Origin: ${origin}`,
      'Access-Control-Request-Method: POST',
      'Access-Control-Request-Headers: authorization',
      close,
    ];
    const response = await exchange(agent, head(agent, 'OPTIONS /api/commands HTTP/1.1', lines));
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
});

test('DNS rebinding: a foreign Host gets 421 on every kind of route', async () => {
  const agent = await startTestAgent();
  for (const host of foreignHosts(agent)) {
    for (const line of [
      'GET / HTTP/1.1',
      'GET /healthz HTTP/1.1',
      'GET /api/sockets HTTP/1.1',
      'POST /api/commands HTTP/1.1',
    ]) {
      const response = await exchange(
        agent,
        head(agent, line, [`Host: ${host}`, `Authorization: Bearer ${token}`]),
      );
      expect([host, line, response.status]).toEqual([host, line, 421]);
      expect(codeOf(response)).toBe('foreign-host');
    }
    const upgrade = await exchange(
      agent,
      handshake(agent, `http://${host}`).replace(`Host: ${agent.host}`, `Host: ${host}`),
    );
    expect(upgrade.status).toBe(421);
  }
});

test('DNS rebinding: exactly one Host header', async () => {
  const agent = await startTestAgent();
  const own = `Host: ${agent.host}`;
  for (const lines of [
    [own, own],
    [own, 'Host: evil.example'],
    ['Host: evil.example', own],
    [own, own.toUpperCase()],
  ]) {
    expect((await exchange(agent, head(agent, 'GET /healthz HTTP/1.1', lines))).status).toBe(400);
  }
  expect((await exchange(agent, 'GET /healthz HTTP/1.1\r\n\r\n')).status).toBe(400);
  expect((await exchange(agent, 'GET /healthz HTTP/1.1\r\nHost:\r\n\r\n')).status).toBe(421);
});

test('DNS rebinding: origin-form targets and HTTP/1.1 only', async () => {
  const agent = await startTestAgent();
  const statusOf = async (line: string) => (await exchange(agent, head(agent, line))).status;
  expect(await statusOf(`GET ${agent.origin}/healthz HTTP/1.1`)).toBe(400);
  expect(await statusOf('GET http://evil.example/healthz HTTP/1.1')).toBe(400);
  expect(await statusOf('GET //evil.example/healthz HTTP/1.1')).toBe(400);
  expect(await statusOf('OPTIONS * HTTP/1.1')).toBe(400);
  expect(await statusOf('GET /healthz HTTP/1.0')).toBe(505);
  expect(await statusOf('GET /healthz HTTP/0.9')).toBeGreaterThanOrEqual(400);
  expect(await statusOf('GET /healthz HTTP/2.0')).toBeGreaterThanOrEqual(400);
  expect((await exchange(agent, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')).status).toBe(400);
});

test('a refusal is no bug: whoever speaks HTTP/1.0 fills no log', async () => {
  const lines: string[] = [];
  const agent = await startTestAgent({ log: pino({ level: 'warn' }, { write: (line) => lines.push(line) }) });
  expect((await exchange(agent, head(agent, 'GET /healthz HTTP/1.0'))).status).toBe(505);
  expect(lines).toEqual([]);
});

test('DNS rebinding: the own names are those of the bound address', async () => {
  const agent = await startTestAgent({ at: '::1' });
  const statusOf = async (host: string) =>
    (await agent.app.inject({ url: '/healthz', headers: { host } })).statusCode;
  expect(await statusOf(`[::1]:${agent.port}`)).toBe(200);
  expect(await statusOf(`localhost:${agent.port}`)).toBe(200);
  expect(await statusOf(`LOCALHOST:${agent.port}`)).toBe(200);
  expect(await statusOf(`127.0.0.1:${agent.port}`)).toBe(421);
});

const apiRoutes = [
  ['POST', '/api/commands'],
  ['GET', '/api/sockets'],
  ['GET', '/api/kernel'],
  ['GET', '/api/events'],
  ['GET', '/api/events?follow=1'],
  ['GET', '/api/events/1/data'],
  ['GET', '/api/sessions'],
  ['GET', '/api/sessions/current'],
  ['GET', '/api/sessions/current/events/1/data'],
  ['GET', '/api/openapi.json'],
  ['GET', '/api'],
  ['GET', '/api/'],
  ['GET', '/api/nothing'],
  ['DELETE', '/api/commands'],
  ['GET', '/%61pi/sockets'],
  ['GET', '/api/%73ockets'],
] as const;

test('open control plane: every API route without the token gets 401, and nothing is run', async () => {
  const agent = await startTestAgent();
  const wrong = [
    [],
    ['Authorization: Bearer'],
    ['Authorization: Bearer wrong'],
    [`Authorization: ${token}`],
    [`Authorization: Basic ${token}`],
    [`Authorization: Bearer ${token}x`],
    [`Authorization: Bearer ${token.slice(1)}`],
    [`Authorization: Bearer ${token.toUpperCase()}`],
    [`Authorization: Bearer ${token} ${token}`],
    [`Cookie: token=${token}`],
  ];
  for (const [method, path] of apiRoutes) {
    for (const lines of wrong) {
      const response = await exchange(
        agent,
        head(agent, `${method} ${path} HTTP/1.1`, [...lines, 'Content-Length: 0', close]),
      );
      expect([method, path, lines, response.status]).toEqual([method, path, lines, 401]);
      expect(codeOf(response)).toBe('unauthorized');
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
    }
  }
  expect(
    (await exchange(agent, head(agent, `GET /api/sockets?token=${token} HTTP/1.1`, [close]))).status,
  ).toBe(401);
  expect(agent.playground.commands).toEqual([]);
});

test('open control plane: the list of routes above is the whole API', async () => {
  const agent = await startTestAgent();
  const { paths } = z
    .object({ paths: z.record(z.string(), z.unknown()) })
    .parse(await (await agent.get('/api/openapi.json')).json());
  const documented = Object.keys(paths).filter((path) => path.startsWith('/api'));
  const tested = apiRoutes.map(([, path]) =>
    path.replace(/\?.*/, '').replace('/1/', '/{seq}/').replace('/current', '/{id}'),
  );
  expect(documented.filter((path) => !tested.includes(path))).toEqual([]);
});

test('open control plane: the scheme may be written in any case', async () => {
  const agent = await startTestAgent();
  for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
    expect(
      (await agent.get('/api/sockets', { headers: { authorization: `${scheme} ${token}` } })).status,
    ).toBe(200);
  }
});

test('open control plane: a body is not looked at before the token', async () => {
  const agent = await startTestAgent();
  const response = await fetch(`${agent.origin}/api/commands`, { method: 'POST', body: '{' });
  expect(response.status).toBe(401);
});

test('open control plane: /healthz is open and says only that the agent is up', async () => {
  const agent = await startTestAgent();
  const response = await fetch(`${agent.origin}/healthz`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ ok: true });
});

const requiredHeaders = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
};

test('cookies cross ports: no response ever sets one, and each carries the security headers', async () => {
  const agent = await startTestAgent();
  agent.playground.receive('data');
  const auth = `Authorization: Bearer ${token}`;
  const requests = [
    head(agent, 'GET / HTTP/1.1', [close]),
    head(agent, 'GET /nothing HTTP/1.1', [close]),
    head(agent, 'GET /healthz HTTP/1.1', [close]),
    head(agent, 'GET /%zz HTTP/1.1', [close]),
    head(agent, 'GET /api/sockets HTTP/1.1', [close]),
    head(agent, 'GET /api/sockets HTTP/1.1', [auth, close]),
    head(agent, 'GET /api/events HTTP/1.1', [auth, close]),
    head(agent, 'GET /api/events/1/data HTTP/1.1', [auth, close]),
    head(agent, 'GET /api/openapi.json HTTP/1.1', [auth, close]),
    head(agent, 'GET /healthz HTTP/1.1', ['Host: evil.example']),
    head(agent, 'CONNECT evil.example:443 HTTP/1.1'),
    handshake(agent, 'null'),
    'garbage\r\n\r\n',
  ];
  for (const request of requests) {
    const { headers, status } = await exchange(agent, request);
    expect(status).toBeGreaterThanOrEqual(200);
    expect(Object.fromEntries(headers)).toMatchObject(requiredHeaders);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'self'; connect-src 'self'; .*frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html$/,
    );
    expect(headers.has('set-cookie')).toBe(false);
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
});

test('token in a log: no response and no log line ever carries one', async () => {
  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const agent = await startTestAgent({ log });
  const responses = await Promise.all(
    [
      head(agent, `GET /${token} HTTP/1.1`, [close]),
      head(agent, `GET /api/${token} HTTP/1.1`, [close, `Authorization: Bearer ${token}`]),
      head(agent, `GET /healthz?token=${token} HTTP/1.1`, [close]),
      head(agent, 'GET / HTTP/1.1', [`Host: ${token}`]),
      head(agent, 'GET / HTTP/1.1', [`Origin: http://${token}`]),
      head(agent, `GET /api/events?from=${token} HTTP/1.1`, [close, `Authorization: Bearer ${token}`]),
      head(agent, `GET /api/events?${token}=1 HTTP/1.1`, [close, `Authorization: Bearer ${token}`]),
      `${token}\r\n\r\n`,
    ].map((request) => exchange(agent, request)),
  );
  await exchange(agent, handshake(agent, agent.origin, `/ws?token=${token}`));
  expect(responses.map(({ text }) => text.includes(token))).not.toContain(true);
  expect(logged.join('\n')).not.toContain(token);
});

test('a subprotocol is named by nobody: the agent speaks none (RFC 6455 §4.2.2)', async () => {
  const agent = await startTestAgent();
  const socket = await openRaw(agent);
  const offer = 'Sec-WebSocket-Protocol: chat, superchat';
  socket.write(
    handshake(agent, agent.origin).replace('Upgrade: websocket', `Upgrade: websocket\r\n${offer}`),
  );
  const received: unknown[] = await once(socket, 'data');
  expect(String(received[0])).toMatch(/^HTTP\/1\.1 101 /);
  expect(String(received[0])).not.toMatch(/^Sec-WebSocket-Protocol/im);
});
