/** An attempt that goes on after the agent was restarted: the scene is new, what was passed stays passed. */
import type { Attempt } from '@socket-playground/shared/lessons/state.ts';

export function resumed(fresh: Attempt, before: Attempt): Attempt {
  const steps = fresh.steps.map((state, index) => {
    const old = before.steps[index];
    // The rows that proved it went with their agent.
    return index < before.step && old !== undefined ? { ...old, horizon: fresh.from, proof: [] } : state;
  });
  return { ...fresh, step: before.step, steps };
}
