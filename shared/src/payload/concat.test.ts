import { expect, it } from 'vitest';
import { concat } from './concat.ts';

it('parts follow each other, those without bytes leaving nothing', () => {
  const none = new Uint8Array(0);
  expect(concat([])).toEqual(none);
  expect(concat([none, Uint8Array.of(1, 2), none, Uint8Array.of(3)])).toEqual(Uint8Array.of(1, 2, 3));
});

it('the whole is a copy', () => {
  const part = Uint8Array.of(1);
  const whole = concat([part]);
  part.fill(9);
  expect(whole).toEqual(Uint8Array.of(1));
});

it('there may be more parts than a call takes arguments', () => {
  const part = Uint8Array.of(7);
  expect(concat(Array.from({ length: 500_000 }, () => part))).toHaveLength(500_000);
});
