import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { plural } from '@socket-playground/shared/plural.ts';
import { must, openBench } from './bench.ts';
import { begin as converse, beginnings, bound, noise, startEnding, text, tooMuch } from './conversation.ts';
import type { BenchOptions, Conversation } from './conversation.ts';
import type { Kind } from './kinds.ts';

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
  const start = (special?: BenchOptions) => startEnding(kind, begin, special);
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
      expect(facts()).toEqual(['failed', 'ended by local', 'closed']);
      peer.resume();
      await peer.until(({ hasEnded }) => hasEnded);
      const lost = tooMuch - Buffer.concat([...peer.heard]).length;
      const why = { errno: null, message: `${plural(lost, 'byte')} were never taken by the kernel.` };
      expect(await bench.next(socket, 'failed')).toMatchObject({ during: 'send', code: 'unsent', ...why });
    });

    // Where words of the peer lie unread the kernel sends RST. Whether it overtakes bytes is up to the kernel: the peer proves nothing.
    it('gives up on a peer that goes on talking, and tells no FIN that might be an RST', async () => {
      const { socket, peer, facts } = await start();
      peer.pause();
      must(await socket.send(noise(tooMuch)));
      const closing = socket.close();
      peer.say(text('still here'));
      await closing;
      expect(facts()).toEqual(['failed', 'closed']);
    });

    it('gives up while paused, and tells no FIN that might be an RST', async () => {
      const { socket, peer, facts } = await start();
      must(socket.pause());
      peer.say(text('never read'));
      peer.pause();
      must(await socket.send(noise(tooMuch)));
      await socket.close();
      expect(facts()).toEqual(['failed', 'closed']);
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
