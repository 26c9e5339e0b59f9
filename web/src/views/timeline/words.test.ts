import { expect, it } from 'vitest';
import { infoOf } from '../log/info.ts';
import { markWords } from './words.ts';

it.each(['none', 'echo'] as const)('a mark says of the behaviour %s what the log says', (name) => {
  const event = { seq: 1, time: 0, type: 'behaving', socket: 1, behaviour: { name } } as const;
  expect(infoOf(event, () => null)).toMatchObject({ text: markWords(event) });
});
