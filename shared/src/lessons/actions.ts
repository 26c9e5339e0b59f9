/** What a lesson can do: its solutions, its buttons, what its scene does by itself. One verb an action. */
import * as z from 'zod/mini';
import { behaviourConfig, behaviours } from '../behaviours/index.ts';
import { fields } from '../commands/fields.ts';
import { family, socketType } from '../events/address.ts';
import { anyOf, expects, flag, integer } from '../schema.ts';
import { byVerb } from './by-verb.ts';
import { see } from './checks.ts';
import { duration, name, text } from './pieces.ts';

const known = Object.keys(behaviours);
const behaviourName = z.string().check(z.refine((name) => known.includes(name), expects(anyOf(known))));
/** `echo` is short for `{ name: echo }`. */
const behaviour = z.pipe(
  z.pipe(
    z.transform((given: unknown) => (typeof given === 'string' ? { name: given } : given)),
    z.looseObject({ name: behaviourName }, expects('a behaviour such as echo')),
  ),
  behaviourConfig,
);
export const port = z.union([fields.localPort, z.string().check(z.startsWith('$'))]);
const place = z.strictObject({ host: z.string(), port });
export const target = z.union([name, place], expects('a name, or { host, port }'));
export type Target = z.infer<typeof target>;
const data = z.union([
  z.string(),
  z.strictObject({ hex: z.string() }),
  z.strictObject({ repeat: text, size: integer(1, 1_048_576) }),
]);
export type SendData = z.infer<typeof data>;
const made = { as: z.optional(name), fails: z.optional(z.union([z.string(), z.array(z.string())])) };
export const serveFields = {
  behaviour: z.optional(behaviour),
  host: z.optional(z.string()),
  port: z.optional(port),
  family: z.optional(family),
  backlog: z.optional(fields.backlog),
  accept: z.optional(fields.accept),
  label: z.optional(fields.label),
  readSize: z.optional(fields.readSize),
};
export const dialFields = {
  socketType: z.optional(socketType),
  family: z.optional(family),
  timeout: z.optional(fields.timeoutMs),
  behaviour: z.optional(behaviour),
  label: z.optional(fields.label),
  readSize: z.optional(fields.readSize),
};

export const actionShapes = {
  serve: z.strictObject({ serve: socketType, ...serveFields, ...made }),
  dial: z.strictObject({ dial: target, ...dialFields, ...made, background: z.optional(flag) }),
  socket: z.strictObject({ socket: z.strictObject({ family, socketType }), ...made }),
  bind: z.strictObject({ bind: name, host: z.string(), port, ...made }),
  listen: z.strictObject({
    ...{ listen: name, backlog: z.optional(fields.backlog), accept: z.optional(fields.accept) },
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
export const action = byVerb(actionShapes);
export type Action = z.infer<typeof action>;
