/** A connection that breaks at any byte of the handshake, a message or a batch costs the page nothing but time. */
import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { protocolVersion } from '@socket-playground/shared/wire/version.ts';
import { bundled } from '../cli.ts';
import { cuttingProxy } from '../cutting-proxy.ts';
import { temporaryFolder } from '../disk.ts';
import { eventually } from '../eventually.ts';
import { TestLink } from '../link.ts';
import { serveAgent } from '../served.ts';
import type { ServedAgent } from '../served.ts';

const file = bundled('../src/cli.ts');
const messages = 300;
const plenty = 16 * 1024 * 1024;

/** Some hundred events of very different sizes, told when all of them are there. Returns the number of the last. */
async function traffic(agent: ServedAgent): Promise<number> {
  const socket = connect(await agent.serve(), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  for (let index = 0; index < messages; index += 1) {
    socket.write(Buffer.alloc(1 + ((index * 37) % 900), index));
    await once(socket, 'data');
  }
  socket.end();
  await once(socket.resume(), 'close');
  return eventually(async () => {
    const lines = await agent.lines('/api/events?from=1');
    expect(lines.at(-1)).toContain('"closed"');
    return lines.length;
  });
}

/** What came over one connection before it broke, or when `last` was there. */
async function readOnce(
  agent: ServedAgent,
  port: number,
  from: number,
  last: number,
): Promise<SocketEvent[]> {
  const { origin, ready } = agent;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, {
    origin,
    headers: { host: `127.0.0.1:${ready.port}` },
  });
  const link = new TestLink(socket);
  socket.once('open', () => {
    link.say({ type: 'hello', token: ready.token, protocol: protocolVersion, from, epoch: ready.epoch });
    link.credit(plenty);
  });
  socket.on('message', () => link.events.at(-1)?.seq === last && socket.terminate());
  await link.closed;
  return link.events;
}

test(
  'a page whose connection breaks at any byte has everything once, in order',
  { timeout: 120_000 },
  async () => {
    const agent = await serveAgent(file, temporaryFolder());
    const last = await traffic(agent);
    let cuts: number[] = [];
    const port = await cuttingProxy(agent.ready.port, () => cuts.shift() ?? Infinity);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40_000 }), { maxLength: 8 }), async (places) => {
        cuts = [...places];
        const seqs: number[] = [];
        while (seqs.length < last) {
          const events = await readOnce(agent, port, seqs.length + 1, last);
          seqs.push(...events.map(({ seq }) => seq));
          expect(seqs).toEqual(seqs.map((_, index) => index + 1));
        }
      }),
      { numRuns: 40 },
    );
  },
);
