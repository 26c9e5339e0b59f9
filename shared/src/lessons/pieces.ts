/** Pieces of which the schemas of checks, actions and lessons are made. */
import * as z from 'zod/mini';
import { eventTypes } from '../events/event.ts';
import { characters, expects, oneOf } from '../schema.ts';

export const text = characters(1, 4_000);
export const name = z.string().check(z.regex(/^\$?[a-z][A-Za-z0-9]*$/, expects('a name such as $srv')));
const eventType = oneOf(eventTypes);
export const eventChoice = z.union(
  [eventType, z.array(eventType)],
  expects('a type of event, or a list of them'),
);
export type Choice = z.infer<typeof eventChoice>;
export const duration = z
  .string()
  .check(z.regex(/^\d+(\.\d+)?(ms|s)$/, expects('a time such as 3s or 200ms')));
export const list = <Item extends z.ZodMiniType>(item: Item, least: number, most: number) =>
  z
    .array(item)
    .check(
      z.minLength(least, expects(`a list of at least ${least}`)),
      z.maxLength(most, expects(`at most ${most}`)),
    );
