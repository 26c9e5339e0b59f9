/** Steps of several sockets → one program of one thread, and where each socket's life ends in it. */
import type { LeaveStep, Step } from '../plan.ts';

/** When a step was done: when the last of its events had come, and no sooner than the step before it. */
function moments(steps: readonly Step[]): readonly { readonly step: Step; readonly at: number }[] {
  let at = 0;
  return steps.map((step) => {
    const from = step.is === 'note' ? step.span?.from : undefined;
    at = Math.max(at, step.seqs.at(-1) ?? from ?? 0);
    return { step, at };
  });
}

/** All steps in the order of their events; those of one socket keep theirs. */
export function merged(stories: readonly (readonly Step[])[]): readonly Step[] {
  return stories
    .flatMap(moments)
    .sort((a, b) => a.at - b.at)
    .map(({ step }) => step);
}

const isCall = ({ is }: Step) => is !== 'close' && is !== 'note' && is !== 'next';

/**
 * A socket that is closed when nothing more is called is closed by the end of its block; one that is closed before, or
 * has no block, by a call. `next` steps go to the end: nothing comes after them.
 */
export function withEnds(steps: readonly Step[], blocks: readonly number[]): readonly Step[] {
  const last = steps.findLastIndex(isCall);
  const ends = new Map<number, LeaveStep>();
  const kept = steps.filter((step, index) => {
    const isEnd = step.is === 'close' && index > last && blocks.includes(step.on);
    if (isEnd) ends.set(step.on, { is: 'leave', why: 'closed', on: step.on, seqs: step.seqs });
    return !isEnd && step.is !== 'next';
  });
  const next = steps.filter(({ is }) => is === 'next');
  const leaves = [...blocks].reverse().flatMap((block) => ends.get(block) ?? []);
  return [...kept, ...next, ...leaves];
}
