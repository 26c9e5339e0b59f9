/** The lesson that CONTRIBUTING.md shows is one that would do. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parseLesson } from '@socket-playground/shared/lessons/file/lesson.ts';
import { prove } from './prove.ts';
import { surroundings } from './surroundings.ts';

it('the lesson of CONTRIBUTING.md proves good', async () => {
  const page = await readFile(new URL('../../../CONTRIBUTING.md', import.meta.url), 'utf8');
  const text = /^```markdown\n(.*?)^```$/ms.exec(page)?.[1] ?? '';
  const parsed = parseLesson('39-last-word.md', text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  expect(await prove(parsed.lesson, await surroundings())).toEqual([]);
});
