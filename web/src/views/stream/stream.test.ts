import { describe, expect, it } from 'vitest';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { Stream } from './stream.ts';

const caps = { bytes: 100, chunks: 50 };

/** What this socket received; it is not here. */
const received = (socket: number, seqs: readonly number[], size: number) => {
  const events = seqs.map((seq): SocketEvent => {
    return { seq, time: seq, socket, type: 'received', size, data: new Uint8Array(0), captured: 0 };
  });
  const list = { length: events.length, at: (index: number) => events[index] };
  return { socket, side: 'server', peer: null, events: list } as const;
};

describe('the streams of many sockets', () => {
  it('have together no more room than one has, for what is newest', () => {
    const stream = new Stream(caps);
    const beyondMemory = 2 ** 50;
    stream.update([received(1, [1, 3], beyondMemory), received(2, [4, 5], 50), received(3, [2], 1)]);
    expect(stream.chunks.map(({ seq }) => seq)).toEqual([4, 5]);
    expect(stream.earlier).toBe(3);
  });

  it('take what comes later beside what is there', () => {
    const stream = new Stream(caps);
    stream.update([received(1, [1], 20), received(2, [2], 20)]);
    stream.update([received(1, [1, 3], 20), received(2, [2], 20)]);
    expect(stream.chunks.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(stream.earlier).toBe(0);
  });
});
