/** Objects that are told apart by the one verb they have: `{ see: … }`, `{ dial: … }`. */
import * as z from 'zod/mini';
import { anyOf } from '../schema.ts';
import { toldBy } from './told.ts';

type Shapes = Readonly<Record<string, z.ZodMiniType>>;

/** The verb of an object: of its keys the first that is one. What follows are its fields, which may be named like verbs. */
const verbOf = <Verb extends string>(value: object, verbs: readonly Verb[]): Verb | null =>
  Object.keys(value).flatMap((key) => verbs.filter((verb) => verb === key))[0] ?? null;

/** A union whose refusals speak of the verb that was meant, not of all of them. */
export function byVerb<const S extends Shapes>(shapes: S): z.ZodMiniType<z.output<S[keyof S]>> {
  const verbs = Object.keys(shapes);
  const words = `should have one of ${anyOf(verbs)}`;
  return z.pipe(
    z.unknown(),
    z.transform((value, context) => {
      const verb = typeof value === 'object' && value !== null ? verbOf(value, verbs) : null;
      const shape = verb === null ? undefined : shapes[verb];
      if (shape === undefined) {
        context.issues.push({ code: 'custom', message: words, input: value });
        return z.NEVER;
      }
      const read = shape.safeParse(value);
      if (read.success) return read.data as z.output<S[keyof S]>;
      for (const { words: message, path } of toldBy(read.error.issues)) {
        context.issues.push({ code: 'custom', message, path: [...path], input: value });
      }
      return z.NEVER;
    }),
  );
}
