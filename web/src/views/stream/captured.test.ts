import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventOf } from '@socket-playground/shared/events/event.ts';
import { decodeUtf8, encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { tcpFlags } from '@socket-playground/shared/events/tcp-flags.ts';
import { capturedOf } from './captured.ts';
import { Stream } from './stream.ts';

type Segment = EventOf<'segment'>;

/** Near the end of the sequence numbers, so that they come round. */
const initial = 0xffff_fff8;
const text = 'GET / HTTP/1.1\r\nHost: here\r\n\r\nthe whole of it';
const bytes = encodeUtf8(text);

function segment(seq: number, from: number, to: number, given: Partial<Segment> = {}): Segment {
  const data = bytes.slice(from, to);
  const tcp = { sequence: (initial + from) % 2 ** 32, acknowledgement: 0, flags: tcpFlags.ACK, window: 0 };
  return {
    ...{ seq, time: seq, socket: null, type: 'segment', protocol: 'TCP', source: null, destination: null },
    ...{ stream: 3, from: 'client', tcp, size: data.length, data, ...given },
  };
}

const never = () => Promise.reject(new Error('everything is here'));
const read = (segments: readonly Segment[]) =>
  capturedOf({ length: segments.length, at: (index) => segments[index] }, never);

function textOf(segments: readonly Segment[]): string {
  const { events } = read(segments);
  const stream = new Stream();
  stream.update([
    {
      socket: 3,
      side: 'client',
      peer: null,
      events: { length: events.length, at: (index) => events[index] },
    },
  ]);
  return decodeUtf8(stream.lane({ socket: 3, direction: 'to-server' }).bytes);
}

describe('the stream of a capture', () => {
  it('is what was sent, however it was cut, mixed and sent again', () => {
    const pieces = fc.array(fc.tuple(fc.nat(bytes.length), fc.integer({ min: 1, max: 12 })), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(pieces, (drawn) => {
        const all = [[0, 1] as const, ...drawn, ...Array.from(bytes, (_, at) => [at, 1] as const).reverse()];
        const segments = all.map(([from, size], index) => segment(index + 1, from, from + size));
        expect(textOf(segments)).toBe(text);
      }),
    );
  });

  it('has each piece where it became readable, and says what was odd', () => {
    const { events, outOfOrder, sentAgain, placeOf } = read([
      segment(1, 0, 5),
      segment(2, 10, 15),
      segment(3, 5, 10),
      segment(4, 5, 10),
      segment(5, 15, 15, {
        tcp: { sequence: initial + 15 - 2 ** 32, acknowledgement: 0, flags: 0x11, window: 0 },
      }),
    ]);
    expect(events).toMatchObject([
      { seq: 1, type: 'sent', size: 5 },
      { seq: 3, type: 'sent', size: 10 },
      { seq: 5, type: 'ended', by: 'local' },
    ]);
    expect([outOfOrder, sentAgain, placeOf(2), placeOf(4)]).toEqual([1, 1, 3, null]);
  });

  it('tells of bytes that were never captured, and has all that were', async () => {
    const found = read([segment(1, 0, 5), segment(2, 10, 15), segment(3, 20, 22)]);
    expect(found.missingBytes).toBe(10);
    expect(found.events.map((event) => 'size' in event && event.size)).toEqual([5, 5, 5, 5, 2]);
    const seqs = found.events.map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
    expect(await found.payload(seqs[1] ?? 0)).toEqual({ is: 'gone' });
    expect(await found.payload(seqs[2] ?? 0)).toEqual({ is: 'data', data: bytes.slice(10, 15) });
  });

  it('of datagrams is each of them', () => {
    const { events } = read(
      [1, 2, 3].map((seq) => segment(seq, 0, seq, { protocol: 'UDP', tcp: undefined })),
    );
    expect(events.map((event) => 'size' in event && event.size)).toEqual([1, 2, 3]);
  });
});
