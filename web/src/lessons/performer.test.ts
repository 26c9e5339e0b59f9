import { expect, it } from 'vitest';
import type { Given } from '@socket-playground/shared/lessons/questions.ts';
import { JournalView } from './journal-view.ts';
import { noNames } from './machine.ts';
import { Performer } from './performer.ts';
import { FakeAgent } from './testing/fake-agent.ts';

/** Answers 5 to a log that bears it out after so many looks; returns what was answered, and after how many. */
async function answered(afterLooks: number) {
  const { store } = new FakeAgent();
  let looks = 0;
  const sleep = async () => void (looks += 1);
  const performer = new Performer({ store, sleep, openTab: () => undefined }, new JournalView(store));
  const given: [Given, number][] = [];
  const isEarly = () => looks < afterLooks;
  const answer = (said: Given) => void given.push([said, looks]);
  await performer.show([{ answer: 5 }], { names: () => noNames, isEarly, answer });
  return given;
}

it('answers once the log bears the answer out', async () => {
  expect(await answered(3)).toEqual([[5, 3]]);
});

it('answers in the end, though the log never does', async () => {
  expect(await answered(Infinity)).toMatchObject([[5, expect.any(Number)]]);
});
