/** The behaviour that CONTRIBUTING.md adds is one: taken from there as it stands. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { decodeUtf8, encodeUtf8 } from '../payload/utf8.ts';
import { around, peer } from '../../test/test-peer.ts';
import type { behaviours } from './index.ts';

const guide = new URL('../../../CONTRIBUTING.md', import.meta.url);
const example = /```ts\n\/\/ shared\/src\/behaviours\/length\.ts\n(.*?)```/s;
const isBehaviour = z.custom<typeof behaviours.echo>(
  (value: unknown) => z.looseObject({ summary: z.looseObject({}) }).safeParse(value).success,
);

it('one file adds a behaviour', async () => {
  const code = example.exec(await readFile(guide, 'utf8'))?.[1] ?? '';
  const folder = await mkdtemp(join(tmpdir(), 'behaviour-'));
  const file = join(folder, 'length.ts');
  const [here, above] = [import.meta.dirname, join(import.meta.dirname, '..')];
  const zod = import.meta.resolve('zod/mini');
  await writeFile(
    file,
    code.replaceAll("'./", `'${here}/`).replaceAll("'../", `'${above}/`).replace("'zod/mini'", `'${zod}'`),
  );
  const { length } = z.object({ length: isBehaviour }).parse(await import(/* @vite-ignore */ file));
  await rm(folder, { recursive: true });
  const received = { type: 'received', data: encodeUtf8('hello'), from: peer } as const;
  const [answer] = length.begin({ name: 'length' }).feed(received, around('stream'));
  expect(answer?.type === 'send' && decodeUtf8(answer.data)).toBe('5\n');
});
