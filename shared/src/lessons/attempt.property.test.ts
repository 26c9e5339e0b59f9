/** What the checker promises of any log: done early, out of order, wrong, or cut anywhere. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  act,
  after,
  anyConduct,
  echo,
  lessonOf,
  piecesOf,
  started,
  until,
  word,
} from '../../test/lesson-conduct.ts';
import type { News } from './attempt.ts';

describe('what is done in order', () => {
  it('passes, however the bytes were cut on their way', () => {
    fc.assert(
      fc.property(piecesOf(`${word}\n`), piecesOf(`${word}\n`), fc.boolean(), (there, back, isOutside) => {
        const { log, listener, attempt } = started(echo);
        const both = isOutside ? null : log.join(listener);
        const server = both?.server ?? log.visit(listener);
        there.forEach((piece) => log.received(server, piece));
        back.forEach((piece) => log.sent(server, piece));
        log.add({ type: 'ended', socket: server, by: 'remote' });
        const { now, news } = after(echo, attempt, log);
        expect(news.map(({ is }) => is)).toEqual(['passed', 'passed', 'passed']);
        expect(now.step).toBe(3);
      }),
    );
  });

  it('is judged the same in one look as in many, also across a reload', () => {
    fc.assert(
      fc.property(anyConduct, fc.array(fc.nat({ max: 80 })), (acts, looks) => {
        const { log, listener, attempt } = started(echo);
        const first = log.latest;
        act(log, listener, acts);
        const atOnce = after(echo, attempt, log);
        let now = attempt;
        const news: News[] = [];
        for (const look of [...looks.map((each) => first + each).sort((a, b) => a - b), log.latest]) {
          expect(JSON.parse(JSON.stringify(now))).toStrictEqual(now);
          const one = after(echo, now, until(log, Math.min(look, log.latest)));
          now = one.now;
          news.push(...one.news);
        }
        expect(news).toEqual(atOnce.news);
        expect(now).toEqual(atOnce.now);
      }),
    );
  });
});

describe('what is done early', () => {
  it('does not count: each step needs its own', () => {
    const twice = lessonOf(
      { check: [{ see: 'accepted', where: { listener: '$srv' } }] },
      { check: [{ see: 'accepted', where: { listener: '$srv' } }] },
      { check: [{ see: 'accepted', where: { listener: '$srv' } }] },
    );
    fc.assert(
      fc.property(fc.nat({ max: 6 }), (times) => {
        const { log, listener, attempt } = started(twice);
        for (let left = times; left > 0; left -= 1) log.join(listener);
        const { now, news } = after(twice, attempt, log);
        expect(now.step).toBe(Math.min(times, 3));
        const proofs = now.steps.flatMap(({ proof }) => proof ?? []);
        expect(new Set(proofs).size).toBe(proofs.length);
        expect(news.filter(({ is }) => is === 'passed').length).toBe(now.step);
      }),
    );
  });

  it('does not count before a prediction is locked in', () => {
    const { log, listener, attempt, lesson } = started(
      lessonOf({
        predict: { ask: 'What?', options: ['a', 'b'], right: 0, why: 'Because.' },
        check: [{ see: 'accepted', where: { listener: '$srv' } }],
      }),
    );
    log.join(listener);
    expect(after(lesson, attempt, log).now.step).toBe(0);
  });
});

describe('order', () => {
  const inOrder = lessonOf({
    check: [
      {
        order: [
          { see: 'ended', where: { of: '$srv', by: 'remote' } },
          { see: 'reset', where: { of: '$srv' } },
          { see: 'accepted', where: { listener: '$srv' } },
        ],
      },
    ],
  });

  it('holds when, and only when, the events came in that order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('end', 'reset', 'join'), { maxLength: 9 }),
        (acts: readonly string[]) => {
          const { log, listener, attempt } = started(inOrder);
          const socket = log.visit(listener);
          const { attempt: begun } = { attempt: { ...attempt, seen: log.latest } };
          const from = { ...begun, steps: begun.steps.map((step) => ({ ...step, horizon: log.latest })) };
          for (const each of acts) {
            if (each === 'end') log.add({ type: 'ended', socket, by: 'remote' });
            if (each === 'reset') log.add({ type: 'reset', socket, by: 'remote' });
            if (each === 'join') log.visit(listener);
          }
          const isSo = /end.*reset.*join/.test(acts.join(' '));
          expect(after(inOrder, from, log).now.step).toBe(isSo ? 1 : 0);
        },
      ),
    );
  });
});

describe('never, and the horizon', () => {
  const calm = lessonOf({
    check: [
      { see: 'ended', where: { of: '$srv', by: 'remote' } },
      { never: 'reset', where: { of: '$srv' }, says: 'That was a reset of #${event.socket}.' },
    ],
  });

  it('what must not happen is a wrong attempt each time, and it can be done right afterwards', () => {
    fc.assert(
      fc.property(fc.nat({ max: 5 }), (resets) => {
        const { log, listener, attempt } = started(calm);
        for (let left = resets; left > 0; left -= 1) log.reset(log.join(listener));
        log.leave(log.join(listener));
        const { now, news } = after(calm, attempt, log);
        expect(news.map(({ is }) => is)).toEqual([
          ...Array.from({ length: resets }, () => 'rejected'),
          'passed',
        ]);
        expect(now.steps[0]?.wrongs).toBe(resets);
      }),
    );
  });

  it('bytes before a wrong attempt do not count', () => {
    const { log, listener, attempt } = started(echo);
    const { server } = log.join(listener);
    log.received(server, 'mar');
    log.received(server, 'mots\n');
    log.received(server, 'ble\n');
    const { now, news } = after(echo, attempt, log);
    expect(now.step).toBe(1);
    expect(news).toContainEqual(
      expect.objectContaining({ is: 'rejected', says: 'The server got “marmots”, not marble.' }),
    );
  });
});
