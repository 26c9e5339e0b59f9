/** Made from `web/lessons` by `web/build/lessons.js`. */
declare module 'virtual:lessons' {
  import type { Lesson, Unit } from '@socket-playground/shared/lessons/lesson.ts';

  /** What the list of lessons needs to know; each lesson itself is loaded when it is opened. */
  export const catalogue: readonly (Unit & {
    readonly lessons: readonly (Pick<Lesson, 'id' | 'number' | 'title' | 'goal' | 'minutes' | 'needs'> & {
      /** Ids of its steps, in order. */
      readonly steps: readonly string[];
    })[];
  })[];
  export const loaders: Readonly<Record<string, () => Promise<{ readonly default: Lesson }>>>;
}
