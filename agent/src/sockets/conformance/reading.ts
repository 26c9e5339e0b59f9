import { describe, expect, it } from 'vitest';
import { must, openBench } from './bench.ts';
import type { Bench } from './bench.ts';
import { begin as converse, beginnings, noise, text } from './conversation.ts';
import type { Conversation } from './conversation.ts';
import type { Kind } from './kinds.ts';

/** What a stream's peer could push into an agent that went on reading: more than the kernel keeps. */
const flood = 16 * 1024 * 1024;

/** Once another conversation's bytes have come, those sent before them would have come too. */
async function afterOthersWereRead(bench: Bench, kind: Kind): Promise<void> {
  const { socket, peer } = await converse(bench, kind);
  for (const word of ['one', 'two']) {
    const from = bench.journal.latest + 1;
    peer.say(text(word));
    await bench.next(socket, 'received', from);
  }
}

const receivedOf = (bench: Bench, { socket }: Conversation) => bench.received(socket).toString();

export function reading(kind: Kind): void {
  describe.each(beginnings(kind))('reading, $way', ({ begin }) => {
    it('stops with pause and goes on with resume: nothing is received between the two, nothing is lost', async () => {
      const bench = openBench();
      const talk = await begin(bench, kind);
      const { socket, peer } = talk;
      must(socket.pause());
      must(socket.pause());
      expect(bench.hub.states.get(socket.id)?.paused).toBe(true);
      peer.say(text('while paused'));
      await afterOthersWereRead(bench, kind);
      expect(receivedOf(bench, talk)).toBe('');
      must(socket.resume());
      must(socket.resume());
      await bench.next(socket, 'received');
      expect(receivedOf(bench, talk)).toBe('while paused');
      expect(bench.story(socket).filter((type) => ['paused', 'resumed', 'received'].includes(type))).toEqual([
        'paused',
        'resumed',
        'received',
      ]);
    });

    it('stops with hold, without a word of its own, and goes on with release', async () => {
      const bench = openBench();
      const talk = await begin(bench, kind);
      const { socket, peer } = talk;
      const before = bench.story(socket);
      socket.hold();
      peer.say(text('while held'));
      await afterOthersWereRead(bench, kind);
      expect(bench.story(socket)).toEqual(before);
      socket.release();
      await bench.next(socket, 'received');
      expect(receivedOf(bench, talk)).toBe('while held');
    });

    it('goes on only when neither the person nor the behaviour stops it', async () => {
      const bench = openBench();
      const talk = await begin(bench, kind);
      const { socket, peer } = talk;
      socket.hold();
      must(socket.pause());
      peer.say(text('x'));
      socket.release();
      await afterOthersWereRead(bench, kind);
      expect(receivedOf(bench, talk)).toBe('');
      socket.hold();
      must(socket.resume());
      await afterOthersWereRead(bench, kind);
      expect(receivedOf(bench, talk)).toBe('');
      socket.release();
      await bench.next(socket, 'received');
    });

    if (!kind.can.keepBoundaries) {
      it('leaves what comes while paused in the kernel, so that the peer is held up, and gets it all afterwards', async () => {
        const bench = openBench();
        const talk = await begin(bench, kind);
        must(talk.socket.pause());
        const bytes = noise(flood);
        talk.peer.say(bytes);
        await afterOthersWereRead(bench, kind);
        expect(talk.peer.queued).toBeGreaterThan(0);
        expect(receivedOf(bench, talk)).toBe('');
        must(talk.socket.resume());
        await bench.until(
          'all received',
          () => bench.hub.states.get(talk.socket.id)?.bytesReceived === flood,
        );
        expect(bench.received(talk.socket).equals(bytes)).toBe(true);
      });
    }
  });
}
