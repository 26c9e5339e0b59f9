import { describe, expect, it } from 'vitest';
import { isRecord, storedJson } from './stored-json.ts';

describe('what was stored', () => {
  it.each([null, '', '{', 'undefined'])('is nothing where it is no JSON: %j', (text) => {
    expect(storedJson(text)).toBeNull();
  });

  it('is what was written', () => {
    expect(storedJson('{"epoch":"a","seqs":[1]}')).toEqual({ epoch: 'a', seqs: [1] });
  });

  it.each([null, 1, 'text', true, [1]])('is no record when it is %j', (value) => {
    expect(isRecord(value)).toBe(false);
  });
});
