import { describe, expect, it } from 'vitest';
import { must, openBench } from './bench.ts';
import { begin as converse, bound, listening, noise, text } from './conversation.ts';
import type { Kind } from './kinds.ts';

export function options(kind: Kind): void {
  describe.each(kind.options)('option $option', (setting) => {
    const told = { type: 'option-set', option: setting.option };

    it('set before bind holds from bind on, and is told once', async () => {
      const bench = openBench();
      const socket = bench.open(kind);
      must(await socket.setOption(setting));
      must(await socket.bind({ host: kind.loopback, port: 0 }));
      expect(bench.eventsOf(socket).filter(({ type }) => type === 'option-set')).toMatchObject([told]);
    });

    it('set after bind is told, with the value the kernel reports', async () => {
      const bench = openBench();
      const { socket } = await bound(bench, kind);
      must(await socket.setOption(setting));
      const { value } = await bench.next(socket, 'option-set');
      // Linux reports twice the size of a buffer: its own bookkeeping counts too (socket(7)).
      const expected =
        setting.option === 'receiveBuffer' ? [setting.value, 2 * setting.value] : [setting.value];
      expect(expected).toContain(value);
    });

    it('can be set while talking, and the talk goes on', async () => {
      const bench = openBench();
      const { socket, peer } = await converse(bench, kind);
      must(await socket.setOption(setting));
      expect(await bench.next(socket, 'option-set')).toMatchObject(told);
      peer.say(text('still'));
      await bench.until('all received', () => bench.received(socket).toString() === 'still');
      must(await socket.send(text('here')));
      await peer.until(({ heard }) => Buffer.concat([...heard]).toString() === 'here');
    });
  });

  describe.each(kind.notItsOptions)('option $option', (setting) => {
    it('is refused, and the journal does not tell of it', async () => {
      const bench = openBench();
      const { socket } = await bound(bench, kind);
      await bench.misplaced('option-not-supported', () => socket.setOption(setting));
      const early = bench.open(kind);
      await bench.misplaced('option-not-supported', () => early.setOption(setting));
    });
  });

  describe('option ipv6Only', () => {
    const setting = { option: 'ipv6Only', value: true } as const;

    if (!kind.can.ipv6Only) {
      it('is refused: the socket is of the other family', async () => {
        const bench = openBench();
        const socket = bench.open(kind);
        await bench.misplaced('option-not-supported', () => socket.setOption(setting));
      });
      return;
    }

    it('leaves the port free for IPv4, and is refused after bind', async () => {
      const bench = openBench();
      const socket = bench.open(kind);
      must(await socket.setOption(setting));
      const { port } = must(await socket.bind({ host: '::', port: 0 }));
      await bench.misplaced('already-bound', () => socket.setOption(setting));
      const other = bench.open({ ...kind, family: 'inet' });
      must(await other.bind({ host: '0.0.0.0', port }));
      if (!kind.can.listen) return;
      must(await socket.listen(1));
      must(await other.listen(1));
    });
  });

  if (kind.options.some(({ option }) => option === 'readSize')) readSize(kind);
}

function readSize(kind: Kind): void {
  const few = { option: 'readSize', value: 7 } as const;
  const many = { option: 'readSize', value: 1_000_000 } as const;

  describe('readSize bounds what one read returns', () => {
    it.each([
      { when: 'before connect', early: true },
      { when: 'while connected, from the very next read on', early: false },
    ])('$when', async ({ early }) => {
      const bench = openBench();
      const callee = await kind.world.callee();
      const socket = bench.open(kind);
      if (early) must(await socket.setOption(few));
      must(await socket.connect(callee.address));
      if (!early) must(await socket.setOption(few));
      const peer = await callee.caller();
      peer.say(noise(1_000));
      await bench.until('all received', () => bench.hub.states.get(socket.id)?.bytesReceived === 1_000);
      const sizes = bench
        .eventsOf(socket)
        .flatMap((event) => (event.type === 'received' ? [event.size] : []));
      expect(Math.max(...sizes)).toBe(7);
      expect(bench.received(socket).equals(noise(1_000))).toBe(true);

      const from = bench.journal.latest + 1;
      must(await socket.setOption(many));
      must(socket.pause());
      peer.say(noise(200_000));
      must(socket.resume());
      await bench.until('all received', () => bench.hub.states.get(socket.id)?.bytesReceived === 201_000);
      expect((await bench.next(socket, 'received', from)).size).toBeGreaterThan(64 * 1024);
    });

    it('for the connections of a listener that was told so', async () => {
      const bench = openBench();
      const { listener, address } = await listening(bench, kind);
      must(await listener.setOption(few));
      const peer = await kind.world.call(address);
      peer.say(noise(100));
      const socket = await bench.accepted(listener);
      await bench.until('all received', () => bench.hub.states.get(socket.id)?.bytesReceived === 100);
      const sizes = bench
        .eventsOf(socket)
        .flatMap((event) => (event.type === 'received' ? [event.size] : []));
      expect(Math.max(...sizes)).toBe(7);
    });
  });
}
