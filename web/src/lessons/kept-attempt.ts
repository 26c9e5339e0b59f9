/** The attempt of this tab, kept over a reload. What is stored may be of another version: only what fits is taken. */
import * as z from 'zod/mini';
import type { Attempt } from '@socket-playground/shared/lessons/state.ts';
import { capabilities } from '@socket-playground/shared/capability.ts';
import type { Lesson } from '@socket-playground/shared/lessons/lesson.ts';
import { questionsOf } from '@socket-playground/shared/lessons/lesson.ts';
import type { Standing } from './left-behind.ts';
import type { LessonTabs } from './lesson-tabs.ts';
import type { StepNotes } from './notes.ts';
import { madeShape, sceneShape } from './scene-shape.ts';
import { storedJson } from '../store/kept/stored-json.ts';

const key = 'attempt';
const count = z.int().check(z.minimum(0));

const state = z.strictObject({
  horizon: count,
  predicted: z.nullable(count),
  answered: z.array(z.boolean()),
  wrongs: count,
  proof: z.nullable(z.array(count)),
});

const attempt = z.strictObject({
  lesson: z.string(),
  epoch: z.string(),
  vars: z.record(z.string(), z.union([z.string(), z.number()])),
  machine: z.strictObject({ name: z.string(), platform: z.string() }),
  can: z.array(z.enum(capabilities)),
  scene: sceneShape,
  from: count,
  seen: count,
  step: count,
  steps: z.array(state),
  bound: z.record(z.string(), count),
});

const notes = z.strictObject({
  hints: count,
  rejection: z.nullable(
    z.strictObject({ says: z.string(), seq: z.nullable(count), after: count, isPast: z.boolean() }),
  ),
  explained: z.array(z.string()),
  decoyPressed: z.boolean(),
  isShown: z.boolean(),
  isOld: z.boolean(),
});

const kept = z.strictObject({
  /** What the tab stands on was noted: so it can be asked whether another tab took it for left. */
  noted: z._default(z.boolean(), true),
  attempt,
  notes: z.array(notes),
  reacted: count,
  made: madeShape,
  since: count,
});

export interface Kept {
  readonly attempt: Attempt;
  readonly notes: readonly StepNotes[];
  /** The scene has done its own part up to this event. */
  readonly reacted: number;
  /** What was opened in it and is open still. */
  readonly made: readonly number[];
  /** The last event before its scene was made. */
  readonly since: number;
}

export class KeptAttempt {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly #tabs: Pick<LessonTabs, 'note' | 'forget' | 'isNoted'>;

  constructor(
    storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
    tabs: Pick<LessonTabs, 'note' | 'forget' | 'isNoted'>,
  ) {
    this.#storage = storage;
    this.#tabs = tabs;
  }

  save(now: Kept): void {
    this.#tabs.note({ ...now.attempt, made: now.made });
    this.#storage.setItem(key, JSON.stringify({ ...now, noted: this.#tabs.isNoted }));
  }

  forget(): void {
    this.#storage.removeItem(key);
    this.#tabs.forget();
  }

  /** It is another tab's, which goes on with it. */
  drop(): void {
    this.#storage.removeItem(key);
  }

  /**
   * The attempt at this lesson. Null when there is none, when the lesson has other steps by now, and when the tab was
   * closed for so long that its sockets are gone.
   */
  load(lesson: Lesson): Kept | null {
    const read = this.#read();
    if (read === null || !fits(lesson, read)) return null;
    const { noted, ...now } = read;
    return noted && !this.#tabs.isNoted ? null : now;
  }

  /** Sockets of whatever lesson was left behind, to be closed. */
  orphan(lesson: string | null): Standing | null {
    const read = this.#read();
    return read === null || read.attempt.lesson === lesson ? null : { ...read.attempt, made: read.made };
  }

  #read(): z.infer<typeof kept> | null {
    const read = kept.safeParse(storedJson(this.#storage.getItem(key)));
    return read.success ? read.data : null;
  }
}

function fits(
  { id, steps }: Lesson,
  { attempt: { lesson, steps: states, step }, notes: all }: Kept,
): boolean {
  return (
    lesson === id &&
    step <= steps.length &&
    states.length === steps.length &&
    all.length === steps.length &&
    steps.every((each, index) => states[index]?.answered.length === questionsOf(each).length)
  );
}
