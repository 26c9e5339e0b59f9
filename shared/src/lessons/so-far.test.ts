import { describe, expect, it } from 'vitest';
import { echo, lessonOf, started, word } from '../../test/lesson-conduct.ts';
import { advance, predict } from './attempt.ts';

const waiting = lessonOf({ check: [{ stream: { of: '$srv' }, dir: 'received', line: '${WORD}' }] });

describe('a line that has not ended', () => {
  it('is told as far as it has come, however it was cut, and no more once it has ended', () => {
    const { lesson, log, listener, attempt } = started(waiting);
    const server = log.visit(listener);
    const soFar = () => advance(lesson, attempt, log).soFar;
    expect(soFar()).toBeNull();
    log.received(server, 'ha');
    log.received(server, 'py');
    expect(soFar()).toBe('hapy');
    log.received(server, '\r');
    expect(soFar()).toBe('hapy');
    log.received(server, '\nmar');
    expect(soFar()).toBe('mar');
    log.received(server, 'x\n');
    expect(soFar()).toBeNull();
  });

  it('is the one that something came of last, where several clients send', () => {
    const { lesson, log, listener, attempt } = started(waiting);
    const [one, other] = [log.visit(listener), log.visit(listener)];
    log.received(one, 'first');
    log.received(other, 'second');
    expect(advance(lesson, attempt, log).soFar).toBe('second');
    log.received(one, ' again');
    expect(advance(lesson, attempt, log).soFar).toBe('first again');
  });

  it('is told of no more than its first bytes', () => {
    const { lesson, log, listener, attempt } = started(waiting);
    log.received(log.visit(listener), 'x'.repeat(1_000));
    expect(advance(lesson, attempt, log).soFar).toBe('x'.repeat(80));
  });

  it('is told of where a name says which connection is meant', () => {
    const { lesson, log, listener, attempt } = started(echo);
    log.received(log.visit(listener), 'hapy');
    // What came before the step opened does not count.
    const { attempt: now, soFar } = advance(lesson, attempt, log);
    expect({ step: now.step, soFar }).toEqual({ step: 1, soFar: 'hapy' });
  });

  it('is nothing to a step that asks for no line, nor to one that is to be predicted first', () => {
    const bytes = started(lessonOf({ check: [{ stream: { of: '$srv' }, dir: 'received', text: word }] }));
    bytes.log.received(bytes.log.visit(bytes.listener), 'hapy');
    expect(advance(bytes.lesson, bytes.attempt, bytes.log).soFar).toBeNull();
    const asked = { ask: 'What?', options: ['this', 'that'], right: 0, why: 'So.' };
    const { lesson, log, listener, attempt } = started(
      lessonOf({ predict: asked, check: [{ stream: { of: '$srv' }, dir: 'received', line: '${WORD}' }] }),
    );
    const server = log.visit(listener);
    log.received(server, 'hapy');
    expect(advance(lesson, attempt, log).soFar).toBeNull();
    const locked = predict(lesson, attempt, 0, log.latest);
    log.received(server, 'new');
    expect(advance(lesson, locked, log).soFar).toBe('new');
  });
});
