import { describe, expect, it } from 'vitest';
import { must, openBench } from './bench.ts';
import { bound, listening as open, text } from './conversation.ts';
import type { Kind } from './kinds.ts';

export function listening(kind: Kind): void {
  if (!kind.can.listen) {
    it('refuses listen: nobody connects to it', async () => {
      const bench = openBench();
      const { socket } = await bound(bench, kind);
      await bench.misplaced('not-supported', () => socket.listen(1));
    });
    return;
  }

  describe('listen', () => {
    it('needs an address, happens once, and is told with its backlog', async () => {
      const bench = openBench();
      const early = bench.open(kind);
      await bench.misplaced('not-bound', () => early.listen(1));
      const { listener, address } = await open(bench, kind, 7);
      expect(bench.eventsOf(listener).at(-1)).toMatchObject({
        type: 'listening',
        local: address,
        backlog: 7,
      });
      await bench.misplaced('already-connected', () => listener.listen(7));
    });

    it('on an address where another listens is refused, and works once that one is closed', async () => {
      const bench = openBench();
      const { socket: first, address } = await bound(bench, kind);
      const second = bench.open(kind);
      must(await second.bind(address));
      must(await first.listen(1));
      await bench.refused('EADDRINUSE', 'listen', () => second.listen(1));
      await first.close();
      must(await second.listen(1));
      await kind.world.call(address);
      await bench.accepted(second);
    });

    it('accepts each caller as a socket of its own, with the ends the caller sees', async () => {
      const bench = openBench();
      const { listener, address } = await open(bench, kind);
      const callers = await Promise.all([1, 2, 3].map(() => kind.world.call(address)));
      await bench.until('three accepted', () => bench.hub.states.size === 4);
      const accepted = [...bench.hub.states.values()].slice(1);
      expect(new Set(accepted.map(({ remote }) => remote?.port))).toEqual(
        new Set(callers.map((caller) => caller.address.port)),
      );
      for (const { socket, local } of accepted) {
        expect(local).toEqual(address);
        expect(bench.eventsOf({ id: socket })).toMatchObject([
          { type: 'opened', family: kind.family, listener: listener.id },
          { type: 'accepted', listener: listener.id, local: address, remote: { host: kind.loopback } },
        ]);
      }
    });

    it('talks to nobody itself', async () => {
      const bench = openBench();
      const { listener, address } = await open(bench, kind);
      await bench.misplaced('not-connected', () => listener.send(text('x')));
      await bench.misplaced('not-connected', () => listener.pause());
      await bench.misplaced('not-connected', () => listener.shutdown());
      await bench.misplaced('already-connected', () => listener.connect(address));
      await bench.misplaced('already-bound', () => listener.bind(address));
    });

    it('closed, leaves its connections alive and its port free', async () => {
      const bench = openBench();
      const { listener, address } = await open(bench, kind);
      const caller = await kind.world.call(address);
      const accepted = await bench.accepted(listener);
      await listener.close();
      must(await accepted.send(text('still here')));
      await caller.until(({ heard }) => Buffer.concat([...heard]).toString() === 'still here');
      const next = bench.open(kind);
      must(await next.bind(address));
      must(await next.listen(1));
    });

    it('takes a storm: of 2,000 that call and speak at once none is lost', async () => {
      const storm = 2_000;
      const bench = openBench({ sockets: storm + 1 });
      let heard = 0;
      bench.hub.watch(({ type }) => (heard += type === 'received' ? 1 : 0));
      const { address } = await open(bench, kind, 4_096);
      await Promise.all(
        Array.from({ length: storm }, async () => (await kind.world.call(address)).say(text('here'))),
      );
      await bench.until('everyone is heard', () => heard === storm);
      expect(bench.hub.states.size).toBe(storm + 1);
    });

    it('sends callers away when no more sockets may be open, out loud, and takes them again later', async () => {
      const bench = openBench({ sockets: 2 });
      const { listener, address } = await open(bench, kind);
      await kind.world.call(address);
      const accepted = await bench.accepted(listener);
      const unlucky = await kind.world.call(address);
      await unlucky.until(({ hasEnded, error }) => hasEnded || error !== null);
      expect(await bench.next(listener, 'failed')).toMatchObject({
        during: 'accept',
        code: 'too-many-sockets',
      });
      await accepted.reset();
      const from = bench.journal.latest + 1;
      await kind.world.call(address);
      await bench.accepted(listener, from);
    });
  });
}
