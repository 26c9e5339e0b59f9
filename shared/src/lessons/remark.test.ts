import { describe, expect, it } from 'vitest';
import { echo, lessonOf, started, word } from '../../test/lesson-conduct.ts';
import type { Connection, LessonLog } from '../../test/lesson-log.ts';
import { advance, predict } from './attempt.ts';
import type { LessonJournal } from './journal.ts';
import type { Lesson } from './lesson.ts';
import type { Attempt } from './state.ts';

/** What is quoted of the line. */
const quoted = (lesson: Lesson, attempt: Attempt, log: LessonJournal) =>
  /“([^”]*)”/.exec(advance(lesson, attempt, log).remark ?? '')?.[1] ?? null;

const waiting = lessonOf({ check: [{ stream: { of: '$srv' }, dir: 'received', line: '${WORD}' }] });

describe('a line that has not ended', () => {
  it('is told as far as it has come, however it was cut, and no more once it has ended', () => {
    const { lesson, log, listener, attempt } = started(waiting);
    const server = log.visit(listener);
    const soFar = () => quoted(lesson, attempt, log);
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
    expect(quoted(lesson, attempt, log)).toBe('second');
    log.received(one, ' again');
    expect(quoted(lesson, attempt, log)).toBe('first again');
  });

  it.each([
    ['its connection is closed', (log: LessonLog, connection: Connection) => log.reset(connection)],
    [
      'its client has ended',
      (log: LessonLog, { server }: Connection) => log.add({ type: 'ended', socket: server, by: 'remote' }),
    ],
  ])('is told no more once %s: its end cannot come, and that of another can', (_, goes) => {
    const { lesson, log, listener, attempt } = started(waiting);
    const [one, other] = [log.join(listener), log.join(listener)];
    log.received(other.server, 'stays');
    log.received(one.server, 'goes');
    log.add({ type: 'ended', socket: one.server, by: 'local' });
    expect(quoted(lesson, attempt, log)).toBe('goes');
    goes(log, one);
    expect(quoted(lesson, attempt, log)).toBe('stays');
    goes(log, other);
    expect(quoted(lesson, attempt, log)).toBeNull();
  });

  it('is told of no more than its first bytes', () => {
    const { lesson, log, listener, attempt } = started(waiting);
    log.received(log.visit(listener), 'x'.repeat(1_000));
    expect(quoted(lesson, attempt, log)).toBe('x'.repeat(80));
  });

  it('is told of where a name says which connection is meant', () => {
    const { lesson, log, listener, attempt } = started(echo);
    log.received(log.visit(listener), 'hapy');
    expect(quoted(lesson, attempt, log)).toBe('hapy');
  });

  it('is nothing to a step that asks for no line, nor to one that is to be predicted first', () => {
    const bytes = started(lessonOf({ check: [{ stream: { of: '$srv' }, dir: 'received', text: word }] }));
    bytes.log.received(bytes.log.visit(bytes.listener), 'hapy');
    expect(quoted(bytes.lesson, bytes.attempt, bytes.log)).toBeNull();
    const asked = { ask: 'What?', options: ['this', 'that'], right: 0, why: 'So.' };
    const { lesson, log, listener, attempt } = started(
      lessonOf({ predict: asked, check: [{ stream: { of: '$srv' }, dir: 'received', line: '${WORD}' }] }),
    );
    const server = log.visit(listener);
    log.received(server, 'hapy');
    expect(quoted(lesson, attempt, log)).toBeNull();
    const locked = predict(lesson, attempt, 0, log.latest);
    log.received(server, 'new');
    expect(quoted(lesson, locked, log)).toBe('new');
  });
});

describe('a socket of the scene that is closed', () => {
  const remark = (lesson: Lesson, closes = true) => {
    const { log, listener, attempt } = started({
      ...lesson,
      scene: { srv: { serve: 'stream', label: 'wall' } },
    });
    if (closes) log.add({ type: 'closed', socket: listener });
    return advance({ ...lesson, scene: { srv: { serve: 'stream', label: 'wall' } } }, attempt, log).remark;
  };
  const arrives = { see: 'accepted', where: { listener: '$srv' }, as: 'c' } as const;

  it('is named where the step is done with it, and what to do', () => {
    const lesson = lessonOf({ check: [arrives], solve: [{ dial: '$srv' }] });
    expect(remark(lesson, false)).toBeNull();
    expect(remark(lesson)).toBe('“wall” is closed, and this step needs it. Reset lesson makes it again.');
  });

  it('is named where the step is done with what came from it', () => {
    expect(remark(lessonOf({ check: [arrives], solve: [{ close: '$c' }] }))).toContain('“wall” is closed');
  });

  it('is named before the prediction, too', () => {
    const predict = { ask: 'What?', options: ['this', 'that'], right: 0, why: 'So.' };
    const lesson = lessonOf({ predict, check: [arrives], solve: [{ answer: 0 }, { dial: '$srv' }] });
    expect(remark(lesson)).toContain('“wall” is closed');
  });

  it('is nothing to a step that only asks, nor where the step is to close it', () => {
    const asks = { answer: 'Which?', is: '$c.remote.port' } as const;
    expect(remark(lessonOf({ check: [arrives, asks], solve: [{ answer: '$c.remote.port' }] }))).toBeNull();
    const closes = { order: [{ see: 'closed', where: { socket: '$srv' } }, { see: 'listening' }] } as const;
    expect(
      remark(lessonOf({ check: [{ order: [...closes.order] }], solve: [{ close: '$srv' }] })),
    ).toBeNull();
  });
});
