import { expect, it } from 'vitest';
import { isPrintable } from './printable.ts';

it('ASCII from the space to the tilde, and nothing else', () => {
  const printable = Array.from({ length: 256 }, (_, byte) => byte).filter(isPrintable);
  expect(String.fromCharCode(...printable)).toMatch(/^ !"#.*[xyz]\{\|\}~$/);
  expect(printable).toHaveLength(95);
});
