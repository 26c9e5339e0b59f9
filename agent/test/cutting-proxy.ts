/** A wire between page and agent that breaks after so many of the agent's bytes, wherever that is in a message. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** The port of a proxy. Each connection lets through as many bytes as `nextCut` says. */
export async function cuttingProxy(agentPort: number, nextCut: () => number): Promise<number> {
  const server = createServer((page) => join(page, connect(agentPort, '127.0.0.1'), nextCut()));
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
  return address.port;
}

function join(page: Socket, agent: Socket, bytes: number): void {
  let left = bytes;
  const end = () => {
    page.destroy();
    agent.destroy();
  };
  onTestFinished(end);
  for (const each of [page, agent]) each.on('error', end).on('close', end);
  page.on('data', (chunk) => agent.write(chunk));
  agent.on('data', (chunk) => {
    const piece = chunk.subarray(0, left);
    left -= piece.length;
    if (left > 0) page.write(piece);
    else page.end(piece, end);
  });
}
