/** Whatever is in the log, whoever wrote it, and whatever is answered: every lesson there is can judge it. */
import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyEvent } from '../../test/any-event.ts';
import type { SocketEvent } from '../events/event.ts';
import { advance, answer, begin, draw, predict } from './attempt.ts';
import { parseLesson } from './file/lesson.ts';
import type { LessonJournal } from './journal.ts';
import type { Lesson } from './lesson.ts';

const folder = new URL('../../../web/lessons/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.md'));

function lessonIn(name: string): Lesson {
  const parsed = parseLesson(name, readFileSync(new URL(name, folder), 'utf8'));
  if (!parsed.ok) throw new Error(`${name}: ${JSON.stringify(parsed.errors)}`);
  return parsed.lesson;
}

/** Few sockets, so that they have to do with one another and with those of a scene. */
const anyLog = fc
  .array(fc.tuple(anyEvent, fc.integer({ min: 1, max: 4 })), { maxLength: 40 })
  .map((drawn) =>
    drawn.map(([event, socket], index): SocketEvent =>
      event.type === 'segment' ? { ...event, seq: index + 1 } : { ...event, socket, seq: index + 1 },
    ),
  );
const anyGiven = fc.oneof(fc.string(), fc.nat(), fc.array(fc.oneof(fc.string(), fc.nat()), { maxLength: 9 }));

const journalOf = (events: readonly SocketEvent[]): LessonJournal => ({
  latest: events.length,
  events: (from) => events.slice(Math.max(0, from - 1)),
  payload: () => new Uint8Array(),
});

it.each(names)('%s', (name) => {
  const lesson = lessonIn(name);
  const scene = Object.fromEntries(
    Object.keys(lesson.scene ?? {}).map((each, index) => [
      each,
      { socket: index + 1, address: { host: '127.0.0.1', port: 40_000 + index } },
    ]),
  );
  fc.assert(
    fc.property(anyLog, anyGiven, fc.nat(), (events, given, at) => {
      const attempt = {
        ...begin(lesson, {
          ...{ epoch: 'any', vars: draw(lesson.vars, () => 0.5), can: [], scene, latest: 0 },
          machine: { name: 'here', platform: 'linux' },
        }),
        step: at % lesson.steps.length,
      };
      const journal = journalOf(events);
      const answered = answer(lesson, predict(lesson, attempt, 0, 0), given, journal);
      const { attempt: now, needs } = advance(lesson, answered.attempt, journal);
      expect(now.step).toBeGreaterThanOrEqual(attempt.step);
      expect(needs).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
