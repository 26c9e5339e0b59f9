/**
 * What a lesson file says, as data. `docs/lessons.md` explains every key; the checker in this folder gives them meaning.
 * A lesson is plain JSON: it is read once from its file, at build time, and carried to the page.
 */
import * as z from 'zod/mini';
import { capabilities } from '../capability.ts';
import { family, socketType } from '../events/address.ts';
import { expects, integer, oneOf } from '../schema.ts';
import { action, dialFields, port, serveFields, target } from './actions.ts';
import { byVerb } from './by-verb.ts';
import { check, isQuestion, reject } from './checks.ts';
import type { Question, Reject } from './checks.ts';
import { list, name, text } from './pieces.ts';
import type { Prose } from './prose.ts';

const sceneEntry = byVerb({
  serve: z.strictObject({ serve: socketType, ...serveFields, onAccept: z.optional(list(action, 1, 8)) }),
  dial: z.strictObject({ dial: target, ...dialFields }),
  bind: z.strictObject({
    bind: socketType,
    host: z.optional(z.string()),
    port: z.optional(port),
    family: z.optional(family),
  }),
  closedPort: z.strictObject({ closedPort: z.literal(true), host: z.optional(z.string()) }),
});
export type SceneEntry = z.infer<typeof sceneEntry>;

const stepId = z.string().check(z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, expects('an id such as echo-once')));
const predict = z.strictObject({
  ask: text,
  options: list(text, 2, 5),
  right: integer(0, 4, 'the position of the right option, from 0'),
  why: text,
});
export type Predict = z.infer<typeof predict>;

const step = z.strictObject({
  id: stepId,
  title: z.optional(text),
  predict: z.optional(predict),
  check: list(check, 1, 8),
  reject: z.optional(
    z.pipe(
      z.transform((given: unknown) => [given].flat()),
      z.array(reject),
    ),
  ),
  hints: list(text, 1, 3),
  solve: list(action, 1, 30),
  wrong: z.optional(z.array(z.strictObject({ do: list(action, 1, 12), says: text }))),
  can: z.optional(oneOf(capabilities)),
  otherwise: z.optional(z.strictObject({ says: text, predict })),
  act: z.optional(z.strictObject({ label: text, do: list(action, 1, 12) })),
  decoy: z.optional(z.strictObject({ label: text, says: text })),
  standsOn: z.optional(list(stepId, 1, 4)),
});

const variable = z.union(
  [
    z.strictObject({ pick: list(z.union([z.string(), z.number()]), 2, 40) }),
    z.strictObject({ int: z.tuple([z.int(), z.int()]) }),
  ],
  expects('{ pick: [a, b] } or { int: [least, most] }'),
);
export type Variable = z.infer<typeof variable>;

const lessonId = z
  .string()
  .check(
    z.regex(/^[a-z0-9]+(-[a-z0-9]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/, expects('an id such as tcp-server/echo')),
  );

/** The front matter of a lesson file. */
export const frontMatter = z.strictObject({
  id: lessonId,
  title: text,
  goal: text,
  minutes: integer(1, 15),
  needs: z.optional(z.array(lessonId)),
  vars: z.optional(
    z.record(z.string().check(z.regex(/^[A-Z][A-Z0-9_]*$/, expects('a name such as WORD'))), variable),
  ),
  scene: z.optional(z.record(name, sceneEntry)),
  steps: list(step, 1, 8),
});
export type FrontMatter = z.infer<typeof frontMatter>;

export type Step = Omit<FrontMatter['steps'][number], 'title'> & {
  readonly title: string;
  readonly prose: Prose;
};
export type Lesson = Omit<FrontMatter, 'steps'> & {
  /** As it is shown: `3.6`. */
  readonly number: string;
  readonly unit: number;
  readonly steps: readonly Step[];
  readonly intro: Prose;
  readonly why: Prose;
};

/** One entry of `units.yaml`. */
export const unitEntry = z.strictObject({
  number: z.int(),
  id: stepId,
  title: text,
  /** What the learner can do at its end. */
  can: text,
  /** Experiments, in markdown. */
  break: text,
});
export type Unit = Omit<z.infer<typeof unitEntry>, 'break'> & { readonly break: Prose };

export const questionsOf = ({ check: checks }: Pick<Step, 'check'>): Question[] => checks.filter(isQuestion);
export const rejectsOf = ({ reject }: Pick<Step, 'reject'>): readonly Reject[] => reject ?? [];
