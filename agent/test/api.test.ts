import { expect, test, vi } from 'vitest';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { reduce } from '@socket-playground/shared/events/reduce.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { refusal } from '../src/gateway/api/schemas.ts';
import { startTestAgent, token } from './agent.ts';
import type { Call, TestAgent } from './agent.ts';
import { head, openRaw, readToEnd } from './raw.ts';

const socketCommand = { type: 'socket', family: 'inet', socketType: 'stream' };

async function refusalOf(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  return refusal.parse(await response.json()).problem;
}

const post = (agent: TestAgent, body: string | Uint8Array | null, headers: Call['headers'] = {}) =>
  agent.get('/api/commands', { method: 'POST', body, headers });

test('a command is run and its result is the answer', async () => {
  const agent = await startTestAgent();
  agent.playground.answer = () => Promise.resolve({ ok: true, result: { socket: 3 } });
  const response = await agent.command(socketCommand);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ ok: true, result: { socket: 3 } });
  expect(agent.playground.commands).toEqual([socketCommand]);
});

test('a body is JSON whatever its Content-Type says', async () => {
  const agent = await startTestAgent();
  const types = [
    'application/json',
    'application/x-www-form-urlencoded',
    'text/plain',
    'image/png',
    'x',
    '/;;',
    'multipart/form-data',
  ];
  for (const type of types) {
    expect((await post(agent, JSON.stringify(socketCommand), { 'content-type': type })).status).toBe(200);
  }
  const untyped = await post(agent, new TextEncoder().encode(JSON.stringify(socketCommand)));
  expect(untyped.status).toBe(200);
  expect(agent.playground.commands).toHaveLength(types.length + 1);
});

test('what is no JSON is refused with bad-json and never run', async () => {
  const agent = await startTestAgent();
  const bodies = [
    '{',
    '',
    ' ',
    '{"a":1}x',
    "{'a':1}",
    Uint8Array.of(0x22, 0xff, 0x22),
    Uint8Array.of(0xff, 0xfe),
    '\ufeff\ufeff{}',
  ];
  for (const body of bodies) {
    const response = await post(agent, body);
    expect([body, response.status]).toEqual([body, 400]);
    expect((await refusalOf(response)).code).toBe('bad-json');
  }
  expect((await refusalOf(await post(agent, null))).code).toBe('bad-json');
  expect(agent.playground.commands).toEqual([]);
});

test('any JSON value reaches the playground, which refuses what is no command', async () => {
  const agent = await startTestAgent();
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  for (const body of [
    'null',
    '1',
    '"x"',
    '[]',
    '{"__proto__":{"type":"close"}}',
    '{"type":1,"type":2}',
    deep,
  ]) {
    expect((await post(agent, body)).status).toBe(200);
  }
  expect(agent.playground.commands).toHaveLength(7);
});

test('a refused command answers with the status of its problem and the problem', async () => {
  const agent = await startTestAgent();
  const wrong: [number, Problem][] = [
    [400, problem('unknown-field', { name: 'x', known: [] })],
    [403, problem('policy-self', { host: '127.0.0.1', port: 1 })],
    [404, problem('no-such-socket', { socket: 9 })],
    [409, problem('socket-closed', { socket: 9 })],
    [409, { code: 'EADDRINUSE', message: 'In use.', hint: 'Try another.', errno: 98, field: 'port' }],
  ];
  for (const [status, expected] of wrong) {
    agent.playground.answer = () => Promise.resolve({ ok: false, problem: expected });
    const response = await agent.command(socketCommand);
    expect(response.status).toBe(status);
    expect(await refusalOf(response)).toEqual(expected);
  }
});

test('a playground that fails in an unforeseen way is a coded problem, and the agent lives', async () => {
  const agent = await startTestAgent();
  agent.playground.answer = () => Promise.reject(new Error('a bug with secrets'));
  const response = await agent.command(socketCommand);
  expect(response.status).toBe(500);
  const told = await refusalOf(response);
  expect(told.code).toBe('internal');
  expect(JSON.stringify(told)).not.toContain('secrets');
  expect((await agent.get('/api/sockets')).status).toBe(200);
});

const opened: SocketState | undefined = reduce(new Map(), {
  seq: 1,
  time: 0,
  socket: 1,
  type: 'opened',
  family: 'inet6',
  socketType: 'dgram',
  label: 'mine',
});

test('open sockets are listed with exactly the documented fields', async () => {
  const agent = await startTestAgent();
  if (opened === undefined) throw new Error('no state');
  agent.playground.open = [opened, { ...opened, socket: 2, state: 'closed' }];
  expect(await (await agent.get('/api/sockets')).json()).toEqual({
    sockets: [
      {
        socket: 1,
        family: 'inet6',
        socketType: 'dgram',
        role: 'datagram',
        state: 'opened',
        paused: false,
        blocked: false,
        local: null,
        remote: null,
        behaviour: { name: 'none' },
        listener: null,
        label: 'mine',
        bytesSent: 0,
        bytesReceived: 0,
        eventsSent: 0,
        eventsReceived: 0,
      },
    ],
  });
});

test.each([
  ['the sockets', '/api/sockets'],
  ['events', '/api/events'],
  ['the sessions', '/api/sessions'],
  ['a session', '/api/sessions/current?format=json'],
])('%s are told of once all that happened before can be read', async (_what, path) => {
  const agent = await startTestAgent();
  const stored = vi.spyOn(agent.playground.journal, 'settle');
  stored.mockImplementationOnce(() => Promise.resolve(void agent.playground.receive('in time')));
  const body = await (await agent.get(path)).text();
  expect(stored).toHaveBeenCalledOnce();
  if (/events|format/.test(path)) expect(body).toContain('"aW4gdGltZQ=="');
});

test('the bytes of an event come as they were, as a file and never as a page', async () => {
  const agent = await startTestAgent();
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  agent.playground.receive(bytes);
  agent.playground.receive(new TextEncoder().encode('<script>alert(1)</script>'));
  agent.playground.receive('');
  const response = await agent.get('/api/events/1/data');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/octet-stream');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="event-1.bin"');
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  expect(await (await agent.get('/api/events/2/data')).text()).toBe('<script>alert(1)</script>');
  const empty = await agent.get('/api/events/3/data');
  expect([empty.status, (await empty.arrayBuffer()).byteLength]).toEqual([200, 0]);
});

test('an event that is not kept, or has no bytes, says so', async () => {
  const agent = await startTestAgent();
  agent.playground.journal.append({ socket: 1, type: 'closed' });
  const none = await agent.get('/api/events/1/data');
  expect([none.status, (await refusalOf(none)).code]).toEqual([404, 'no-data']);
  const later = await agent.get('/api/events/2/data');
  expect([later.status, (await refusalOf(later)).code]).toEqual([404, 'no-such-event']);
  for (const seq of ['0', '-1', 'x', '1.5', '01', '1e3', '9999999999999999999']) {
    const response = await agent.get(`/api/events/${seq}/data`);
    expect([seq, response.status, (await refusalOf(response)).code]).toEqual([seq, 400, 'bad-query']);
  }
});

test('unknown paths are coded problems', async () => {
  const agent = await startTestAgent();
  for (const path of ['/api/nothing', '/api', '/nothing', '/api/events/1', '/api/sessions/%2e%2e', '/ws']) {
    const response = await agent.get(path);
    expect([path, response.status, (await refusalOf(response)).code]).toEqual([path, 404, 'no-such-route']);
  }
  expect((await refusalOf(await agent.get('/nothing?token=secret'))).message).not.toContain('secret');
  const bad = await agent.get('/%zz');
  expect([bad.status, (await refusalOf(bad)).code]).toEqual([400, 'bad-request']);
});

test('a refusal says what should stand there, in words that cannot act on a terminal', async () => {
  const agent = await startTestAgent();
  const hides = Array.from({ length: 33 }, (_, index) => `hide=${index}`).join('&');
  for (const query of ['hide=', `hide=${'x'.repeat(5_000)}`, hides]) {
    const { code, hint } = await refusalOf(await agent.get(`/api/sessions/current?${query}`));
    expect([code, hint]).toEqual([
      'bad-query',
      'It should be text to hide, 1 to 4096 characters, up to 32 times.',
    ]);
  }
  const csi = '%C2%9B31m%1B[2J%E2%80%AE';
  for (const path of [`/api/sessions/${csi}`, `/api/sockets?${csi}=1`]) {
    const refusal = await refusalOf(await agent.get(path));
    expect(refusal.message).toContain(String.raw`\u009b31m\x1b[2J\u202e`);
  }
});

test('a query that a route does not know is refused everywhere', async () => {
  const agent = await startTestAgent();
  const paths = [
    'sockets',
    'kernel',
    'sessions',
    'openapi.json',
    'events',
    'events/1/data',
    'sessions/current',
  ];
  for (const path of paths) {
    const response = await agent.get(`/api/${path}?x=1`);
    expect([path, response.status, (await refusalOf(response)).code]).toEqual([path, 400, 'bad-query']);
  }
  const posted = await agent.get('/api/commands?x=1', {
    method: 'POST',
    body: JSON.stringify(socketCommand),
  });
  expect([posted.status, (await refusalOf(posted)).field]).toEqual([400, 'x']);
  expect(agent.playground.commands).toEqual([]);
  expect((await agent.get('/api/nothing?x=1')).status).toBe(404);
});

test('who sends FIN behind a command is answered when it is done, well or ill, and then hears the end', async () => {
  const agent = await startTestAgent();
  const done = { ok: true, result: {} } as const;
  const refused = { ok: false, problem: problem('socket-closed', { socket: 1 }) } as const;
  for (const [status, outcome] of [[200, done] as const, [409, refused] as const]) {
    const heardFin = new Promise<void>((resolve) => {
      agent.app.server.once('connection', (socket) => void socket.once('end', resolve));
    });
    agent.playground.answer = () => heardFin.then(() => outcome);
    const client = await openRaw(agent);
    const lines = [`Authorization: Bearer ${token}`, 'Content-Length: 2'];
    client.end(`${head(agent, 'POST /api/commands HTTP/1.1', lines)}{}`);
    expect((await readToEnd(client)).status).toBe(status);
  }
});
