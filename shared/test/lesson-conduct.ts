/** A small lesson, and learners who do something in it, for tests of the checker. */
import fc from 'fast-check';
import { advance, begin } from '../src/lessons/attempt.ts';
import type { LessonJournal } from '../src/lessons/journal.ts';
import type { Check } from '../src/lessons/checks.ts';
import type { Lesson, Step } from '../src/lessons/lesson.ts';
import type { Attempt } from '../src/lessons/state.ts';
import { LessonLog } from './lesson-log.ts';
import type { Connection } from './lesson-log.ts';

export const word = 'marble';

export function lessonOf(...steps: (Partial<Step> & { readonly check: Check[] })[]): Lesson {
  const whole = steps.map((step, index): Step => ({
    ...{ id: `step-${index}`, title: `Step ${index}`, hints: ['Look.'], solve: [{ answer: 0 }], prose: [] },
    ...step,
  }));
  const texts = { id: 'tcp-server/echo', title: 'Echo', goal: 'Echo.', minutes: 3 };
  return { ...texts, number: '3.6', unit: 3, steps: whole, intro: [], why: [] };
}

/** A listener that the scene made; what comes is the learner's. */
export function started(lesson: Lesson, log = new LessonLog()) {
  const listener = log.serve();
  const attempt = begin(lesson, {
    ...{ epoch: 'one', vars: { WORD: word }, machine: { name: 'here', platform: 'linux' }, can: [] },
    scene: { srv: { socket: listener, address: null } },
    latest: log.latest,
  });
  return { lesson, log, listener, attempt };
}

/** The attempt after everything, and all that was told on the way. */
export function after(lesson: Lesson, attempt: Attempt, journal: LessonJournal) {
  const { attempt: now, news } = advance(lesson, attempt, journal);
  return { now, news };
}

/** A log that ends where it is cut: what a page saw so far. */
export const until = (journal: LessonJournal, latest: number): LessonJournal => ({
  latest,
  *events(from) {
    for (const event of journal.events(from)) if (event.seq <= latest) yield event;
  },
  payload: (seq) => journal.payload(seq),
});

/** A text cut into pieces that are not empty. */
export const piecesOf = (text: string) =>
  fc.uniqueArray(fc.integer({ min: 1, max: Math.max(1, text.length - 1) }), { maxLength: 8 }).map((cuts) => {
    const at = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length];
    return at.slice(1).map((end, index) => text.slice(at[index], end));
  });

/** Several scripts as one, each in its own order. */
export const interleaved = <Item>(scripts: readonly (readonly Item[])[]) =>
  fc.infiniteStream(fc.nat()).map((turns) => {
    const left = scripts.map((script) => [...script]);
    const all: Item[] = [];
    for (let open = left.filter(hasMore); open.length > 0; open = left.filter(hasMore)) {
      const item = open[turns.next().value % open.length]?.shift();
      if (item !== undefined) all.push(item);
    }
    return all;
  });
const hasMore = (items: readonly unknown[]) => items.length > 0;

export const echo = lessonOf(
  { check: [{ see: 'accepted', where: { listener: '$srv' }, as: 'c' }] },
  {
    check: [
      { stream: '$c', dir: 'received', line: '${WORD}' },
      { stream: '$c', dir: 'sent', line: '${WORD}' },
    ],
    reject: [
      {
        stream: '$c',
        dir: 'received',
        line: { not: '${WORD}' },
        says: 'The server got “${text}”, not ${WORD}.',
      },
    ],
  },
  {
    check: [
      { see: 'ended', where: { socket: '$c', by: 'remote' } },
      { never: 'reset', where: { socket: '$c' } },
    ],
  },
);

export interface Act {
  readonly who: number;
  readonly does: 'join' | 'say' | 'answer' | 'leave' | 'reset';
  readonly text?: string;
}

const anyAct: fc.Arbitrary<Act> = fc.record({
  who: fc.nat({ max: 2 }),
  does: fc.constantFrom('join', 'say', 'answer', 'leave', 'reset'),
  text: fc.constantFrom(word, `${word}\n`, 'mar', 'ble\n', 'x\n', '\r\n', '', '\n'),
});
export const anyConduct = fc.array(anyAct, { maxLength: 14 });

/** Who has not come yet, or has left, does nothing. Gives everyone who is still there. */
export function act(log: LessonLog, listener: number, acts: readonly Act[]): ReadonlyMap<number, Connection> {
  const here = new Map<number, Connection>();
  for (const { who, does, text = '' } of acts) {
    const connection = here.get(who);
    if (does === 'join' && connection === undefined) here.set(who, log.join(listener));
    if (connection === undefined) continue;
    if (does === 'say') log.received(connection.server, text);
    if (does === 'answer') log.sent(connection.server, text);
    if (does === 'leave') log.leave(connection);
    if (does === 'reset') log.reset(connection);
    if (does === 'leave' || does === 'reset') here.delete(who);
  }
  return here;
}
