import { describe, expect, it } from 'vitest';
import { turnsOf } from './turns.ts';

const ask = (time: number, socket = 3) => ({ socket, direction: 'to-server', time }) as const;
const answer = (time: number, socket = 3) => ({ socket, direction: 'to-client', time }) as const;

describe('turns of a conversation', () => {
  it('go from the first word of one side to the first of the other', () => {
    expect(turnsOf([ask(1), ask(2), answer(5), ask(9)])).toEqual([
      { direction: 'to-server', first: 0, end: 2, afterNs: null },
      { direction: 'to-client', first: 2, end: 3, afterNs: 3 },
      { direction: 'to-server', first: 3, end: 4, afterNs: 4 },
    ]);
  });

  it('of several sockets, an answer is to what its own heard last', () => {
    expect(turnsOf([ask(1, 3), ask(2, 5), answer(7, 3)])).toEqual([
      { direction: 'to-server', first: 0, end: 1, afterNs: null },
      { direction: 'to-server', first: 1, end: 2, afterNs: null },
      { direction: 'to-client', first: 2, end: 3, afterNs: 6 },
    ]);
  });

  it('end where something else happened', () => {
    expect(turnsOf([ask(1), ask(2)], new Set([1]))).toEqual([
      { direction: 'to-server', first: 0, end: 1, afterNs: null },
      { direction: 'to-server', first: 1, end: 2, afterNs: null },
    ]);
  });

  it('nobody who said nothing has a turn', () => {
    expect(turnsOf([])).toEqual([]);
  });
});
