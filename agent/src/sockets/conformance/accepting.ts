import { describe, expect, it } from 'vitest';
import type { AgentSocket } from '../socket.ts';
import { must, openBench } from './bench.ts';
import type { Bench } from './bench.ts';
import { bound, listening, text } from './conversation.ts';
import type { Kind } from './kinds.ts';

/** A manual listener and those who wait at it, in the order they called. */
async function crowd(bench: Bench, kind: Kind, size: number) {
  const { listener, address } = await listening(bench, kind, 16, 'manual');
  const peers = [];
  while (peers.length < size) peers.push(await kind.world.call(address));
  return { listener, address, peers };
}

async function take(bench: Bench, listener: AgentSocket): Promise<AgentSocket> {
  const id = must(await listener.accept());
  if (id === null) throw new Error('Nobody waited.');
  return must(bench.hub.socket(id));
}

export function accepting(kind: Kind): void {
  if (!kind.can.listen) {
    it('refuses accept: nobody connects to it', async () => {
      const bench = openBench();
      const { socket } = await bound(bench, kind);
      await bench.misplaced('not-supported', () => socket.accept());
    });
    return;
  }

  describe('accept', () => {
    it('is for manual listeners', async () => {
      const bench = openBench();
      const socket = bench.open(kind);
      await bench.misplaced('not-listening', () => socket.accept());
      const { listener, address } = await listening(bench, kind);
      expect(bench.eventsOf(listener).at(-1)).not.toHaveProperty('accept');
      await bench.misplaced('accepts-by-itself', () => listener.accept());
      must(await socket.connect(address));
      await bench.misplaced('not-listening', () => socket.accept());
      await listener.close();
      await bench.misplaced('socket-closed', () => listener.accept());
    });

    it('takes one for each call, in the order they called, and none by itself', async () => {
      const bench = openBench();
      const { listener, address, peers } = await crowd(bench, kind, 3);
      expect(bench.eventsOf(listener).at(-1)).toMatchObject({ type: 'listening', accept: 'manual' });
      for (const peer of peers) {
        const mark = bench.journal.latest;
        const connection = await take(bench, listener);
        expect(bench.eventsOf(connection)).toMatchObject([
          { type: 'opened', seq: mark + 1, family: kind.family, listener: listener.id },
          { type: 'accepted', seq: mark + 2, listener: listener.id, local: address, remote: peer.address },
        ]);
        expect(bench.journal.latest).toBe(mark + 2);
      }
    });

    it('takes nobody when nobody waits, and leaves no trace of it', async () => {
      const bench = openBench();
      const { listener, address } = await crowd(bench, kind, 0);
      const mark = bench.journal.latest;
      expect(must(await listener.accept())).toBeNull();
      expect(bench.journal.latest).toBe(mark);
      await kind.world.call(address);
      await take(bench, listener);
    });

    it('called several times at once, takes one for each', async () => {
      const bench = openBench();
      const { listener, peers } = await crowd(bench, kind, 3);
      const ids = await Promise.all([1, 2, 3, 4].map(async () => must(await listener.accept())));
      const callers = ids.map((id) => (id === null ? null : bench.hub.states.get(id)?.remote));
      expect(callers).toEqual([...peers.map(({ address }) => address), null]);
    });

    it('gives all that was said while waiting, and talks from then on', async () => {
      const bench = openBench();
      const { listener, peers } = await crowd(bench, kind, 1);
      const [peer] = peers;
      peer?.say(text('said while waiting, '));
      const connection = await take(bench, listener);
      peer?.say(text('and after'));
      await bench.until('all is here', () =>
        bench.received(connection).equals(text('said while waiting, and after')),
      );
      must(await connection.send(text('answer')));
      await peer?.until(({ heard }) => Buffer.concat([...heard]).equals(text('answer')));
    });

    it('takes whoever left while waiting, too: what it said, its end, its reset', async () => {
      const bench = openBench();
      const { listener, peers } = await crowd(bench, kind, 2);
      const [first, second] = peers;
      first?.say(text('bye'));
      first?.end();
      second?.reset();
      const ended = await take(bench, listener);
      await bench.next(ended, 'ended');
      expect(bench.story(ended)).toEqual(['opened', 'accepted', 'received', 'ended']);
      const reset = await take(bench, listener);
      await bench.next(reset, 'closed');
      expect(bench.story(reset)).toEqual(['opened', 'accepted', 'reset', 'closed']);
    });

    it('waits for room when no more sockets may be open, out loud, and so does whoever waits', async () => {
      const bench = openBench({ sockets: 2 });
      const { listener } = await crowd(bench, kind, 2);
      const first = await take(bench, listener);
      await bench.refused('too-many-sockets', 'accept', () => listener.accept());
      await first.reset();
      await take(bench, listener);
    });

    it('is called off when the listener is closed; whoever waits is sent away, and the port is free', async () => {
      const bench = openBench();
      const { listener, address, peers } = await crowd(bench, kind, 3);
      const first = await take(bench, listener);
      const accepting = listener.accept();
      await listener.close();
      expect(await accepting).toMatchObject({ ok: false, problem: { code: 'socket-closed' } });
      for (const peer of peers.slice(1))
        await peer.until(({ hasEnded, error }) => hasEnded || error !== null);
      must(await first.send(text('still here')));
      const next = bench.open(kind);
      must(await next.bind(address));
      must(await next.listen(1));
    });

    it('works on a listener that got its address at the second attempt', async () => {
      const bench = openBench();
      const { socket: first, address } = await bound(bench, kind);
      const second = bench.open(kind);
      must(await second.bind(address));
      must(await first.listen(1));
      await bench.refused('EADDRINUSE', 'listen', () => second.listen(1, 'manual'));
      await first.close();
      must(await second.listen(1, 'manual'));
      await kind.world.call(address);
      await take(bench, second);
    });
  });
}
