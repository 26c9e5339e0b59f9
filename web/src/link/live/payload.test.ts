import { afterEach, expect, it, vi } from 'vitest';
import { fetchPayload } from './payload.ts';

afterEach(() => vi.unstubAllGlobals());

const answer = (status: number) =>
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status })));

it('of the running session is gone with the run that this page is of', async () => {
  answer(401);
  expect(await fetchPayload(1, null, 'old')).toEqual({ is: 'gone' });
});

it('of a kept session is kept, though the agent was restarted: it cannot be reached by this page', async () => {
  answer(401);
  const message = 'The agent was restarted; this page belongs to the run before.';
  expect(await fetchPayload(1, 'kept', 'old')).toEqual({ is: 'unreachable', message });
});

it('is gone when the agent says so', async () => {
  answer(404);
  expect(await fetchPayload(1, 'kept', 'token')).toEqual({ is: 'gone' });
});
