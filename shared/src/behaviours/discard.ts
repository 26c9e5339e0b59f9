import * as z from 'zod/mini';
import { end } from './answering.ts';
import { defineBehaviour, stateless } from './behaviour.ts';

/** Discard Protocol (RFC 863): reads, forgets, answers nothing. */
export const discard = defineBehaviour({
  options: z.strictObject({ name: z.literal('discard') }),
  summary: 'reads and forgets',
  serves: ['stream', 'dgram'],
  answersOn: [],
  ...stateless((input) => (input.type === 'ended' ? [end] : [])),
});
