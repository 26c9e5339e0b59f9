/** A page that comes back after much has happened judges it as one that was there all the time. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { after, lessonOf, started, until } from '../../test/lesson-conduct.ts';
import type { LessonLog } from '../../test/lesson-log.ts';
import type { News } from './attempt.ts';
import { lessonLimits } from './limits.ts';

const calm = lessonOf(
  {
    check: [
      { see: 'ended', where: { of: '$srv', by: 'remote' } },
      { never: 'reset', where: { of: '$srv' }, says: 'A reset.' },
    ],
    reject: [{ see: 'received', where: { of: '$srv', text: '^x' }, says: 'An x.' }],
  },
  { check: [{ count: 'accepted', where: { listener: '$srv' }, is: 2, says: 'Too many.' }] },
);

type Deed = 'leave' | 'reset' | 'say x' | 'visit';
const deeds = fc.array(
  fc.tuple(fc.nat({ max: 199 }), fc.constantFrom<Deed>('leave', 'reset', 'say x', 'visit')),
  { maxLength: 8 },
);

function does(deed: Deed, log: LessonLog, listener: number): void {
  if (deed === 'visit') return void log.visit(listener);
  const connection = log.join(listener);
  if (deed === 'leave') log.leave(connection);
  else if (deed === 'reset') log.reset(connection);
  else log.received(connection.server, 'x\n');
}

/** Somebody else talks all the time; now and then the learner does something. */
function flood(log: LessonLog, listener: number, done: readonly (readonly [number, Deed])[]): void {
  const noise = log.visit(log.serve());
  for (let place = 0; place < 200; place += 1) {
    for (let each = 0; each < 3; each += 1) log.received(noise, 'noise\n');
    log.add({ type: 'ended', socket: noise, by: 'remote' });
    for (const [at, deed] of done) if (at === place) does(deed, log, listener);
  }
}

/** So few events together are judged one by one. */
const fewEvents = lessonLimits.moments / 4;

it('in one look after a flood the same is told as in many looks during it', () => {
  fc.assert(
    fc.property(deeds, (done) => {
      const { log, listener, attempt } = started(calm);
      const first = log.latest;
      flood(log, listener, done);
      expect(log.latest - first).toBeGreaterThan(2 * lessonLimits.moments);
      const atOnce = after(calm, attempt, log);
      let now = attempt;
      const news: News[] = [];
      for (let look = first; look < log.latest;) {
        look = Math.min(look + fewEvents, log.latest);
        const one = after(calm, now, until(log, look));
        now = one.now;
        news.push(...one.news);
      }
      expect(atOnce.news).toEqual(news);
      expect(atOnce.now).toEqual(now);
    }),
    { numRuns: 6 },
  );
});

it('what must never happen is told of, and does not block the step for ever', () => {
  const { log, listener, attempt } = started(calm);
  flood(log, listener, [
    [50, 'reset'],
    [120, 'leave'],
  ]);
  const { now, news } = after(calm, attempt, log);
  expect(news.map(({ is }) => is)).toEqual(['rejected', 'passed']);
  expect(now.step).toBe(1);
});
