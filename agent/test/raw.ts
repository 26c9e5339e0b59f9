/** Bytes on a bare connection to the agent, and what came back: for requests no HTTP client would send. */
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { refusal } from '../src/gateway/api/schemas.ts';
import type { RunningAgent } from './agent.ts';

export interface RawResponse {
  /** 0 when nothing came. */
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** Everything that was received. */
  readonly text: string;
}

export async function openRaw({ port }: Pick<RunningAgent, 'port'>): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  // A refusal may come as a reset; what was received before counts.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Sends the bytes and reads until the agent closes the connection. The agent must close it: that is part of the promise. */
export async function exchange(
  agent: Pick<RunningAgent, 'port'>,
  bytes: string | Uint8Array,
): Promise<RawResponse> {
  const socket = await openRaw(agent);
  socket.write(bytes);
  return readToEnd(socket);
}

export async function readToEnd(socket: Socket): Promise<RawResponse> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  if (!socket.closed) await once(socket, 'close');
  return parse(Buffer.concat(chunks).toString('latin1'));
}

function parse(text: string): RawResponse {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1] ?? 0);
  return { status, headers: new Map(headers), body: rest.join('\r\n\r\n'), text };
}

/** A request head with these lines; `Host` is the agent's own unless a line says otherwise. */
export function head(
  agent: Pick<RunningAgent, 'host'>,
  requestLine: string,
  lines: readonly string[] = [],
): string {
  const hasHost = lines.some((line) => /^host:/i.test(line));
  return [requestLine, ...(hasHost ? [] : [`Host: ${agent.host}`]), ...lines, '', ''].join('\r\n');
}

/** A handshake as a browser's (RFC 6455 §4.1), from the page of this origin; null leaves the header out. */
export function handshake(agent: RunningAgent, origin: string | null, path = '/ws'): string {
  return head(agent, `GET ${path} HTTP/1.1`, [
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...(origin === null ? [] : [`Origin: ${origin}`]),
  ]);
}

/** The code of the problem a response was refused with; fails when it was not refused in the one way there is. */
export function codeOf({ body }: Pick<RawResponse, 'body'>): string {
  return refusal.parse(JSON.parse(body)).problem.code;
}
