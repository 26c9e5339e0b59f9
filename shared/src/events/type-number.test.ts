import { describe, expect, it } from 'vitest';
import { eventTypes } from './event.ts';
import { typeNumber } from './type-number.ts';

describe('the number of a type', () => {
  it('is its position, for each of them', () => {
    expect(eventTypes.map(typeNumber)).toEqual(eventTypes.map((_, number) => number));
  });

  it('is none for what is no type: it is never taken for another', () => {
    // @ts-expect-error No type of ours.
    expect(() => typeNumber('teleported')).toThrow('There is no event of type teleported.');
  });
});
