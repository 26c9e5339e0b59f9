import { describe, expect, it, vi } from 'vitest';
import type { EventOf } from '@socket-playground/shared/events/event.ts';
import { Filling } from './filling.svelte.ts';
import { viewLimits } from './limits.ts';
import { Stream } from './stream.ts';

/** A stream of which only the first byte of each chunk is here. */
function cut(chunks = 3): Stream {
  const events = Array.from({ length: chunks }, (_, index): EventOf<'sent'> => ({
    ...{ seq: index + 1, time: index, socket: 2, type: 'sent', size: 8, data: new Uint8Array(1) },
  }));
  const stream = new Stream();
  stream.update([
    {
      ...{ socket: 2, side: 'client', peer: null },
      events: { length: events.length, at: (index) => events[index] },
    },
  ]);
  return stream;
}

const isWhole = (stream: Stream) => stream.chunks.every(({ known, from, to }) => known === to - from);

describe('what did not come with the events', () => {
  it('is fetched by itself, the newest first', async () => {
    const asked: number[] = [];
    const filling = new Filling((seq) => {
      asked.push(seq);
      return Promise.resolve({ is: 'data', data: new Uint8Array(8) });
    });
    const stream = cut();
    filling.want(stream);
    await vi.waitUntil(() => isWhole(stream));
    expect(asked).toEqual([3, 2, 1]);
  });

  it('is fetched again for a stream that is read anew', async () => {
    const filling = new Filling(() => Promise.resolve({ is: 'data', data: new Uint8Array(8) }));
    for (const stream of [cut(), cut()]) {
      filling.want(stream);
      await vi.waitUntil(() => isWhole(stream));
    }
  });

  it('is asked for again when one says so, after the agent did not answer', async () => {
    let answers = false;
    const filling = new Filling(() =>
      Promise.resolve(
        answers
          ? { is: 'data', data: new Uint8Array(8) }
          : { is: 'unreachable', message: 'The agent does not answer.' },
      ),
    );
    const stream = cut();
    filling.want(stream);
    await vi.waitUntil(() => filling.problem !== null);
    answers = true;
    filling.again(stream);
    await vi.waitUntil(() => isWhole(stream));
    expect(filling.problem).toBeNull();
  });

  it('is asked for a few at a time', () => {
    let asked = 0;
    const filling = new Filling(() => {
      asked += 1;
      return new Promise(() => undefined);
    });
    filling.want(cut(20));
    expect(asked).toBe(viewLimits.fetchedAtOnce);
  });
});
