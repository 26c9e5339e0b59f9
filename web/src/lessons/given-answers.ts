/**
 * What was answered in the steps that were passed in this browser, to be seen again when a lesson is taken up on new
 * sockets. It says nothing of whether a step was passed. What is stored may be of another version: only what fits is taken.
 */
import * as z from 'zod/mini';
import { storeIn } from '../store/kept/store-in.ts';
import { isRecord, storedJson } from '../store/kept/stored-json.ts';
import { limits } from './limits.ts';

const key = 'answers';

const shape = z.strictObject({
  /** The option that was predicted. */
  predicted: z.nullable(z.int().check(z.minimum(0))),
  /** Right answers, and what was said to them. */
  explained: z
    .array(z.string().check(z.maxLength(limits.answerLetters)))
    .check(z.maxLength(limits.answersOfStep)),
  /** The solution helped. */
  isShown: z.boolean(),
});

export interface StepAnswers {
  readonly predicted: number | null;
  readonly explained: readonly string[];
  readonly isShown: boolean;
}
type All = ReadonlyMap<string, StepAnswers>;

/** As much of them as is kept. Half a character is not. */
const cut = ({ explained, ...rest }: StepAnswers): StepAnswers => ({
  ...rest,
  explained: explained
    .slice(0, limits.answersOfStep)
    .map((text) => text.slice(0, limits.answerLetters).replace(/[\ud800-\udbff]$/, '')),
});

const keyOf = (lesson: string, step: string) => `${lesson} ${step}`;

export class GivenAnswers {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.#storage = storage;
  }

  of(lesson: string, step: string): StepAnswers | null {
    return this.#stored().get(keyOf(lesson, step)) ?? null;
  }

  /** Those of a step that was just passed take the place of what was answered in it before. */
  keep(lesson: string, step: string, answers: StepAnswers): void {
    const all = new Map(this.#stored());
    all.delete(keyOf(lesson, step));
    this.#write(all.set(keyOf(lesson, step), cut(answers)));
  }

  /** Forgets them all. What is returned takes that back. */
  forget(): () => void {
    const before = this.#stored();
    this.#write(new Map());
    return () => this.#write(new Map([...before, ...this.#stored()]));
  }

  #stored(): All {
    const stored = storedJson(this.#storage.getItem(key));
    const entries = isRecord(stored) ? Object.entries(stored) : [];
    return new Map(
      entries.flatMap(([name, value]) => {
        const read = shape.safeParse(value);
        return read.success ? [[name, read.data] as const] : [];
      }),
    );
  }

  /** The latest, as far as there is room. Where the browser has none left, the lesson goes on all the same. */
  #write(all: All): void {
    const text = JSON.stringify(Object.fromEntries([...all].slice(-limits.answers)));
    storeIn(this.#storage, key, text);
  }
}
