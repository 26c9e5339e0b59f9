/**
 * What must be true of every lesson, against a real agent: a fresh scene does not pass, the solution does, each wrong
 * attempt is rejected with its words and then the solution passes still, unless they say to begin anew, after Reset the
 * solution passes again, and whoever left halfway can go on.
 */
import { isPossible, namesOf } from '@socket-playground/shared/lessons/attempt.ts';
import { leftOf } from '@socket-playground/shared/lessons/solution.ts';
import { expand } from '@socket-playground/shared/lessons/names.ts';
import type { Lesson, Step } from '@socket-playground/shared/lessons/lesson.ts';
import { Learner } from './learner.ts';
import type { Surroundings } from './learner.ts';

/** How long a step may take to pass once its solution was performed, ms. */
const passMs = 15_000;

/** Everything that is not as it should be, in words; empty when all is well. */
export async function prove(lesson: Lesson, around: Surroundings): Promise<string[]> {
  const wrongs: string[] = [];
  for (const again of ['', ' after Reset']) wrongs.push(...(await proveSolution(lesson, around, again)));
  if (wrongs.length > 0) return wrongs;
  for (const index of lesson.steps.keys()) wrongs.push(...(await proveReturn(lesson, index, around)));
  for (const [index, step] of lesson.steps.entries()) {
    for (const at of (step.wrong ?? []).keys()) wrongs.push(...(await proveWrong(lesson, index, at, around)));
  }
  return wrongs;
}

async function proveSolution(lesson: Lesson, around: Surroundings, again: string): Promise<string[]> {
  const learner = await Learner.begin(lesson, around);
  try {
    await learner.settle();
    for (const [index, step] of lesson.steps.entries()) {
      if (learner.step > index) return [`step ${step.id}: passes before anything was done for it${again}`];
      const wrong = await solve(learner, step, index);
      if (wrong !== null) return [`step ${step.id}: ${wrong}${again}`];
    }
    const rejected = learner.told.find((each) => each.is === 'rejected');
    return rejected === undefined ? [] : [`the solution itself is rejected: "${rejected.says}"${again}`];
  } finally {
    await learner.leave();
  }
}

/** Who left before this step passes it on a new scene, after the steps that it stands on. */
async function proveReturn(lesson: Lesson, index: number, around: Surroundings): Promise<string[]> {
  const before = lesson.steps.slice(0, index).map(({ id }) => id);
  if (before.length === 0) return [];
  const learner = await Learner.begin(lesson, around, before);
  try {
    await learner.settle();
    while (learner.step <= index) {
      const { step: at } = learner;
      const step = lesson.steps[at];
      const wrong = step === undefined ? null : await solve(learner, step, at);
      if (wrong !== null) return [`step ${step?.id ?? ''}, by who comes back to it: ${wrong}`];
    }
    const early = learner.told.find(({ is, step }) => is === 'passed' && step > index);
    return early === undefined ? [] : [`step ${early.step + 1} passes by itself for who comes back`];
  } finally {
    await learner.leave();
  }
}

async function solve(learner: Learner, step: Step, index: number): Promise<string | null> {
  const { attempt } = learner;
  if (isPossible(attempt, step)) {
    const done = await learner.do(step.solve);
    if (!done.ok) return `its solution fails: ${done.wrong}`;
  } else learner.answer(step.otherwise?.predict.right ?? 0);
  if (await learner.until(() => learner.step > index, passMs)) return null;
  const said = learner.told.filter((each) => each.step === index && 'says' in each);
  return `its solution does not pass${said.map((each) => ` ("${'says' in each ? each.says : ''}")`).join('')}`;
}

async function proveWrong(
  lesson: Lesson,
  index: number,
  at: number,
  around: Surroundings,
): Promise<string[]> {
  const step = lesson.steps[index];
  const wrong = step?.wrong?.[at];
  if (step === undefined || wrong === undefined) return [];
  const learner = await Learner.begin(lesson, around);
  const name = `step ${step.id}, wrong attempt ${at + 1}`;
  try {
    for (const [before, each] of lesson.steps.slice(0, index).entries()) {
      const failed = await solve(learner, each, before);
      if (failed !== null) return [`${name}: step ${each.id} before it: ${failed}`];
    }
    if (!isPossible(learner.attempt, step)) return [];
    const done = await learner.do(wrong.do);
    if (!done.ok) return [`${name} cannot be made: ${done.wrong}`];
    const words = expand(wrong.says, namesOf(lesson, learner.attempt, around.log));
    const said = () =>
      learner.told.filter((each) => each.step === index).flatMap((each) => ('says' in each ? [each] : []));
    const isSaid = () =>
      said().some(({ says, ...each }) => says.includes(words) && !('right' in each && each.right));
    await learner.until(() => isSaid() || learner.step > index, passMs);
    if (learner.step > index) return [`${name} passes`];
    if (!isSaid())
      return [`${name} is told ${JSON.stringify(said().map(({ says }) => says))}, not "${words}"`];
    return sendsBack(said()) ? [] : await proveRecovery(learner, index, name);
  } finally {
    await learner.leave();
  }
}

/** Whether the learner was told to begin the lesson anew. */
const sendsBack = (said: readonly { readonly says: string }[]) =>
  said.some(({ says }) => says.includes('Reset lesson'));

/** After a wrong attempt the step can still be passed. */
async function proveRecovery(learner: Learner, index: number, name: string): Promise<string[]> {
  const { attempt, lesson } = learner;
  const [step, state] = [lesson.steps[index], attempt.steps[index]];
  if (step === undefined || state === undefined) return [];
  const done = await learner.do(leftOf(step.solve, state));
  if (!done.ok) return [`${name} leaves the solution failing: ${done.wrong}`];
  const passed = await learner.until(() => learner.step > index, passMs);
  return passed ? [] : [`${name} leaves a step that the solution does not pass`];
}
