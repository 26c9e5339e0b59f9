/** Programs in lessons are copied and run: each is whole. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { hasTool } from '../../../scripts/lib/tools.mjs';
import { start } from '../interop/program.ts';

const folder = new URL('../../../web/lessons/', import.meta.url).pathname;
const reader = new URL('programs.py', import.meta.url).pathname;

/** What a lesson fills in is a number here, which may stand within quotes and without. */
const programs = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .flatMap((name) =>
    [...readFileSync(`${folder}${name}`, 'utf8').matchAll(/^```python\n(.*?)^```$/gms)].map(
      ([, text = '']) => ({
        name,
        text: text.replaceAll(/\$\{[^}]+\}/g, '7'),
      }),
    ),
  );

it.skipIf(!hasTool('python3'))('every program of every lesson is one that runs as it stands', async () => {
  expect(programs.length).toBeGreaterThan(20);
  const python = start('python3', '-B', reader).type(JSON.stringify(programs.map(({ text }) => text)));
  const { code, stdout } = await python.eof().ended();
  expect(code).toBe(0);
  const found = z.array(z.string()).parse(JSON.parse(stdout.toString()));
  expect(programs.flatMap(({ name }, at) => (found[at] === '' ? [] : [`${name}: ${found[at]}`]))).toEqual([]);
});
