/** The dissector that CONTRIBUTING.md adds is one: taken from there as it stands. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { Dissector } from './dissector.ts';
import { dissectAs, recognise } from './index.ts';
import { inputOf } from './testing.ts';

const guide = new URL('../../../CONTRIBUTING.md', import.meta.url);
const example = /```ts\n\/\/ shared\/src\/dissect\/tftp\.ts\n(.*?)```/s;
const isDissector = z.custom<Dissector>(
  (value: unknown) => z.looseObject({ id: z.string() }).safeParse(value).success,
);

it('one file and one line add a dissector', async () => {
  const code = example.exec(await readFile(guide, 'utf8'))?.[1] ?? '';
  const folder = await mkdtemp(join(tmpdir(), 'dissector-'));
  const file = join(folder, 'tftp.ts');
  await writeFile(file, code.replaceAll("'./", `'${import.meta.dirname}/`));
  const { tftp } = z.object({ tftp: isDissector }).parse(await import(/* @vite-ignore */ file));
  await rm(folder, { recursive: true });
  const input = inputOf('\0\x01boot.bin\0octet\0', { transport: 'dgram', destination: 69 });
  expect(recognise(input, [tftp])?.id).toBe('tftp');
  expect(dissectAs(tftp, input)).toMatchObject({ protocol: 'TFTP', info: 'Read request', note: null });
});
