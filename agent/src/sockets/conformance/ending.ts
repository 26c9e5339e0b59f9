import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { plural } from '@socket-playground/shared/plural.ts';
import { must, openBench } from './bench.ts';
import { begin as converse, beginnings, bound, noise, text } from './conversation.ts';
import type { Conversation } from './conversation.ts';
import type { Kind } from './kinds.ts';

/** More than two kernels keep for a peer that does not read. */
const tooMuch = 12 * 1024 * 1024;
const endings = new Set(['failed', 'ended', 'reset', 'closed']);

export function ending(kind: Kind): void {
  describe('close', () => {
    it('is idempotent, and every call of it ends when the socket is closed', async () => {
      const bench = openBench();
      for (const { socket } of [await converse(bench, kind), await bound(bench, kind)]) {
        const closings = [socket.close(), socket.close(), socket.reset(), socket.close()].map(
          async (closing) => {
            await closing;
            expect(bench.story(socket).at(-1)).toBe('closed');
          },
        );
        await Promise.all(closings);
        await socket.close();
        expect(bench.hub.states.has(socket.id)).toBe(false);
      }
    });

    it('of a socket that never had an address, or only an address, tells just that', async () => {
      const bench = openBench();
      const opened = bench.open(kind);
      await Promise.all([opened.close(), opened.close()]);
      expect(bench.story(opened)).toEqual(['opened', 'closed']);
      const { socket } = await bound(bench, kind);
      await Promise.all([socket.close(), socket.reset()]);
      expect(bench.story(socket)).toEqual(['opened', 'bound', 'closed']);
    });
  });

  if (kind.can.end) {
    describe.each(beginnings(kind))('$way', ({ begin }) => ended(kind, begin));
    return;
  }

  it('has no half that could be shut down', async () => {
    const bench = openBench();
    const { socket } = await converse(bench, kind);
    await bench.misplaced('not-supported', () => socket.shutdown());
  });
}

function ended(kind: Kind, begin: typeof converse): void {
  async function start(special: Parameters<typeof openBench>[0] = {}) {
    const bench = openBench(special);
    const talk = await begin(bench, kind);
    const facts = () =>
      bench.eventsOf(talk.socket).flatMap((event) => {
        if (!endings.has(event.type)) return [];
        return [`${event.type}${'by' in event ? ` by ${event.by}` : ''}`];
      });
    return { bench, ...talk, facts };
  }
  const hears = ({ peer }: Pick<Conversation, 'peer'>, words: string) =>
    peer.until(({ heard }) => Buffer.concat([...heard]).toString() === words);

  describe('FIN', () => {
    it('of the peer leaves our half open: a late answer arrives whole, then our own FIN closes', async () => {
      const { bench, socket, peer, facts } = await start();
      peer.say(text('question'));
      peer.end();
      await bench.next(socket, 'ended');
      expect(bench.hub.states.get(socket.id)?.state).toBe('half-closed');
      must(await socket.send(text('late answer')));
      await hears({ peer }, 'late answer');
      must(await socket.shutdown());
      await bench.next(socket, 'closed');
      await peer.until(({ hasEnded }) => hasEnded);
      expect(facts()).toEqual(['ended by remote', 'ended by local', 'closed']);
    });

    it('of ours leaves the half of the peer open: what it says later is received, its FIN closes', async () => {
      const { bench, socket, peer, facts } = await start();
      must(await socket.send(text('last words')));
      must(await socket.shutdown());
      await peer.until(({ hasEnded }) => hasEnded);
      await hears({ peer }, 'last words');
      await bench.misplaced('write-ended', () => socket.send(text('more')));
      must(await socket.shutdown());
      peer.say(text('late answer'));
      await bench.next(socket, 'received');
      peer.end();
      await bench.next(socket, 'closed');
      expect(bench.received(socket).toString()).toBe('late answer');
      expect(facts()).toEqual(['ended by local', 'ended by remote', 'closed']);
    });

    it('of both at once is told twice, and closes', async () => {
      const { bench, socket, peer, facts } = await start();
      peer.end();
      await Promise.all([socket.shutdown(), socket.shutdown(), bench.next(socket, 'closed')]);
      expect(facts().sort()).toEqual(['closed', 'ended by local', 'ended by remote']);
    });

    it('waits for what is queued before it, and its command does not', async () => {
      const { socket, peer, facts } = await start();
      peer.pause();
      must(await socket.send(noise(tooMuch)));
      expect(socket.queued).toBeGreaterThan(0);
      must(await socket.shutdown());
      expect(facts()).toEqual([]);
      peer.resume();
      await peer.until(({ hasEnded }) => hasEnded);
      expect(Buffer.concat([...peer.heard]).equals(noise(tooMuch))).toBe(true);
    });
  });

  describe('RST', () => {
    it('of the peer, while nothing is under way, is reset and closed without a failure', async () => {
      const { bench, socket, peer, facts } = await start();
      peer.reset();
      await bench.next(socket, 'closed');
      expect(facts()).toEqual(['reset by remote', 'closed']);
    });

    it.each(['open', 'ended'])('of the peer, close behind bytes, is no FIN; our half is %s', async (half) => {
      const { bench, socket, peer, facts } = await start();
      if (half === 'ended') must(await socket.shutdown());
      must(socket.pause());
      peer.say(text('last words'));
      peer.reset();
      must(socket.resume());
      await bench.next(socket, 'closed');
      expect(bench.received(socket).toString()).toBe('last words');
      expect(facts()).toEqual([...(half === 'ended' ? ['ended by local'] : []), 'reset by remote', 'closed']);
    });

    it.each(['shutdown', 'close', 'reset'] as const)(
      'of the peer, behind its FIN, is what %s finds',
      async (call) => {
        const { bench, socket, peer, facts } = await start();
        peer.end();
        await Promise.all([bench.next(socket, 'ended'), peer.until(({ hasFinished }) => hasFinished)]);
        peer.reset();
        await socket[call]();
        await bench.next(socket, 'closed');
        expect(facts()).toEqual(['ended by remote', 'reset by remote', 'closed']);
      },
    );

    it.each(['close', 'reset'] as const)('of the peer, while paused, is what %s finds', async (call) => {
      const { bench, socket, peer, facts } = await start();
      must(socket.pause());
      peer.reset();
      await socket[call]();
      await bench.next(socket, 'closed');
      expect(facts()).toEqual(['reset by remote', 'closed']);
    });

    it('of the peer, while paused, leaves no FIN to send: bytes before it can still be read', async () => {
      const { bench, socket, peer, facts } = await start();
      must(socket.pause());
      peer.say(text('last words'));
      peer.reset();
      must(await socket.shutdown());
      must(socket.resume());
      await bench.next(socket, 'closed');
      expect(bench.received(socket).toString()).toBe('last words');
      expect(facts()).toEqual(['reset by remote', 'closed']);
    });

    it('of the peer, while bytes wait, fails that send once', async () => {
      const { bench, socket, peer, facts } = await start();
      peer.pause();
      must(await socket.send(noise(tooMuch)));
      must(await socket.send(text('and more')));
      peer.reset();
      await bench.next(socket, 'closed');
      expect(facts()).toEqual(['failed', 'reset by remote', 'closed']);
      expect(await bench.next(socket, 'failed')).toMatchObject({ during: 'send' });
    });

    it('of ours reaches the peer as one', async () => {
      const { socket, peer, facts } = await start();
      await Promise.all([socket.reset(), socket.reset()]);
      await peer.until(({ error }) => error === 'ECONNRESET');
      expect(facts()).toEqual(['reset by local', 'closed']);
    });

    it('of ours, while bytes wait, says that they are lost', async () => {
      const { bench, socket, peer, facts } = await start();
      peer.pause();
      must(await socket.send(noise(tooMuch)));
      expect(socket.queued).toBeGreaterThan(0);
      await socket.reset();
      expect(facts()).toEqual(['failed', 'reset by local', 'closed']);
      expect(await bench.next(socket, 'failed')).toMatchObject({ during: 'send', code: 'unsent' });
    });
  });

  describe('close', () => {
    it('sends FIN, and both ends are told', async () => {
      const { socket, peer, facts } = await start();
      must(await socket.send(text('bye')));
      await socket.close();
      await peer.until(({ hasEnded }) => hasEnded);
      await hears({ peer }, 'bye');
      expect(facts()).toEqual(['ended by local', 'closed']);
    });

    it('delivers what is queued to a peer that reads', async () => {
      const { socket, peer, facts } = await start({ lingerMs: 20_000 });
      peer.pause();
      must(await socket.send(noise(tooMuch)));
      const closing = socket.close();
      peer.resume();
      await closing;
      await peer.until(({ hasEnded }) => hasEnded);
      expect(Buffer.concat([...peer.heard]).equals(noise(tooMuch))).toBe(true);
      expect(facts()).toEqual(['ended by local', 'closed']);
    });

    it.each([
      { waiting: 'nothing waits', bytes: 1 },
      { waiting: 'bytes wait', bytes: tooMuch },
    ])('asked for again and again while $waiting leaves no more behind than once', async ({ bytes }) => {
      const { socket, peer } = await start();
      peer.pause();
      must(await socket.send(noise(bytes)));
      expect(socket.queued > 0).toBe(bytes === tooMuch);
      const warned = vi.fn();
      process.on('warning', warned);
      onTestFinished(() => void process.off('warning', warned));
      const often = (ask: () => Promise<unknown>) => Array.from({ length: 20 }, ask);
      await Promise.all([
        ...often(() => socket.shutdown()),
        ...often(() => socket.close()),
        ...often(() => socket.reset()),
      ]);
      // Node warns a turn later.
      await setImmediate();
      expect(warned).not.toHaveBeenCalled();
    });

    it('gives up on a peer that does not read, and says what was not sent', async () => {
      const { bench, socket, peer, facts } = await start();
      peer.pause();
      must(await socket.send(noise(tooMuch)));
      await Promise.all([socket.close(), socket.close(), socket.shutdown()]);
      expect(facts()).toEqual(['failed', 'closed']);
      peer.resume();
      await peer.until(({ hasEnded }) => hasEnded);
      const lost = tooMuch - Buffer.concat([...peer.heard]).length;
      const why = { errno: null, message: `${plural(lost, 'byte')} were never taken by the kernel.` };
      expect(await bench.next(socket, 'failed')).toMatchObject({ during: 'send', code: 'unsent', ...why });
    });

    it('after the FIN of the peer completes the two', async () => {
      const { bench, socket, peer, facts } = await start();
      peer.end();
      await bench.next(socket, 'ended');
      await socket.close();
      expect(facts()).toEqual(['ended by remote', 'ended by local', 'closed']);
    });

    it('refuses what comes while it is under way', async () => {
      const { bench, socket, peer } = await start();
      peer.pause();
      must(await socket.send(noise(tooMuch)));
      const closing = socket.close();
      await bench.misplaced('write-ended', () => socket.send(text('x')));
      await closing;
      await bench.misplaced('socket-closed', () => socket.send(text('x')));
    });
  });
}
