/** What is asked of the log, and of the learner: the checks and rejections of a step. `docs/lessons.md` explains each. */
import * as z from 'zod/mini';
import { flag, oneOf } from '../schema.ts';
import { byVerb } from './by-verb.ts';
import { duration, eventChoice, list, name, text } from './pieces.ts';
import type { Choice } from './pieces.ts';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const range = z.strictObject({ min: z.optional(scalar), max: z.optional(scalar) });
const wanted = z.union([
  scalar,
  z.array(scalar),
  z.strictObject({ not: z.union([scalar, z.array(scalar)]) }),
  z.strictObject({ matches: z.string() }),
  range,
]);
/** A value to compare with: a literal, `$name`, `${…}`, a list (any of), `{ min, max }`, `{ not }`, `{ matches }`. */
export type Wanted = z.infer<typeof wanted>;
const where = z.record(z.string(), wanted);
export type Where = z.infer<typeof where>;

export const see = z.strictObject({ see: eventChoice, where: z.optional(where), as: z.optional(name) });
export type See = z.infer<typeof see>;

// Checks.

const words = {
  line: z.optional(wanted),
  text: z.optional(wanted),
  contains: z.optional(text),
  starts: z.optional(text),
};
const contents = {
  ...words,
  matches: z.optional(z.string()),
  hex: z.optional(z.string()),
  size: z.optional(z.int()),
};
const dir = oneOf(['received', 'sent']);
const streamShape = z.strictObject({
  stream: z.union([name, z.strictObject({ of: name }), z.strictObject({ to: name })]),
  dir,
  ...contents,
});
export type StreamCheck = z.infer<typeof streamShape>;
const datagramShape = z.strictObject({ datagram: name, dir, from: z.optional(wanted), ...contents });
export type DatagramCheck = z.infer<typeof datagramShape>;
export type Contents = Pick<StreamCheck, keyof typeof contents>;

const countShape = z.strictObject({
  count: eventChoice,
  where: z.optional(where),
  is: z.optional(z.int()),
  min: z.optional(z.int()),
  max: z.optional(z.int()),
  bytes: z.optional(z.int()),
  distinct: z.optional(z.string()),
  as: z.optional(name),
  says: z.optional(text),
});
export type CountCheck = z.infer<typeof countShape>;

/** What a right answer is: a literal or reference, or something counted in the log. */
const reckoned = byVerb({
  count: z.strictObject({ count: eventChoice, where: z.optional(where), distinct: z.optional(z.string()) }),
  sum: z.strictObject({ sum: z.literal('size'), of: eventChoice, where: z.optional(where) }),
  first: z.strictObject({ first: eventChoice, where: z.optional(where), field: z.string() }),
  minus: z.strictObject({
    minus: z.tuple([
      z.lazy((): z.ZodMiniType<Reckoned> => expression),
      z.lazy((): z.ZodMiniType<Reckoned> => expression),
    ]),
  }),
});
export type Reckoned =
  | string
  | number
  | { readonly count: Choice; readonly where?: Where | undefined; readonly distinct?: string | undefined }
  | { readonly sum: 'size'; readonly of: Choice; readonly where?: Where | undefined }
  | { readonly first: Choice; readonly where?: Where | undefined; readonly field: string }
  | { readonly minus: readonly [Reckoned, Reckoned] };
const expression: z.ZodMiniType<Reckoned> = z.union([z.string(), z.number(), reckoned]);

const answerShape = z.strictObject({
  answer: text,
  is: expression,
  options: z.optional(list(z.union([z.string(), z.number()]), 2, 8)),
  why: z.optional(text),
  near: z.optional(text),
});
const pairsShape = z.strictObject({
  pairs: text,
  left: list(text, 2, 12),
  right: list(text, 2, 16),
  why: z.optional(text),
  near: z.optional(text),
});
const arrangeShape = z.strictObject({
  arrange: text,
  items: list(text, 2, 10),
  why: z.optional(text),
  near: z.optional(text),
});
export type Question =
  z.infer<typeof answerShape> | z.infer<typeof pairsShape> | z.infer<typeof arrangeShape>;

const gapShape = z.strictObject({
  gap: z.tuple([see, see]),
  min: z.optional(duration),
  max: z.optional(duration),
});
const neverShape = z.strictObject({ never: eventChoice, where: z.optional(where), says: z.optional(text) });

export const checkShapes = {
  see,
  order: z.strictObject({ order: list(see, 2, 8) }),
  count: countShape,
  never: neverShape,
  stream: streamShape,
  datagram: datagramShape,
  gap: gapShape,
  any: z.strictObject({ any: z.lazy((): z.ZodMiniType<Check[]> => list(check, 2, 4)) }),
  answer: answerShape,
  pairs: pairsShape,
  arrange: arrangeShape,
};
export type Check =
  | See
  | { readonly order: readonly See[] }
  | CountCheck
  | z.infer<typeof neverShape>
  | StreamCheck
  | DatagramCheck
  | z.infer<typeof gapShape>
  | { readonly any: readonly Check[] }
  | Question;
export const check: z.ZodMiniType<Check> = byVerb(checkShapes);

export const reject = byVerb({
  see: z.strictObject({ see: eventChoice, where: z.optional(where), says: text, keep: z.optional(flag) }),
  stream: z.extend(streamShape, { says: text, keep: z.optional(flag) }),
});
export type Reject = z.infer<typeof reject>;

export const isQuestion = (check: Check): check is Question =>
  'answer' in check || 'pairs' in check || 'arrange' in check;
