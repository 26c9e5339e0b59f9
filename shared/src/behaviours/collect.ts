import * as z from 'zod/mini';
import { end, okAnswer, send } from './answering.ts';
import { defineBehaviour } from './behaviour.ts';
import type { Input, Step, Surroundings } from './behaviour.ts';
import { collectChunk, collectedBytes, nothingCollected } from './bytes.ts';
import type { Collected } from './bytes.ts';

function step(collected: Collected, input: Input, { keepBytes }: Surroundings): Step<Collected> {
  if (input.type === 'ended') {
    return { state: nothingCollected, actions: [send(okAnswer(collectedBytes(collected))), end] };
  }
  if (input.type !== 'received') return { state: collected, actions: [] };
  if (collected.size + input.data.length > keepBytes) {
    return { state: nothingCollected, actions: [{ type: 'fail', code: 'behaviour-full' }] };
  }
  return { state: collectChunk(collected, input.data, keepBytes), actions: [] };
}

/** Says nothing until the peer's FIN, then answers everything at once: only a half-closing peer gets to hear it. */
export const collect = defineBehaviour({
  options: z.strictObject({ name: z.literal('collect') }),
  summary: 'silent until the end, then answers once',
  serves: ['stream'],
  answersOn: [],
  start: () => nothingCollected,
  kept: ({ room }) => room.length,
  step,
});
