import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import type { PayloadAnswer } from '../../store/store.svelte.ts';
import { Scene } from '../scene.ts';
import Chunk from './Chunk.svelte';
import { conversationOf, rememberedRuns, spanOf } from './turns.ts';

it('a rest that could not be fetched can be asked for again', async () => {
  const event = { type: 'received', size: 9, data: encodeUtf8('the') } as const;
  const events = new Scene().client(1, 52144, 8888).happens(1, event).eventsOf(1);
  const turns = conversationOf(events, spanOf(events, null), { side: 'client', runs: rememberedRuns() });
  const turn = turns.find((one) => one.kind === 'chunk')!;
  const answers: PayloadAnswer[] = [
    { is: 'unreachable', message: 'The agent does not answer.' },
    { is: 'data', data: encodeUtf8('the whole') },
  ];
  await render(Chunk, {
    turn,
    picked: false,
    payload: () => Promise.resolve(answers.shift() ?? { is: 'gone' }),
    onpick: () => undefined,
    onspent: () => undefined,
  });
  const more = page.getByRole('button', { name: 'show all 9 bytes' });
  await more.click();
  await expect.element(page.getByRole('status')).toHaveTextContent('The agent does not answer.');
  await more.click();
  await expect.element(page.getByText('the whole')).toBeVisible();
});
