import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { verbs } from '@socket-playground/shared/commands/verbs.ts';
import { fieldsOf, shapeOf, valueOf } from './shapes.ts';

describe('a schema as something to enter', () => {
  it.each([
    [z.boolean(), { kind: 'flag' }],
    [z.optional(z.enum(['a', 'b'])), { kind: 'choice', options: ['a', 'b'] }],
    [z.int().check(z.minimum(1), z.maximum(9)), { kind: 'number', least: 1, most: 9 }],
    [z.string().check(z.maxLength(80)), { kind: 'text', most: 80 }],
    [z.array(z.string()), { kind: 'other' }],
  ] as const)('%#', (schema, shape) => {
    expect(shapeOf(schema)).toEqual(shape);
  });

  it('reads the fields of a command in their order, without its type', () => {
    const fields = fieldsOf(verbs.serve.schema.shape);
    expect(fields.map(({ name }) => name)).toEqual(
      Object.keys(verbs.serve.schema.shape).filter((name) => name !== 'type'),
    );
    expect(fields.find(({ name }) => name === 'port')?.shape).toEqual({
      kind: 'number',
      least: 0,
      most: 65535,
    });
    expect(fields.find(({ name }) => name === 'backlog')?.optional).toBe(true);
  });
});

describe('an entry', () => {
  const port = { shape: { kind: 'number', least: 1, most: 65535 }, optional: false } as const;
  const label = { shape: { kind: 'text', most: 3 }, optional: true } as const;

  it('is a number when it is written as one', () => {
    expect(valueOf(port, ' 80 ')).toEqual({ ok: true, value: 80 });
  });

  it.each(['', '0', '65536', '-1', '8e3', '0x50', '80 81', '٨٠'])(
    'is refused in plain words: %j',
    (entry) => {
      expect(valueOf(port, entry)).toMatchObject({ ok: false });
    },
  );

  it('may be left out where the field is optional', () => {
    expect(valueOf(label, '')).toEqual({ ok: true, value: undefined });
    expect(valueOf(label, 'four')).toEqual({ ok: false, wrong: 'At most 3 characters; these are 4.' });
  });
});
