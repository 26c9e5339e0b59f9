import { describe, expect, it } from 'vitest';
import { forgetful as storage } from '../store/kept/browser-storage.ts';
import { GivenAnswers } from './given-answers.ts';
import { limits } from './limits.ts';
import { full } from './testing/full-storage.ts';

const seen = (predicted: number) => ({ predicted, explained: [`${predicted}.`], isShown: false });

describe('what was answered in a step', () => {
  it('is known to the next page that is loaded, and by the last time', () => {
    const kept = storage();
    const answers = new GivenAnswers(kept);
    answers.keep('unit/one', 'a', seen(1));
    answers.keep('unit/one', 'a', seen(2));
    expect(new GivenAnswers(kept).of('unit/one', 'a')).toEqual(seen(2));
    expect(answers.of('unit/two', 'a')).toBeNull();
  });

  it('is forgotten with the progress, and remembered again with what was answered since', () => {
    const answers = new GivenAnswers(storage());
    answers.keep('unit/one', 'a', seen(1));
    answers.keep('unit/one', 'b', seen(1));
    const remember = answers.forget();
    expect(answers.of('unit/one', 'a')).toBeNull();
    answers.keep('unit/one', 'b', seen(2));
    remember();
    expect(answers.of('unit/one', 'a')).toEqual(seen(1));
    expect(answers.of('unit/one', 'b')).toEqual(seen(2));
  });

  it.each(['no JSON', '[]', '{"unit/one a":{"predicted":"1"}}', '{"unit/one a":null}'])(
    'is not known where %j is stored',
    (text) => {
      const kept = storage();
      kept.setItem('answers', text);
      expect(new GivenAnswers(kept).of('unit/one', 'a')).toBeNull();
    },
  );

  it('makes room for the latest', () => {
    const answers = new GivenAnswers(storage());
    for (let step = 0; step <= limits.answers; step += 1) answers.keep('unit/one', `s${step}`, seen(step));
    expect(answers.of('unit/one', 's0')).toBeNull();
    expect(answers.of('unit/one', 's1')).toEqual(seen(1));
  });

  it('is cut to what there is room for', () => {
    const answers = new GivenAnswers(storage());
    const long = `${'a'.repeat(limits.answerLetters - 1)}\u{1f9e6}`;
    const many = Array.from({ length: limits.answersOfStep + 1 }, () => long);
    answers.keep('unit/one', 'a', { ...seen(1), explained: many });
    const kept = answers.of('unit/one', 'a')?.explained;
    expect(kept).toHaveLength(limits.answersOfStep);
    expect(new Set(kept)).toEqual(new Set(['a'.repeat(limits.answerLetters - 1)]));
  });

  it('takes a small part of what a browser stores for a page, at the most', () => {
    expect(limits.answers * limits.answersOfStep * limits.answerLetters).toBeLessThan(1_000_000);
  });

  it('is not remembered where the browser has no room, and nothing else comes of it', () => {
    const answers = new GivenAnswers(full());
    answers.keep('unit/one', 'a', seen(1));
    expect(answers.of('unit/one', 'a')).toBeNull();
  });
});
