/** What solves a step, and what of it is still to be done. */
import type { Action } from './actions.ts';
import { isPossible, predictionOf } from './attempt.ts';
import type { Step } from './lesson.ts';
import type { Attempt, StepState } from './state.ts';

/** What solves a step: where it can only be predicted, its right option. */
export function solutionOf(step: Step, attempt: Pick<Attempt, 'can'>): readonly Action[] {
  if (isPossible(attempt, step)) return step.solve;
  return [{ answer: predictionOf(attempt, step)?.right ?? 0 }];
}

/** What is left of a solution: what the learner has answered already is not answered again. */
export function leftOf(solution: readonly Action[], state: StepState): readonly Action[] {
  let given = state.answered.filter(Boolean).length + (state.predicted === null ? 0 : 1);
  return solution.filter((action) => !('answer' in action) || given-- <= 0);
}
