/** The checks that no other test is about, each for and against: a datagram, a gap, variables, and steps that were done before. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { after, lessonOf, piecesOf, started, word } from '../../test/lesson-conduct.ts';
import type { LessonLog } from '../../test/lesson-log.ts';
import { draw } from './attempt.ts';
import type { Check, See } from './checks.ts';
import type { Lesson } from './lesson.ts';
import { resumed } from './resumed.ts';
import type { Attempt } from './state.ts';

/** Whether one step with this check passes after what was done. */
function passes(check: Check, act: (log: LessonLog, listener: number) => void): boolean {
  const { lesson, log, listener, attempt } = started(lessonOf({ check: [check] }));
  act(log, listener);
  return after(lesson, attempt, log).now.step === 1;
}

describe('a datagram', () => {
  const whole: Check = { datagram: '$srv', dir: 'received', text: '${WORD}' };

  it('is one, and never a part of one nor two together', () => {
    expect(passes(whole, (log, srv) => log.received(srv, word))).toBe(true);
    expect(passes(whole, (log, srv) => log.received(srv, `${word}!`))).toBe(false);
    const cut = piecesOf(word).filter((pieces) => pieces.length > 1);
    fc.assert(
      fc.property(cut, (pieces) => {
        expect(passes(whole, (log, srv) => pieces.forEach((piece) => log.received(srv, piece)))).toBe(false);
      }),
    );
  });

  it('goes one way, and belongs to its socket', () => {
    expect(passes(whole, (log, srv) => log.sent(srv, word))).toBe(false);
    expect(passes(whole, (log) => log.received(log.serve(), word))).toBe(false);
  });
});

describe('a gap', () => {
  const moments: [See, See] = [
    { see: 'accepted', where: { listener: '$srv' }, as: 'c' },
    { see: 'received', where: { socket: '$c' } },
  ];
  /** What comes this long after it was accepted; an event of the log takes a millisecond. */
  const after = (ms: number) => (log: LessonLog, srv: number) => {
    const server = log.visit(srv);
    for (let passed = 1; passed < ms; passed += 1) log.add({ type: 'paused', socket: srv });
    log.received(server, word);
  };

  it('is as long as it must be, and no longer than it may', () => {
    const [least, most]: Check[] = [
      { gap: moments, min: '30ms' },
      { gap: moments, max: '30ms' },
    ];
    if (least === undefined || most === undefined) throw new Error('Both are there.');
    expect([29, 30, 31].map((ms) => passes(least, after(ms)))).toEqual([false, true, true]);
    expect([29, 30, 31].map((ms) => passes(most, after(ms)))).toEqual([true, true, false]);
  });
});

describe('a count', () => {
  const twice: Check = { count: 'received', where: { of: '$srv' }, min: 2, distinct: 'socket' };

  it('of what is distinct counts each value once, however often it comes', () => {
    const said = (...times: readonly number[]) =>
      passes(twice, (log, srv) =>
        times.forEach((count) => {
          const server = log.visit(srv);
          for (let time = 0; time < count; time += 1) log.received(server, word);
        }),
      );
    expect([said(1), said(5), said(1, 1), said(3, 2)]).toEqual([false, false, true, true]);
  });

  it('has its limits, in events and in bytes', () => {
    const counted = (limits: object, events: number) =>
      passes({ count: 'received', where: { socket: '$srv' }, ...limits }, (log, srv) => {
        for (let event = 0; event < events; event += 1) log.received(srv, word);
      });
    const within = (limits: object) => [1, 2, 3].map((events) => counted(limits, events));
    expect(within({ min: 2 })).toEqual([false, true, true]);
    expect(within({ is: 2 })).toEqual([false, true, true]);
    // At no moment both hold.
    const bytes = 2 * word.length;
    for (const wrong of [{ is: 1 }, { is: 3 }, { max: 1 }, { min: 3 }])
      expect(within({ ...wrong, bytes })).toEqual([false, false, false]);
    for (const right of [{ is: 2 }, { max: 2 }, { min: 2 }])
      expect(within({ ...right, bytes })).toEqual([false, true, true]);
  });
});

it('the proof of a line is where it stands, without what was said before it', () => {
  const { lesson, log, listener, attempt } = started(
    lessonOf({ check: [{ stream: { of: '$srv' }, dir: 'received', line: '${WORD}' }] }),
  );
  const server = log.visit(listener);
  for (const piece of ['hapy\n', 'mar', 'ble', '\n']) log.received(server, piece);
  const [passed] = after(lesson, attempt, log).news;
  expect(passed).toMatchObject({ is: 'passed', proof: [log.latest - 2, log.latest - 1, log.latest] });
});

it('variables are drawn from what there is, anew for each attempt', () => {
  const vars = { WORD: { pick: ['otter', 'marble'] }, PORT: { int: [7, 9] as [number, number] } };
  const drawn = (random: number) => draw(vars, () => random);
  expect(drawn(0)).toEqual({ WORD: 'otter', PORT: 7 });
  expect(drawn(0.999)).toEqual({ WORD: 'marble', PORT: 9 });
  expect(draw(undefined, () => 0)).toEqual({});
});

describe('a lesson taken up again', () => {
  const see: Check[] = [{ see: 'accepted', where: { listener: '$srv' } }];
  const free = lessonOf({ check: see }, { check: see }, { check: see });
  const standing = lessonOf({ check: see }, { check: see }, { check: see, standsOn: ['step-0'] });
  const done = (lesson: Lesson, ...at: readonly number[]) => {
    const { attempt } = started(lesson);
    return resumed(
      lesson,
      attempt,
      new Map([...attempt.steps.entries()].filter(([index]) => at.includes(index))),
    );
  };
  const marks = ({ steps }: Attempt) => steps.map(({ proof }) => proof !== null);

  it('opens the first step that is to do', () => {
    expect(marks(done(free, 0))).toEqual([true, false, false]);
    expect(done(free, 0).step).toBe(1);
    expect(done(free, 0, 1, 2).step).toBe(3);
  });

  it('has done again what an open step stands on, and asks for nothing else twice', () => {
    const { lesson, log, listener } = started(standing);
    const attempt = done(lesson, 0, 1);
    expect(marks(attempt)).toEqual([false, true, false]);
    expect(attempt.step).toBe(0);
    log.visit(listener);
    expect(after(lesson, attempt, log).now.step).toBe(2);
    expect(marks(done(standing, 0, 1, 2))).toEqual([true, true, true]);
  });
});
