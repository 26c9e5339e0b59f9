import { expect, it } from 'vitest';
import { cut, drawn } from './drawn.ts';

it('leaves what a line may have room for as it is', () => {
  expect([cut(''), cut('x'.repeat(1_000)), drawn('a\nb')]).toEqual(['', 'x'.repeat(1_000), String.raw`a\nb`]);
});

it('cuts what is longer, and no character in half', () => {
  expect(cut('x'.repeat(262_144))).toBe(`${'x'.repeat(1_000)}…`);
  expect(drawn(`${'x'.repeat(999)}🦦 and more`)).toBe(`${'x'.repeat(999)}…`);
});
