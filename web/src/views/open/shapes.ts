/** What a schema lets a person enter: the form is drawn and checked from the same schemas the agent checks with. */
import * as z from 'zod/mini';
import { formatNumber, plural } from '../words.ts';

export type Shape =
  | { readonly kind: 'flag' }
  | { readonly kind: 'number'; readonly least: number; readonly most: number }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'text'; readonly most: number }
  /** Nothing a single field could hold. */
  | { readonly kind: 'other' };

type Schema = z.core.$ZodType;

interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** The bounds that a schema's checks leave: of a number its value, of a text its length. */
function boundsOf(checks: readonly z.core.$ZodCheck[] | undefined, widest: Bounds): Bounds {
  let { least, most } = widest;
  for (const check of checks ?? []) {
    if (check instanceof z.core.$ZodCheckGreaterThan) least = Math.max(least, Number(check._zod.def.value));
    if (check instanceof z.core.$ZodCheckLessThan) most = Math.min(most, Number(check._zod.def.value));
    if (check instanceof z.core.$ZodCheckMaxLength) most = Math.min(most, check._zod.def.maximum);
  }
  return { least, most };
}

const anyInteger: Bounds = { least: Number.MIN_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER };
const anyLength: Bounds = { least: 0, most: Infinity };

export function shapeOf(schema: Schema): Shape {
  if (schema instanceof z.core.$ZodOptional) return shapeOf(schema._zod.def.innerType);
  if (schema instanceof z.core.$ZodBoolean) return { kind: 'flag' };
  if (schema instanceof z.core.$ZodNumber) {
    return { kind: 'number', ...boundsOf(schema._zod.def.checks, anyInteger) };
  }
  if (schema instanceof z.core.$ZodEnum) {
    return { kind: 'choice', options: Object.values(schema._zod.def.entries).map(String) };
  }
  if (schema instanceof z.core.$ZodString)
    return { kind: 'text', most: boundsOf(schema._zod.def.checks, anyLength).most };
  return { kind: 'other' };
}

const isOptional = (schema: Schema): boolean => schema instanceof z.core.$ZodOptional;

export interface FieldShape {
  readonly name: string;
  readonly shape: Shape;
  readonly optional: boolean;
}

/** The fields of an object schema in their order, without the one that only says which object it is. */
export function fieldsOf(shape: Readonly<Record<string, Schema>>): readonly FieldShape[] {
  return Object.entries(shape)
    .filter(([, schema]) => !(schema instanceof z.core.$ZodLiteral))
    .map(([name, schema]) => ({ name, shape: shapeOf(schema), optional: isOptional(schema) }));
}

/** What a person typed or ticked. */
export type Entry = string | boolean;

export type Value =
  | { readonly ok: true; readonly value: string | number | boolean | undefined }
  | { readonly ok: false; readonly wrong: string };

const wholeNumber = /^\d{1,15}$/;
const grouped = new Intl.NumberFormat('en', { useGrouping: false });

/** The value of an entry, or in plain words what it should be. An empty entry of an optional field is no value. */
export function valueOf({ shape, optional }: Pick<FieldShape, 'shape' | 'optional'>, entry: Entry): Value {
  if (typeof entry === 'boolean') return { ok: true, value: entry || !optional ? entry : undefined };
  const text = entry.trim();
  if (text === '')
    return optional ? { ok: true, value: undefined } : { ok: false, wrong: 'This cannot be empty.' };
  if (shape.kind === 'number') {
    const value = wholeNumber.test(text) ? Number(text) : Number.NaN;
    if (value >= shape.least && value <= shape.most) return { ok: true, value };
    return {
      ok: false,
      wrong: `A whole number from ${grouped.format(shape.least)} to ${grouped.format(shape.most)}.`,
    };
  }
  if (shape.kind === 'text' && text.length > shape.most) {
    return {
      ok: false,
      wrong: `At most ${plural(shape.most, 'character')}; these are ${formatNumber(text.length)}.`,
    };
  }
  return { ok: true, value: text };
}
