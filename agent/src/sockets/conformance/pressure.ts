import { describe, expect, it } from 'vitest';
import { must, openBench } from './bench.ts';
import { begin as converse, beginnings, noise, text } from './conversation.ts';
import type { Kind } from './kinds.ts';

const mebi = 1024 * 1024;
/** More than two kernels keep for a peer that does not read. */
const tooMuch = 12 * mebi;

export function pressure(kind: Kind): void {
  if (kind.can.keepBoundaries) {
    it('lets a datagram wait no longer than the limit allows', async () => {
      const bench = openBench({ sendQueueBytes: 4 });
      const { socket } = await converse(bench, kind);
      await bench.misplaced('queue-full', () => socket.send(text('12345')));
      expect(must(await socket.send(text('1234')))).toBe(0);
    });
    return;
  }

  describe.each(beginnings(kind))('back-pressure, $way', ({ begin }) => {
    it('is told as blocked when bytes begin to wait and drained when none do; sent comes when the kernel has them', async () => {
      const bench = openBench();
      const { socket, peer } = await begin(bench, kind);
      peer.pause();
      const queued = must(await socket.send(noise(tooMuch)));
      expect(queued).toBeGreaterThan(0);
      must(await socket.send(text('more')));
      const blocked = await bench.next(socket, 'blocked');
      expect(blocked.queued).toBe(queued);
      expect(bench.hub.states.get(socket.id)).toMatchObject({ blocked: true, bytesSent: 0 });
      peer.resume();
      await bench.next(socket, 'drained');
      expect(socket.queued).toBe(0);
      expect(bench.hub.states.get(socket.id)).toMatchObject({ blocked: false, bytesSent: tooMuch + 4 });
      expect(
        bench.story(socket).filter((type) => type === 'blocked' || type === 'sent' || type === 'drained'),
      ).toEqual(['blocked', 'sent', 'sent', 'drained']);
      await peer.until(({ heard }) => heard.reduce((sum, { length }) => sum + length, 0) === tooMuch + 4);
      expect(
        Buffer.concat([...peer.heard])
          .subarray(0, tooMuch)
          .equals(noise(tooMuch)),
      ).toBe(true);
    });

    it('has an end: past the limit a send is refused and nothing of it is queued', async () => {
      const bench = openBench({ sendQueueBytes: tooMuch });
      const { socket, peer } = await begin(bench, kind);
      peer.pause();
      const queued = must(await socket.send(noise(tooMuch)));
      await bench.misplaced('queue-full', () => socket.send(noise(tooMuch)));
      expect(socket.queued).toBe(queued);
      peer.resume();
      await bench.next(socket, 'drained');
      must(await socket.send(text('again')));
    });

    it('of one peer does not touch the others', async () => {
      const bench = openBench();
      const slow = await begin(bench, kind);
      slow.peer.pause();
      must(await slow.socket.send(noise(tooMuch)));
      const quick = await begin(bench, kind);
      must(await quick.socket.send(text('hello')));
      await quick.peer.until(({ heard }) => heard.length > 0);
      expect(bench.hub.states.get(slow.socket.id)?.blocked).toBe(true);
    });
  });
}
