/** Somebody whose terminal sends every key as it is pressed: where TCP is judged, that is as good as a whole line. */
import { readFile } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import { parseLesson } from '@socket-playground/shared/lessons/file/lesson.ts';
import type { Lesson } from '@socket-playground/shared/lessons/lesson.ts';
import { bytesOf } from '@socket-playground/shared/payload/payload.ts';
import { hexOf } from '@socket-playground/shared/payload/hex.ts';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import { AgentLog } from './agent-log.ts';
import { Learner } from './learner.ts';
import { surroundings } from './surroundings.ts';

type Send = Extract<Command, { type: 'send' }>;

/** Sends one byte, and the next when the other side has read it. */
class TypingLog extends AgentLog {
  override async run(command: Command): Promise<Outcome> {
    if (command.type !== 'send') return super.run(command);
    let outcome: Outcome | null = null;
    for (const byte of bytesOf(command.data)) outcome = await this.#type(command, byte);
    return outcome ?? super.run(command);
  }

  async #type({ socket, ...command }: Send, byte: number): Promise<Outcome> {
    const from = this.latest;
    const isRead = () =>
      this.events(from + 1).some((event) => event.type === 'received' && event.socket !== socket);
    const outcome = await super.run({ ...command, socket, data: { hex: hexOf(byte) } });
    await new Promise<void>((resolve) => {
      const check = () => {
        if (!isRead()) return;
        stop();
        resolve();
      };
      const stop = this.watch(check);
      check();
    });
    return outcome;
  }
}

async function lessonIn(name: string): Promise<Lesson> {
  const file = new URL(`../../../web/lessons/${name}.md`, import.meta.url);
  const parsed = parseLesson(`${name}.md`, await readFile(file, 'utf8'));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.lesson;
}

async function typist(name: string) {
  const around = await surroundings(TypingLog);
  const learner = await Learner.begin(await lessonIn(name), around);
  onTestFinished(() => learner.leave());
  return learner;
}

const passMs = 15_000;

/** The steps that are about what is said, and not about in how many reads it came. */
it.each([
  ['01-your-browser', 1],
  ['23-send', 1],
  ['25-http-by-hand', 3],
  ['26-close', 2],
  ['36-echo', 3],
  ['27-hand-tools', 2],
] as const)('%s passes, and nothing right is called wrong', async (name, count) => {
  const learner = await typist(name);
  for (const [index, step] of learner.lesson.steps.slice(0, count).entries()) {
    expect(await learner.do(step.solve)).toEqual({ ok: true });
    await learner.until(() => learner.step > index, passMs);
    expect({ step: learner.step, told: learner.told }).toMatchObject({ step: index + 1 });
  }
  expect(learner.told.filter(({ is }) => is === 'rejected')).toEqual([]);
});

it('a wrong line is told once, and whole', async () => {
  const learner = await typist('23-send');
  await learner.do([
    { dial: '$srv', as: 'slip' },
    { send: 'nope\n', on: 'slip' },
  ]);
  await learner.settle();
  const says = learner.told.map((each) => ('says' in each ? each.says : each.is));
  expect(says).toEqual([expect.stringContaining('“nope”')]);
});
