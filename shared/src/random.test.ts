import { expect, it } from 'vitest';
import { mulberry32 } from './random.ts';

it('gives the numbers of the published generator, again for the same seed', () => {
  for (let round = 0; round < 2; round += 1) {
    const next = mulberry32(0);
    expect([next(), next(), next()]).toEqual([1144304738, 1416247, 958946056]);
  }
});
