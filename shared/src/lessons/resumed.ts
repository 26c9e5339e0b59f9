/** A lesson that is taken up again on a new scene: after it was left halfway, or after the agent was restarted. */
import type { Lesson } from './lesson.ts';
import type { Attempt, StepState } from './state.ts';

/** Steps that were done before, by their position. */
export type DoneBefore = ReadonlyMap<number, StepState>;

/** What an attempt has passed. The rows that proved it went with its sockets. */
export const doneIn = ({ steps }: Attempt): DoneBefore =>
  new Map(steps.flatMap((state, index) => (state.proof === null ? [] : [[index, state] as const])));

/** The same of steps of which nothing is known but that they were passed. */
export const doneByName = ({ steps }: Lesson, fresh: Attempt, ids: readonly string[]): DoneBefore =>
  new Map(
    steps.flatMap(({ id }, index) => {
      const state = ids.includes(id) ? fresh.steps[index] : undefined;
      return state === undefined
        ? []
        : [[index, { ...state, answered: state.answered.map(() => true) }] as const];
    }),
  );

/** What was done stays done, but for the steps that one still to do stands on: their sockets are gone. */
export function resumed(lesson: Lesson, fresh: Attempt, before: DoneBefore): Attempt {
  const again = doneAgain(lesson, before);
  const steps = fresh.steps.map((state, index): StepState => {
    const old = again.has(index) ? undefined : before.get(index);
    return old === undefined ? state : { ...old, horizon: fresh.from, proof: [] };
  });
  return { ...fresh, steps, step: firstOpen(steps, 0) };
}

/** Position of the first step from there on that is not passed; as many as there are when all are. */
export function firstOpen(steps: readonly StepState[], from: number): number {
  const found = steps.findIndex(({ proof }, index) => index >= from && proof === null);
  return found < 0 ? steps.length : found;
}

/** A step that stands on others is later than they are, so that one look from the last to the first finds all. */
function doneAgain({ steps }: Lesson, before: DoneBefore): ReadonlySet<number> {
  const again = new Set<number>();
  for (const [index, { standsOn = [] }] of [...steps.entries()].toReversed()) {
    if (before.has(index) && !again.has(index)) continue;
    for (const id of standsOn) again.add(steps.findIndex((step) => step.id === id));
  }
  return again;
}
