/** What it costs to find one session among many: a page that shows one asks for payload after payload. */
import { writeFileSync } from 'node:fs';
import type * as fs from 'node:fs/promises';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../test/disk.ts';
import { SessionFolder } from './folder.ts';

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof fs>();
  return { ...real, lstat: vi.fn(real.lstat) };
});

it('only the files of that session are looked at', async () => {
  const path = temporaryFolder();
  const nameOf = (number: number) => `2026-11-21T04-24-05-${String(number).padStart(8, '0')}`;
  for (let number = 0; number < 50; number += 1) writeFileSync(join(path, nameOf(number)), 'x');
  writeFileSync(join(path, `${nameOf(7)}.2`), 'y');
  const found = await new SessionFolder(path).find(nameOf(7));
  expect(found?.version).toMatch(new RegExp(`^${nameOf(7)} 2 `));
  expect(lstat).toHaveBeenCalledTimes(2);
});
