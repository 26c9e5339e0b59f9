import { describe, expect, it } from 'vitest';
import type { Draft } from './draft.ts';
import { noHistory, recall, remember } from './history.ts';

const text = (value: string): Draft => ({ mode: 'text', text: value });
const sent = ['one', 'two'].reduce((history, value) => remember(history, text(value)), noHistory);

describe('earlier messages', () => {
  it('come back newest first, and what was being written comes back last', () => {
    const first = recall(sent, -1, text('half'));
    expect(first?.draft).toEqual(text('two'));
    const second = first && recall(first.history, -1, first.draft);
    expect(second?.draft).toEqual(text('one'));
    expect(second && recall(second.history, -1, second.draft)).toBeNull();
    const down = second && recall(second.history, 1, second.draft);
    expect(down?.draft).toEqual(text('two'));
    expect(down && recall(down.history, 1, down.draft)?.draft).toEqual(text('half'));
  });

  it('are not kept twice in a row, nor when they are empty', () => {
    expect(remember(sent, text('two')).sent).toHaveLength(2);
    expect(remember(sent, text('')).sent).toHaveLength(2);
  });

  it('are bounded', () => {
    let history = noHistory;
    for (let index = 0; index < 200; index += 1) history = remember(history, text(String(index)));
    expect(history.sent).toHaveLength(50);
    expect(history.sent.at(-1)).toEqual(text('199'));
  });

  it('have nothing later than what is being written', () => {
    expect(recall(sent, 1, text('half'))).toBeNull();
  });
});
