/**
 * Every lesson there is, against a real agent: a fresh scene does not pass, the solution does, each wrong attempt is
 * rejected with its words, and the solution passes again after Reset. `LESSON_REPEATS` is for the soak run.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'vitest';
import { checkFile } from './main.ts';
import { startOwnAgent } from './own-agent.ts';

const folder = new URL('../../../web/lessons/', import.meta.url).pathname;
const repeats = Number(process.env.LESSON_REPEATS ?? 1);
/** Several lessons run at once and mostly wait; on a busy machine all of them together wait longer. */
const patienceMs = 180_000;

const fileNames = readdirSync(folder).filter((name) => name.endsWith('.md'));
/** Those that take a learner long are slow here too: they go first, so that none is waited for alone at the end. */
const minutesOf = (name: string) =>
  Number(/^minutes: (\d+)$/m.exec(readFileSync(`${folder}${name}`, 'utf8'))?.[1] ?? 0);
const slowFirst = fileNames.toSorted((a, b) => minutesOf(b) - minutesOf(a));
const runs = Array.from({ length: repeats }, (_, round) =>
  slowFirst.map((name) => ({ name, round: round + 1 })),
);

describe.concurrent('every step of every lesson can be passed, and only by doing it', () => {
  it.for(runs.flat())(
    '$name, round $round',
    { timeout: patienceMs },
    async ({ name }, { expect, onTestFinished }) => {
      const agent = await startOwnAgent();
      onTestFinished(() => agent.stop());
      expect(await checkFile(`${folder}${name}`, agent, { expose: false })).toEqual([]);
      expect(agent.bugs).toEqual([]);
    },
  );

  it('also with an agent that others may reach, where that is no prediction', async ({
    expect,
    onTestFinished,
  }) => {
    const agent = await startOwnAgent({ expose: true });
    onTestFinished(() => agent.stop());
    expect(await checkFile(`${folder}32-where-to-listen.md`, agent, { expose: true })).toEqual([]);
    expect(agent.bugs).toEqual([]);
  });
});
