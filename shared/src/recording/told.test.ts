import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dataHead, ToldReader, writeTold } from './told.ts';
import type { Told } from './told.ts';

const share = fc.integer({ min: 0, max: 1_000_000 }).map((millionths) => millionths / 1_000_000);
const anyTold = fc.oneof(
  fc.record({ is: fc.constantFrom('looked' as const, 'wrote' as const), share }),
  fc.record({ is: fc.constant('hidden' as const), places: fc.nat() }),
  fc.record({ is: fc.constant('refused' as const), why: fc.string({ unit: 'grapheme', maxLength: 40 }) }),
  fc
    .uint8Array({ maxLength: 300 })
    .map((bytes): Told => ({ is: 'data' as const, bytes: Uint8Array.from(bytes) })),
);

const written = (told: Told) =>
  told.is === 'data' ? [...dataHead(told.bytes.length), ...told.bytes] : [...writeTold(told)];

/** Data in one piece, however it came. */
function merged(all: readonly Told[]): unknown[] {
  const found: unknown[] = [];
  let bytes: number[] | null = null;
  for (const told of all) {
    if (told.is === 'data') (bytes ??= []).push(...told.bytes);
    else {
      if (bytes !== null && bytes.length > 0) found.push(bytes);
      bytes = null;
      found.push(told);
    }
  }
  return bytes !== null && bytes.length > 0 ? [...found, bytes] : found;
}

it('reads what was written, wherever it is cut', () => {
  fc.assert(
    fc.property(fc.array(anyTold, { maxLength: 12 }), fc.integer({ min: 1, max: 40 }), (all, size) => {
      const bytes = Uint8Array.from(all.flatMap(written));
      const reader = new ToldReader();
      const read: Told[] = [];
      for (let at = 0; at < bytes.length; at += size) read.push(...reader.add(bytes.slice(at, at + size)));
      expect(merged(read)).toEqual(merged(all));
    }),
  );
});

it('says so when it is something else', () => {
  expect(() => [...new ToldReader().add(new TextEncoder().encode('{"ok":false}'))]).toThrow('no file');
});
