/** What waits for peers that do not read, and how much of the journal's memory waits with it. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { Block } from '@socket-playground/shared/wire/block.ts';
import { openScene } from '../../test/scene.ts';
import { noise, tooMuch } from '../sockets/conformance/conversation.ts';
import { streamWorld } from '../sockets/conformance/worlds.ts';

const outside = streamWorld('127.0.0.1');
const lentWrites = 2;

it('many peers that do not read keep a few blocks of the journal, and hear everything once they do', async () => {
  const keep = vi.spyOn(Block.prototype, 'keep');
  onTestFinished(() => keep.mockRestore());
  const scene = openScene({ limits: { lentWrites } });
  const { socket: listener, local } = await scene.serve({ name: 'echo' });
  /** So many more, each stalled. */
  const stalled = async (before: number, count: number) => {
    const peers = await Promise.all(Array.from({ length: count }, () => outside.call(local)));
    for (const peer of peers) {
      peer.pause();
      peer.say(noise(tooMuch));
      peer.end();
    }
    const sockets = (await scene.accepted(listener, before + count)).slice(before);
    await Promise.all(sockets.map((socket) => scene.next(socket, 'blocked')));
    return { peers, sockets };
  };
  const first = await stalled(0, 5);
  expect(keep).toHaveBeenCalledTimes(lentWrites);
  for (const peer of first.peers) {
    peer.resume();
    await peer.until(({ hasEnded }) => hasEnded);
    expect(Buffer.concat([...peer.heard]).equals(noise(tooMuch))).toBe(true);
  }
  await Promise.all(first.sockets.map((socket) => scene.next(socket, 'closed')));
  keep.mockClear();
  const { sockets } = await stalled(5, 3);
  expect(keep).toHaveBeenCalledTimes(lentWrites);
  await Promise.all(sockets.map((socket) => scene.run({ type: 'close', socket, reset: true })));
  keep.mockClear();
  await stalled(8, 3);
  expect(keep).toHaveBeenCalledTimes(lentWrites);
}, 60_000);
