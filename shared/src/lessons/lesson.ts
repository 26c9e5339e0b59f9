/**
 * What a lesson file says, as data. `docs/lessons.md` explains every key; the checker in this folder gives them meaning.
 * A lesson is plain JSON: it is read once from its file, at build time, and carried to the page.
 */
import * as z from 'zod/mini';
import { capabilities } from '../capability.ts';
import { behaviourConfig } from '../behaviours/index.ts';
import { eventTypes } from '../events/event.ts';
import { family, socketType } from '../events/address.ts';
import { characters, expects, flag, integer, oneOf } from '../schema.ts';
import { byVerb } from './by-verb.ts';
import type { Prose } from './prose.ts';

const text = characters(1, 4_000);
const name = z.string().check(z.regex(/^\$?[a-z][A-Za-z0-9]*$/, expects('a name such as $srv')));
const eventType = oneOf(eventTypes);
const eventChoice = z.union([eventType, z.array(eventType)], expects('a type of event, or a list of them'));
const duration = z.string().check(z.regex(/^\d+(\.\d+)?(ms|s)$/, expects('a time such as 3s or 200ms')));
const list = <Item extends z.ZodMiniType>(item: Item, least: number, most: number) =>
  z
    .array(item)
    .check(
      z.minLength(least, expects(`a list of at least ${least}`)),
      z.maxLength(most, expects(`at most ${most}`)),
    );

// What is compared.

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

const see = z.strictObject({ see: eventChoice, where: z.optional(where), as: z.optional(name) });
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
export type Choice = z.infer<typeof eventChoice>;
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

const checkShapes = {
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
const check: z.ZodMiniType<Check> = byVerb(checkShapes);

const rejectShape = byVerb({
  see: z.strictObject({ see: eventChoice, where: z.optional(where), says: text }),
  stream: z.extend(streamShape, { says: text }),
});
export type Reject = z.infer<typeof rejectShape>;

// Actions.

/** `echo` is short for `{ name: echo }`. */
const behaviour = z.pipe(
  z.transform((given: unknown) => (typeof given === 'string' ? { name: given } : given)),
  behaviourConfig,
);
const port = z.union([integer(0, 65_535), z.string().check(z.startsWith('$'))]);
const place = z.strictObject({ host: z.string(), port });
const target = z.union([name, place], expects('a name, or { host, port }'));
export type Target = z.infer<typeof target>;
const data = z.union([
  z.string(),
  z.strictObject({ hex: z.string() }),
  z.strictObject({ repeat: text, size: integer(1, 1_048_576) }),
]);
export type SendData = z.infer<typeof data>;
const made = { as: z.optional(name), fails: z.optional(z.union([z.string(), z.array(z.string())])) };
const serveFields = {
  behaviour: z.optional(behaviour),
  host: z.optional(z.string()),
  port: z.optional(port),
  family: z.optional(family),
  backlog: z.optional(integer(0, 65_535)),
  accept: z.optional(oneOf(['auto', 'manual'])),
  label: z.optional(text),
  readSize: z.optional(integer(1, 65_536)),
};
const dialFields = {
  socketType: z.optional(socketType),
  family: z.optional(family),
  timeout: z.optional(integer(1, 600_000)),
  behaviour: z.optional(behaviour),
  label: z.optional(text),
  readSize: z.optional(integer(1, 65_536)),
};

const actionShapes = {
  serve: z.strictObject({ serve: socketType, ...serveFields, ...made }),
  dial: z.strictObject({ dial: target, ...dialFields, ...made, background: z.optional(flag) }),
  socket: z.strictObject({ socket: z.strictObject({ family, socketType }), ...made }),
  bind: z.strictObject({ bind: name, host: z.string(), port, ...made }),
  listen: z.strictObject({
    ...{
      listen: name,
      backlog: z.optional(integer(0, 65_535)),
      accept: z.optional(oneOf(['auto', 'manual'])),
    },
    ...{ behaviour: z.optional(behaviour), ...made },
  }),
  connect: z.strictObject({
    ...{ connect: name, to: target, timeout: z.optional(integer(1, 600_000)), ...made },
    background: z.optional(flag),
  }),
  accept: z.strictObject({ accept: name, ...made }),
  send: z.strictObject({ send: data, on: name, ...made }),
  sendto: z.strictObject({ sendto: data, on: name, to: target, ...made }),
  close: z.strictObject({ close: name, connections: z.optional(flag), ...made }),
  reset: z.strictObject({ reset: name, ...made }),
  shutdown: z.strictObject({ shutdown: name, ...made }),
  pause: z.strictObject({ pause: name, ...made }),
  resume: z.strictObject({ resume: name, ...made }),
  behave: z.strictObject({ behave: name, behaviour, ...made }),
  setsockopt: z.strictObject({
    setsockopt: name,
    option: z.string(),
    value: z.union([z.boolean(), z.int()]),
    ...made,
  }),
  resolve: z.strictObject({ resolve: z.string(), family: z.optional(family), ...made }),
  answer: z.strictObject({
    answer: z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))]),
  }),
  wait: z.strictObject({ wait: see }),
  pauseFor: z.strictObject({ pauseFor: duration }),
  outside: z.strictObject({ outside: target, send: z.optional(z.string()) }),
};
const action = byVerb(actionShapes);
export type Action = z.infer<typeof action>;
export type ActionVerb = keyof typeof actionShapes;

// The scene.

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

// The lesson.

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
  reject: z.optional(z.union([rejectShape, z.array(rejectShape)])),
  hints: list(text, 1, 3),
  solve: list(action, 1, 30),
  wrong: z.optional(z.array(z.strictObject({ do: list(action, 1, 12), says: text }))),
  can: z.optional(oneOf(capabilities)),
  otherwise: z.optional(z.strictObject({ says: text, predict })),
  act: z.optional(z.strictObject({ label: text, do: list(action, 1, 12) })),
  decoy: z.optional(z.strictObject({ label: text, says: text })),
  proves: z.optional(z.array(stepId)),
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

export const isQuestion = (check: Check): check is Question =>
  'answer' in check || 'pairs' in check || 'arrange' in check;
export const questionsOf = ({ check: checks }: Pick<Step, 'check'>): Question[] => checks.filter(isQuestion);
export const rejectsOf = ({ reject }: Pick<Step, 'reject'>): readonly Reject[] =>
  reject === undefined ? [] : Array.isArray(reject) ? reject : [reject];
/** `$srv` and `srv` are the same name. */
export const bare = (given: string): string => (given.startsWith('$') ? given.slice(1) : given);
