import { expect, it } from 'vitest';
import { hasTool } from './tools.mjs';

it('finds programs on the PATH and no others', () => {
  expect(hasTool('node')).toBe(true);
  expect(hasTool('a-program-that-nobody-has')).toBe(false);
});
