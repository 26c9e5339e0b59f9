import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../payload/utf8.ts';
import { messagesOf } from './framing.ts';
import type { Framing } from './framing.ts';
import { streamLimits } from './limits.ts';

const whole = { is: 'whole' };
const big = { is: 'length', bytes: 2, littleEndian: false } as const;
const little = { is: 'length', bytes: 2, littleEndian: true } as const;
const long = { is: 'length', bytes: 4, littleEndian: false } as const;

describe('framing a stream', () => {
  it('lines, the last one not ended', () => {
    expect(messagesOf({ is: 'lines' }, encodeUtf8('a\n\nbc'))).toEqual([
      { from: 0, to: 2, state: whole },
      { from: 2, to: 3, state: whole },
      { from: 3, to: 5, state: { is: 'incomplete', wanted: null } },
    ]);
  });

  it('a length before each, the last one under way', () => {
    const bytes = Uint8Array.of(0, 1, 0x61, 0, 0, 0, 3, 0x62);
    expect(messagesOf(big, bytes)).toEqual([
      { from: 0, to: 3, state: whole },
      { from: 3, to: 5, state: whole },
      { from: 5, to: 8, state: { is: 'incomplete', wanted: 5 } },
    ]);
    expect(messagesOf(little, bytes)[0]).toEqual({
      from: 0,
      to: 8,
      state: { is: 'incomplete', wanted: 258 },
    });
    expect(messagesOf(big, Uint8Array.of(0))).toEqual([
      { from: 0, to: 1, state: { is: 'incomplete', wanted: null } },
    ]);
  });

  it('a length that no message has is shown as that', () => {
    expect(messagesOf(long, encodeUtf8('GET / HTTP/1.1\r\n'))).toEqual([
      { from: 0, to: 16, state: { is: 'absurd', length: 0x47455420 } },
    ]);
  });

  it('a fixed size', () => {
    expect(messagesOf({ is: 'fixed', bytes: 2 }, encodeUtf8('abc')).map(({ state }) => state)).toEqual([
      whole,
      { is: 'incomplete', wanted: 2 },
    ]);
  });

  it('cuts so many and no more', () => {
    const bytes = new Uint8Array(streamLimits.messages + 10).fill(0x0a);
    const messages = messagesOf({ is: 'lines' }, bytes);
    expect(messages).toHaveLength(streamLimits.messages + 1);
    expect(messages.at(-1)).toMatchObject({ to: bytes.length, state: { is: 'uncut' } });
  });

  const framings: fc.Arbitrary<Framing> = fc.oneof(
    fc.constant({ is: 'lines' } as const),
    fc.record({
      is: fc.constant('length' as const),
      bytes: fc.constantFrom(2 as const, 4 as const),
      littleEndian: fc.boolean(),
    }),
    fc.record({ is: fc.constant('fixed' as const), bytes: fc.nat(9) }),
  );
  const bytes = fc
    .array(fc.constantFrom(0, 1, 2, 0x0a, 0xff), { maxLength: 60 })
    .map((all) => Uint8Array.from(all));

  it('takes every byte once, in order, and leaves only the last one unfinished', () => {
    fc.assert(
      fc.property(framings, bytes, (framing, stream) => {
        const messages = messagesOf(framing, stream);
        const ends = messages.map(({ to }) => to);
        expect(messages.map(({ from }) => from)).toEqual([0, ...ends].slice(0, messages.length));
        expect(ends.at(-1) ?? 0).toBe(stream.length);
        expect(messages.slice(0, -1).every(({ from, to, state }) => from < to && state.is === 'whole')).toBe(
          true,
        );
      }),
    );
  });

  it('says the same of what was whole before, whatever comes after', () => {
    fc.assert(
      fc.property(framings, bytes, bytes, (framing, before, after) => {
        const done = messagesOf(framing, before).filter(({ state }) => state.is === 'whole');
        const all = messagesOf(framing, Uint8Array.from([...before, ...after]));
        expect(all.slice(0, done.length)).toEqual(done);
      }),
    );
  });
});
