/**
 * Progress as text: in the browser's storage and in a file. Either may be of another version, or anybody's:
 * only what fits is taken.
 */
import { isRecord, storedJson } from '../store/kept/stored-json.ts';
import { limits } from './limits.ts';

/** Ids of the steps passed, by the id of their lesson. */
export type StepsPassed = ReadonlyMap<string, readonly string[]>;

const kind = 'socket-playground-progress';
const version = 1;

export const writeSteps = (passed: StepsPassed): string =>
  `${JSON.stringify({ kind, version, lessons: Object.fromEntries(passed) }, null, 2)}\n`;

export type ReadSteps =
  { readonly ok: true; readonly passed: StepsPassed } | { readonly ok: false; readonly reason: string };

const refuse = (reason: string): ReadSteps => ({ ok: false, reason });

export const tooLarge = refuse('It is too large to be progress.');

export function parseSteps(text: string): ReadSteps {
  if (text.length > limits.fileBytes) return tooLarge;
  const file = storedJson(text);
  if (!isRecord(file) || file.kind !== kind) return refuse('It is not a file with progress of this page.');
  if (file.version !== version) return refuse('It was written by a newer version of this page.');
  return { ok: true, passed: lessonsOf(file.lessons) };
}

/** Both together: what was passed in either is passed. */
export function mergedSteps(ours: StepsPassed, theirs: StepsPassed): StepsPassed {
  const merged = new Map(ours);
  for (const [lesson, steps] of theirs) {
    merged.set(lesson, [...new Set([...(ours.get(lesson) ?? []), ...steps])].slice(0, limits.steps));
  }
  return new Map([...merged].slice(0, limits.lessons));
}

function lessonsOf(value: unknown): StepsPassed {
  if (!isRecord(value)) return new Map();
  const lessons = Object.entries(value).filter(([id]) => isId(id));
  return new Map(lessons.slice(0, limits.lessons).map(([id, steps]) => [id, stepsOf(steps)]));
}

const stepsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(isId).slice(0, limits.steps) : [];

const isId = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= limits.idLetters && /^[a-z0-9-]+(\/[a-z0-9-]+)?$/.test(value);
