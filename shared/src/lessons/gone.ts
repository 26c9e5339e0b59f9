/** Sockets of the scene that a step is done with and that are closed: what it asks for cannot happen any more. */
import type { Check } from './checks.ts';
import type { View } from './choices.ts';
import type { Lesson } from './lesson.ts';
import { bare, namesIn } from './names.ts';
import type { Attempt } from './state.ts';

/** What the first of them is called; null while all are there. */
export function goneFor(lesson: Lesson, { scene, step }: Attempt, view: View): string | null {
  const asked = lesson.steps[step];
  if (asked === undefined) return null;
  const needed = namesOf(
    asked.solve.filter((action) => !('answer' in action)),
    view,
  );
  const isClosed = (socket: number | null) => socket !== null && view.ever('closed', socket).length > 0;
  const found = Object.keys(scene).find(
    (name) =>
      needed.has(name) &&
      isClosed(scene[name]?.socket ?? null) &&
      !isMeant(lesson.steps.slice(0, step + 1), name),
  );
  return found === undefined ? null : labelOf(lesson, found);
}

/** Every name in it, and those that the names come from. */
function namesOf(whole: unknown, { definitions }: View): ReadonlySet<string> {
  const names = new Set<string>();
  const gather = (value: unknown): void => {
    if (typeof value === 'string') [bare(value), ...namesIn(value)].forEach(follow);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(gather);
  };
  const follow = (name: string): void => {
    if (names.has(name)) return;
    names.add(name);
    gather(definitions.get(name));
  };
  gather(whole);
  return names;
}

/** Whether one of these steps is to close it. */
const isMeant = (steps: Lesson['steps'], name: string): boolean =>
  steps.some(({ check }) => check.some((each) => closes(each, name)));

function closes(check: Check, name: string): boolean {
  if ('order' in check) return check.order.some((each) => closes(each, name));
  if (!('see' in check) || check.see !== 'closed') return false;
  return typeof check.where?.socket === 'string' && bare(check.where.socket) === name;
}

function labelOf({ scene }: Lesson, name: string): string {
  const entry = Object.entries(scene ?? {}).find(([each]) => bare(each) === name)?.[1];
  return (entry !== undefined && 'label' in entry ? entry.label : undefined) ?? name;
}
