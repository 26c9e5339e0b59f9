import { describe, expect, it } from 'vitest';
import type { AgentSocket } from '../socket.ts';
import { kernelTables } from '../udp/kernel-tables.ts';
import { must, openBench } from './bench.ts';
import type { Bench } from './bench.ts';
import { bound, text } from './conversation.ts';
import type { Kind } from './kinds.ts';
import type { Outsider } from './worlds.ts';

/** The kernel makes it at least a few kB. */
const smallBuffer = { option: 'receiveBuffer', value: 4_096 } as const;
const datagram = new Uint8Array(1_000);

function droppedAt(bench: Bench, socket: AgentSocket): number {
  return bench
    .eventsOf(socket)
    .reduce((sum, event) => (event.type === 'dropped' ? sum + event.count : sum), 0);
}

const receivedAt = (bench: Bench, socket: AgentSocket) =>
  bench.eventsOf(socket).filter(({ type }) => type === 'received').length;

/** Loopback delivers or drops a datagram before its sender goes on. */
async function sendAll(peer: Outsider, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += 1) peer.say(datagram);
  await peer.until(({ queued }) => queued === 0);
}

export function dropping(kind: Kind): void {
  if (!kind.can.keepBoundaries) return;

  describe.runIf(kernelTables)('what the kernel drops', () => {
    it('is counted: received and dropped come to what was sent', async () => {
      const bench = openBench();
      const { socket, address } = await bound(bench, kind);
      must(await socket.setOption(smallBuffer));
      const peer = await kind.world.call(address);
      must(socket.pause());
      await sendAll(peer, 200);
      const { count } = await bench.next(socket, 'dropped');
      expect(count).toBeGreaterThan(100);
      expect(receivedAt(bench, socket)).toBe(0);
      must(socket.resume());
      await bench.until(
        'every datagram is accounted for',
        () => receivedAt(bench, socket) + droppedAt(bench, socket) === 200,
      );
      expect(bench.eventsOf(socket).find(({ type }) => type === 'dropped')).toMatchObject({
        reason: 'kernel-buffer',
      });
    });

    it('is counted before the socket closes, and the count comes before closed', async () => {
      const bench = openBench();
      const { socket, address } = await bound(bench, kind);
      must(await socket.setOption(smallBuffer));
      const peer = await kind.world.call(address);
      peer.say(text('first'));
      await bench.next(socket, 'received');
      socket.hold();
      await sendAll(peer, 100);
      await socket.close();
      expect(droppedAt(bench, socket)).toBeGreaterThan(50);
      expect(bench.story(socket).slice(-2)).toEqual(['dropped', 'closed']);
    });

    it('is told of the socket it belongs to and of no other', async () => {
      const bench = openBench();
      const full = await bound(bench, kind);
      const empty = await bound(bench, kind);
      must(await full.socket.setOption(smallBuffer));
      must(full.socket.pause());
      must(empty.socket.pause());
      await sendAll(await kind.world.call(full.address), 100);
      await bench.next(full.socket, 'dropped');
      await Promise.all([full.socket.close(), empty.socket.close()]);
      expect(droppedAt(bench, empty.socket)).toBe(0);
    });

    it('is not spoken of when nothing was', async () => {
      const bench = openBench();
      const { socket, address } = await bound(bench, kind);
      await sendAll(await kind.world.call(address), 50);
      await bench.until('all are received', () => receivedAt(bench, socket) === 50);
      await socket.close();
      expect(bench.story(socket)).not.toContain('dropped');
    });

    if (kind.family === 'inet') {
      it('is told of each member of a group by itself', async () => {
        const bench = openBench();
        const group = { group: '239.83.80.9', interface: '127.0.0.1' };
        const join = async (port: number) => {
          const socket = bench.open(kind);
          must(await socket.setOption({ option: 'addMembership', value: group }));
          return { socket, address: must(await socket.bind({ host: '0.0.0.0', port })) };
        };
        const deaf = await join(0);
        const quick = await join(deaf.address.port);
        must(await deaf.socket.setOption(smallBuffer));
        must(deaf.socket.pause());
        const { socket: sender } = await bound(bench, kind);
        const there = { host: group.group, port: deaf.address.port };
        for (let sent = 0; sent < 100; sent += 1) must(await sender.sendTo(datagram, there));
        await bench.until('the quick one has all', () => receivedAt(bench, quick.socket) === 100);
        must(deaf.socket.resume());
        await bench.until(
          'the deaf one has all or knows what it lost',
          () => receivedAt(bench, deaf.socket) + droppedAt(bench, deaf.socket) === 100,
        );
        expect(droppedAt(bench, deaf.socket)).toBeGreaterThan(50);
        await quick.socket.close();
        expect(droppedAt(bench, quick.socket)).toBe(0);
      });
    }
  });
}
