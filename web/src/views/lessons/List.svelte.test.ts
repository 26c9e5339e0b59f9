import { beforeEach, describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import '../../lib/styles.ts';
import './lesson.css';
import type { Catalogue, ListedLesson } from '../../lessons/catalogue.ts';
import List from './List.svelte';

const lesson = (number: string): ListedLesson => ({
  ...{ id: `unit/l-${number.replace('.', '-')}`, number, title: `Lesson ${number}` },
  ...{ goal: 'Know it.', minutes: 4, steps: ['a', 'b'] },
});
const catalogue: Catalogue = [
  {
    ...{ number: 1, id: 'unit', title: 'Unit', can: 'It.', break: [] },
    lessons: ['1.1', '1.2', '1.3'].map(lesson),
  },
];
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

async function show(passed: ReadonlyMap<string, readonly string[]>) {
  const asked: string[] = [];
  const files: string[] = [];
  await render(List, {
    ...{ catalogue, passed, onimport: (file: File) => files.push(file.name) },
    onopen: (id: string) => asked.push(id),
    onexport: () => asked.push('export'),
    onreset: () => asked.push('reset'),
  });
  return { asked, files };
}

beforeEach(() => page.viewport(420, 900));

describe('the list of lessons', () => {
  it('begins with the first, and has no progress to reset', async () => {
    const { asked } = await show(new Map());
    await expect.element(button('Reset progress')).toHaveAttribute('aria-disabled', 'true');
    await button('Reset progress').click({ force: true });
    await button('Start the first lesson').click();
    expect(asked).toEqual(['unit/l-1-1']);
  });

  it('goes on where one was, marks what is done, and locks nothing', async () => {
    const { asked } = await show(
      new Map([
        ['unit/l-1-1', ['a', 'b']],
        ['unit/l-1-2', ['a']],
      ]),
    );
    await expect.element(button(/^done, ?1\.1 Lesson 1\.1 4 min$/)).toBeVisible();
    await expect.element(button(/1\.2 Lesson 1\.2 1 of 2 steps/)).toBeVisible();
    await button('Go on with 1.2 Lesson 1.2').click();
    await userEvent.keyboard('{Tab}{Tab}{Tab}{Enter}');
    expect(asked).toEqual(['unit/l-1-2', 'unit/l-1-3']);
  });

  it('exports, imports a file once each time it is chosen, and resets', async () => {
    const { asked, files } = await show(new Map([['unit/l-1-1', ['a']]]));
    await button('Export progress').click();
    await button('Reset progress').click();
    expect(asked).toEqual(['export', 'reset']);
    const picker = page.getByLabelText('A file with progress');
    for (let times = 0; times < 2; times += 1) await userEvent.upload(picker, new File(['{}'], 'mine.json'));
    expect(files).toEqual(['mine.json', 'mine.json']);
  });
});
