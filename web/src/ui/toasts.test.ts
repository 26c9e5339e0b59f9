import { expect, it } from 'vitest';
import { Toasts } from './toasts.svelte.ts';

const note = (title: string) => ({ tone: 'note', title }) as const;
const trouble = (title: string) => ({ tone: 'trouble', title }) as const;

function shown(...said: readonly Parameters<Toasts['show']>[0][]): readonly string[] {
  const toasts = new Toasts(3);
  for (const each of said) toasts.show(each);
  return toasts.list.map(({ title }) => title);
}

it('no number of notes takes the place of trouble', () => {
  expect(shown(trouble('a'), note('b'), note('c'), note('d'), note('e'))).toEqual(['a', 'd', 'e']);
});

it('a new note gives way where there is nothing but trouble', () => {
  expect(shown(trouble('a'), trouble('b'), trouble('c'), note('d'))).toEqual(['a', 'b', 'c']);
});

it('only newer trouble takes the place of trouble', () => {
  expect(shown(trouble('a'), trouble('b'), trouble('c'), trouble('d'))).toEqual(['b', 'c', 'd']);
});
