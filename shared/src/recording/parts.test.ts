/** A session file read from whatever bytes there are. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventBody, SocketEvent } from '../events/event.ts';
import { sessionLimits } from '../limits.ts';
import { Block } from '../wire/block.ts';
import { sessionParts } from './parts.ts';
import type { SessionPart } from './parts.ts';
import { segmentEnding, writeSegmentHead } from './segment.ts';
import type { SegmentHead } from './segment.ts';

const head: SegmentHead = {
  epoch: 'epoch',
  started: '2026-11-21T04:24:05.000Z',
  pid: 1,
  first: 1,
  follows: 0,
  standing: [],
};

function blockOf(first: number, bodies: readonly EventBody[]): Uint8Array<ArrayBuffer> {
  const block = new Block(first, new Uint8Array(4_096));
  bodies.forEach((body, index) =>
    expect(block.append({ ...body, seq: first + index, time: index })).toBe('copied'),
  );
  return block.bytesFrom(0);
}

const received = (text: string): EventBody => {
  const data = new TextEncoder().encode(text);
  return { socket: 1, type: 'received', size: data.length, data };
};

const join = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

const sound = join(
  writeSegmentHead(head),
  blockOf(1, [received('one'), { socket: 1, type: 'ended', by: 'remote' }]),
  blockOf(3, [received('three'), { socket: 1, type: 'closed' }]),
  writeSegmentHead({ ...head, first: 9, follows: 4 }),
  blockOf(9, [received('nine')]),
);

async function partsOf(bytes: Uint8Array<ArrayBuffer>): Promise<{ parts: SessionPart[]; reads: number }> {
  let reads = 0;
  const read = (at: number, length: number) => {
    reads += 1;
    expect(length).toBeLessThanOrEqual(sessionLimits.recordBytes);
    return Promise.resolve(bytes.slice(at, at + length));
  };
  const parts: SessionPart[] = [];
  for await (const part of sessionParts(read, bytes.length)) parts.push(part);
  return { parts, reads };
}

const eventsOf = (parts: readonly SessionPart[]): SocketEvent[] =>
  parts.flatMap((part) =>
    part.kind !== 'block'
      ? []
      : Array.from({ length: part.block.count }, (_, index) =>
          part.block.event(part.block.first + index),
        ).filter((event) => event !== null),
  );

const unread = (parts: readonly SessionPart[], size: number): number => {
  const last = parts.at(-1);
  return last?.kind === 'torn' ? last.bytes : last?.kind === 'foreign' || last?.kind === 'newer' ? size : 0;
};

describe('a session file', () => {
  it('is read in order, segment by segment, over what is missing in between', async () => {
    const { parts } = await partsOf(sound);
    expect(parts.map(({ kind }) => kind)).toEqual(['segment', 'block', 'block', 'segment', 'block']);
    expect(eventsOf(parts).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 9]);
  });

  it('cut off at any byte gives what was whole before, and says how much is torn', async () => {
    const whole = eventsOf((await partsOf(sound)).parts);
    for (let size = 0; size <= sound.length; size += 1) {
      const { parts } = await partsOf(sound.slice(0, size));
      const events = eventsOf(parts);
      expect(events).toEqual(whole.slice(0, events.length));
      // Every byte is accounted for: what can be read ends where the torn part begins.
      const readTo = size - unread(parts, size);
      expect(eventsOf((await partsOf(sound.slice(0, readTo))).parts)).toEqual(events);
      if (size === sound.length) expect(readTo).toBe(size);
    }
  });

  it('with any byte flipped never throws, and gives what is before the damage as it was', async () => {
    const whole = eventsOf((await partsOf(sound)).parts);
    await fc.assert(
      fc.asyncProperty(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const damaged = sound.slice();
        damaged[at] = (damaged[at] ?? 0) ^ flip;
        const { parts } = await partsOf(damaged);
        const before = eventsOf((await partsOf(sound.slice(0, at))).parts);
        expect(eventsOf(parts).slice(0, before.length)).toEqual(before);
        const seqs = eventsOf(parts).map(({ seq }) => seq);
        expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
        expect(seqs.length).toBeLessThanOrEqual(whole.length);
      }),
      { numRuns: 1_000 },
    );
  });

  it('of random bytes is foreign or torn, whatever follows a sound beginning', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), fc.boolean(), async (bytes, isBehind) => {
        const { parts } = await partsOf(isBehind ? join(sound, bytes) : bytes.slice());
        const kind = parts.at(-1)?.kind;
        expect(kind).toBe(!isBehind ? 'foreign' : bytes.length === 0 ? 'block' : 'torn');
      }),
    );
  });

  it('that names a number twice, or goes back, is torn there', async () => {
    for (const first of [1, 3, 4]) {
      const { parts } = await partsOf(
        join(sound.slice(0, sound.length), blockOf(first, [received('again')])),
      );
      expect(parts.at(-1)?.kind).toBe('torn');
      expect(eventsOf(parts).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 9]);
      const again = writeSegmentHead({ ...head, first });
      expect((await partsOf(join(sound, again))).parts.at(-1)?.kind).toBe('torn');
    }
  });

  it('of another run, joined to this one, is torn there', async () => {
    const other = join(
      writeSegmentHead({ ...head, epoch: 'other', first: 10 }),
      blockOf(10, [received('ten')]),
    );
    const { parts } = await partsOf(join(sound, other));
    expect(parts.at(-1)).toEqual({ kind: 'torn', at: sound.length, bytes: other.length });
  });

  it('of a later version says so, and is not guessed at', async () => {
    const newer = sound.slice();
    new DataView(newer.buffer).setUint16(8, 7, true);
    expect((await partsOf(newer)).parts).toEqual([{ kind: 'newer', version: 7 }]);
  });

  it('that claims giant lengths costs no memory', async () => {
    for (const at of [12, writeSegmentHead(head).length]) {
      const giant = sound.slice();
      new DataView(giant.buffer).setUint32(at, 0xffff_ffff, true);
      expect(['foreign', 'torn']).toContain((await partsOf(giant)).parts.at(-1)?.kind);
    }
  });

  it('of very many tiny blocks is read ahead, not block by block', async () => {
    const blocks = Array.from({ length: 20_000 }, (_, index) =>
      blockOf(index + 1, [{ socket: 1, type: 'paused' }]),
    );
    const { parts, reads } = await partsOf(join(writeSegmentHead(head), ...blocks));
    expect(eventsOf(parts)).toHaveLength(20_000);
    expect(reads).toBeLessThan(10);
  });

  it('says how it ended', async () => {
    const ended = sound.slice();
    for (const { at, bytes } of segmentEnding('ended', 4, 999)) ended.set(bytes, at);
    expect((await partsOf(ended)).parts[0]).toMatchObject({
      preamble: { state: 'ended', last: 4, size: 999 },
    });
    expect((await partsOf(sound)).parts[0]).toMatchObject({
      preamble: { state: 'open', last: null, size: null },
    });
  });
});
