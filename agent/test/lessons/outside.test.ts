/** A learner's own program counts like a click: eight lessons, passed by Python's own sockets, with nobody at the page. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parseLesson } from '@socket-playground/shared/lessons/file/lesson.ts';
import type { Lesson } from '@socket-playground/shared/lessons/lesson.ts';
import { hasTool } from '../../../scripts/lib/tools.mjs';
import { start } from '../interop/program.ts';
import { Learner } from './learner.ts';
import { surroundings } from './surroundings.ts';

const lessons = [
  '01-your-browser',
  '02-who-is-who',
  '21-connect',
  '25-http-by-hand',
  '26-close',
  '27-hand-tools',
  '36-echo',
  '37-ok',
];
const program = new URL('outside.py', import.meta.url).pathname;
const passMs = 15_000;

async function lessonIn(name: string): Promise<Lesson> {
  const file = new URL(`../../../web/lessons/${name}.md`, import.meta.url);
  const parsed = parseLesson(`${name}.md`, await readFile(file, 'utf8'));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.lesson;
}

/** What the lesson says of itself, as the program is told it: drawn words, and addresses as `[host, port]`. */
function toldBy({ attempt: { vars, scene } }: Learner): Readonly<Record<string, unknown>> {
  const told: Record<string, unknown> = { ...vars };
  for (const [name, { address }] of Object.entries(scene)) {
    if (address !== null) told[name] = [address.host, address.port];
  }
  return told;
}

it.skipIf(!hasTool('python3')).each(lessons)('%s', async (name) => {
  const lesson = await lessonIn(name);
  const around = await surroundings();
  const learner = await Learner.begin(lesson, around);
  const outside = start('python3', '-B', program, lesson.id).type(`${JSON.stringify(toldBy(learner))}\n`);
  for (const [index, step] of lesson.steps.entries()) {
    const answers = step.solve.filter((action) => 'answer' in action);
    // A prediction is locked in before anything is done; questions are about what was.
    await learner.do(answers.splice(0, step.predict === undefined ? 0 : 1));
    outside.type(`${step.id}\n`);
    await outside.printsText(`did ${step.id}\n`);
    await learner.settle();
    await learner.do(answers);
    await learner.until(() => learner.step > index, passMs);
    expect({ step: learner.step, told: learner.told }).toMatchObject({ step: index + 1 });
  }
  expect(learner.told.filter(({ is }) => is === 'rejected')).toEqual([]);
  expect(around.log.events(learner.attempt.from + 1).filter(({ type }) => type === 'connecting')).toEqual([]);
  expect((await outside.eof().ended()).code).toBe(0);
  await learner.leave();
});
