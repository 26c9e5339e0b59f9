import { expect, it } from 'vitest';
import { testEpoch } from '../../test/disk.ts';
import type { EventSource } from '../journal/source.ts';
import { nextStretch } from './walk.ts';

it('who was open at the end of a gap is said only where all of the gap is', async () => {
  const standing = [] as const;
  const source: EventSource = {
    ...{ epoch: testEpoch, first: 9, latest: 9 },
    gapAt: (cursor) => ({ type: 'gap', from: cursor, to: 8, reason: 'disk' }),
    blockOf: () => null,
    standingAfter: () => Promise.resolve(standing),
    subscribe: () => () => undefined,
  };
  expect(await nextStretch(source, 3, 9)).toMatchObject({ gap: { from: 3, to: 8 }, standing });
  expect(await nextStretch(source, 3, 5)).toMatchObject({ gap: { from: 3, to: 5 }, standing: null });
});
