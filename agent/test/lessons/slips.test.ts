/** Somebody who slips and goes on with the client they have, as most people do: nobody needs a new one to pass. */
import { readFile } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { Action } from '@socket-playground/shared/lessons/actions.ts';
import { isPossible } from '@socket-playground/shared/lessons/attempt.ts';
import { parseLesson } from '@socket-playground/shared/lessons/file/lesson.ts';
import { Learner } from './learner.ts';
import { surroundings } from './surroundings.ts';

async function begin(name: string): Promise<Learner> {
  const file = new URL(`../../../web/lessons/${name}.md`, import.meta.url);
  const parsed = parseLesson(`${name}.md`, await readFile(file, 'utf8'));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const learner = await Learner.begin(parsed.lesson, await surroundings());
  onTestFinished(() => learner.leave());
  return learner;
}

const passMs = 15_000;

/** Solves the steps before, then does these actions in place of the solution. */
async function slip(name: string, step: string, actions: readonly Action[]) {
  const learner = await begin(name);
  const at = learner.lesson.steps.findIndex(({ id }) => id === step);
  for (const [index, before] of learner.lesson.steps.slice(0, at).entries()) {
    if (isPossible(learner.attempt, before)) expect(await learner.do(before.solve)).toEqual({ ok: true });
    else learner.answer(0);
    await learner.until(() => learner.step > index, passMs);
  }
  expect(await learner.do(actions)).toEqual({ ok: true });
  await learner.until(() => learner.step > at, passMs);
  expect({ step: learner.step, told: learner.told }).toMatchObject({ step: at + 1 });
  return learner.told.flatMap((told) => (told.is === 'rejected' && told.step === at ? [told.says] : []));
}

const heard = (text: string): Action => ({ wait: { see: 'received', where: { of: '$srv', text } } });

it('2.3: the first word went out before Pause', async () => {
  const said = await slip('23-send', 'twice', [
    { dial: '$srv', as: 'me' },
    { wait: { see: 'accepted', where: { listener: '$srv' }, as: 'end' } },
    { send: '${FIRST}\n', on: 'me' },
    heard('^${FIRST}\n$'),
    { pause: '$end' },
    { send: '${FIRST}\n', on: 'me' },
    { send: '${SECOND}\n', on: 'me' },
    { resume: '$end' },
    heard('${SECOND}\n$'),
    { answer: 1 },
  ]);
  expect(said).toEqual([expect.stringContaining('came in a row of its own')]);
});

it('2.3: a word goes out once more before the answer', async () => {
  const said = await slip('23-send', 'twice', [
    { dial: '$srv', as: 'me' },
    { wait: { see: 'accepted', where: { listener: '$srv' }, as: 'end' } },
    { pause: '$end' },
    { send: '${FIRST}\n', on: 'me' },
    { send: '${SECOND}\n', on: 'me' },
    { resume: '$end' },
    heard('${SECOND}\n$'),
    { send: '${FIRST}\n', on: 'me' },
    heard('^${FIRST}\n$'),
    { answer: 1 },
  ]);
  expect(said).toEqual([expect.stringContaining('came in a row of its own')]);
});

it('2.5: a request with a header, only not Host, gets its 400 too', async () => {
  const said = await slip('25-http-by-hand', 'bare', [
    { dial: '$site', as: 'me' },
    { send: 'GET / HTTP/1.1\r\nAccept: */*\r\n\r\n', on: 'me' },
    { wait: { see: 'received', where: { to: '$site' } } },
    { answer: 400 },
  ]);
  expect(said).toEqual([]);
});
