/** Dissectors read what real programs send: curl, openssl, a resolver, a WebSocket client. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import * as z from 'zod/mini';
import { dissectAs, recognise } from '@socket-playground/shared/dissect/index.ts';
import type { Input } from '@socket-playground/shared/dissect/dissector.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const datagram = z.tuple([z.instanceof(Uint8Array), z.unknown()]);

function said(bytes: Uint8Array, over: Partial<Input> = {}) {
  const input: Input = {
    ...{ bytes, size: bytes.length, transport: 'stream', source: null, destination: null },
    ...over,
  };
  const dissector = recognise(input);
  return dissector === null ? null : { id: dissector.id, ...dissectAs(dissector, input) };
}

/** The first bytes that a program sends to the port it is given. */
async function firstBytes(run: (port: number) => ChildProcess | WebSocket): Promise<Uint8Array> {
  const server = createServer().listen(0, '127.0.0.1');
  endings.push(() => server.close());
  await once(server, 'listening');
  const { port } = portOf.parse(server.address());
  const heard = new Promise<Uint8Array>((resolve) => {
    server.on('connection', (socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (data) => {
        resolve(new Uint8Array(data));
        socket.destroy();
      });
    });
  });
  const program = run(port);
  program.on('error', () => undefined);
  const bytes = await heard;
  if (program instanceof WebSocket) program.terminate();
  else program.kill();
  return bytes;
}

const portOf = z.object({ port: z.number() });

it('curl’s request', async () => {
  const bytes = await firstBytes((port) => spawn('curl', ['-s', `http://127.0.0.1:${port}/a?b`]));
  expect(said(bytes)).toMatchObject({ id: 'http', info: 'GET /a?b HTTP/1.1', note: null });
});

it('openssl’s ClientHello', async () => {
  const hello = ['s_client', '-servername', 'otter.example', '-alpn', 'h2,http/1.1', '-connect'];
  const bytes = await firstBytes((port) => spawn('openssl', [...hello, `127.0.0.1:${port}`]));
  const info = 'ClientHello, otter.example, TLS 1.3, h2 http/1.1';
  expect(said(bytes)).toMatchObject({ id: 'tls', info });
});

it('a resolver’s question', async () => {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  endings.push(() => socket.close());
  await once(socket, 'listening');
  const resolver = new Resolver();
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  const heard = once(socket, 'message');
  const asked = resolver.resolve6('otter.example').catch(() => undefined);
  const [bytes] = datagram.parse(await heard);
  resolver.cancel();
  await asked;
  expect(said(bytes, { transport: 'dgram' })).toMatchObject({ id: 'dns', info: 'Query AAAA otter.example' });
});

it('a WebSocket’s handshake and frames', async () => {
  const handshake = await firstBytes((port) => new WebSocket(`ws://127.0.0.1:${port}/chat`));
  expect(said(handshake)).toMatchObject({ id: 'http', info: 'GET /chat HTTP/1.1, upgrade to websocket' });
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  endings.push(() => server.close());
  await once(server, 'listening');
  const heard = new Promise<Uint8Array>((resolve) => {
    server.on('connection', (_, request) => {
      // The server takes the mask off in place: look before it does.
      request.socket.prependOnceListener('data', (data) => resolve(new Uint8Array(data)));
    });
  });
  const client = new WebSocket(`ws://127.0.0.1:${portOf.parse(server.address()).port}`);
  endings.push(() => client.terminate());
  client.on('open', () => client.send('happy'));
  expect(said(await heard)).toMatchObject({ id: 'websocket', info: 'text “happy”' });
});
