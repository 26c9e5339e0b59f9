/** The fields of events by their names, for whoever writes about events before they happen. Read at build time only. */
import * as z from 'zod/mini';
import { anyOf } from '../schema.ts';
import { jsonEvent } from './event.ts';
import type { EventType } from './event.ts';

type Schema = z.core.$ZodType;

export interface Field {
  readonly takes: (value: unknown) => boolean;
  /** What it takes, in words that fit behind "should be". */
  readonly words: string;
}

/** `local.port` is `['local', 'port']`; lists are gone into by position. Null when such events have no such field. */
export function fieldOf(type: EventType, path: readonly string[]): Field | null {
  let schema: Schema | undefined = jsonEvent.def.options.find(
    ({ shape }) => shape.type.def.values[0] === type,
  );
  for (const name of path) schema = schema && inside(schema, name);
  if (schema === undefined) return null;
  const found = schema;
  return { takes: (value) => z.safeParse(found, value).success, words: wordsOf(found) };
}

function inside(schema: Schema, name: string): Schema | undefined {
  const bare = unwrapped(schema);
  if (bare instanceof z.ZodMiniObject) return new Map<string, Schema>(Object.entries(bare.shape)).get(name);
  if (bare instanceof z.ZodMiniArray) return /^\d+$/.test(name) ? bare.def.element : undefined;
  return bare instanceof z.ZodMiniUnion ? z.unknown() : undefined;
}

function unwrapped(schema: Schema): Schema {
  const wraps = schema instanceof z.ZodMiniOptional || schema instanceof z.ZodMiniNullable;
  return wraps ? unwrapped(schema.def.innerType) : schema;
}

function wordsOf(schema: Schema): string {
  const bare = unwrapped(schema);
  if (bare instanceof z.ZodMiniEnum) return anyOf(Object.values(bare.def.entries).map(String));
  const own = z.safeParse(bare, undefined).error?.issues[0]?.message ?? '';
  if (own !== '' && !own.startsWith('Invalid')) return own;
  if (bare instanceof z.ZodMiniNumber) return 'a whole number';
  return bare instanceof z.ZodMiniBoolean ? 'true or false' : 'text';
}
