/** How a connection ends with an RST, of the peer or of ours. */
import { describe, expect, it } from 'vitest';
import { must } from './bench.ts';
import { beginnings, noise, startEnding, text, tooMuch } from './conversation.ts';
import type { begin as converse } from './conversation.ts';
import type { Kind } from './kinds.ts';

export function resetting(kind: Kind): void {
  if (kind.can.end) describe.each(beginnings(kind))('RST, $way', ({ begin }) => reset(kind, begin));
}

function reset(kind: Kind, begin: typeof converse): void {
  const start = () => startEnding(kind, begin);

  it('of the peer, while nothing is under way, is reset and closed without a failure', async () => {
    const { bench, socket, peer, facts } = await start();
    peer.reset();
    await bench.next(socket, 'closed');
    expect(facts()).toEqual(['reset by remote', 'closed']);
  });

  it.each(['pause', 'setOption'] as const)(
    'of the peer leaves nothing that %s could change',
    async (call) => {
      const { bench, socket, peer, facts } = await start();
      peer.reset();
      await bench.next(socket, 'reset');
      const change = call === 'pause' ? socket.pause() : socket.setOption({ option: 'noDelay', value: true });
      expect(await change).toMatchObject({ problem: { code: 'socket-closed' } });
      await bench.next(socket, 'closed');
      expect(facts()).toEqual(['reset by remote', 'closed']);
    },
  );

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

  it.each(['while it is read', 'while paused', 'while paused, behind bytes'])(
    'of the peer, %s, is told where shutdown came upon it first, and then close or reset',
    async (when) => {
      for (const call of ['close', 'reset'] as const) {
        const { bench, socket, peer, facts } = await start();
        if (when !== 'while it is read') must(socket.pause());
        if (when.endsWith('bytes')) peer.say(text('unread'));
        peer.reset();
        must(await socket.shutdown());
        await socket[call]();
        await bench.next(socket, 'closed');
        expect(facts()).toEqual(['reset by remote', 'closed']);
      }
    },
  );

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
}
