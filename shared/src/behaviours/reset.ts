import * as z from 'zod/mini';
import { end } from './answering.ts';
import { defineBehaviour, stateless } from './behaviour.ts';

/** Resets the connection (RST, RFC 9293 §3.5.2) on the first bytes; a peer that sends none gets an ordinary end. */
export const reset = defineBehaviour({
  options: z.strictObject({ name: z.literal('reset') }),
  summary: 'resets after the first bytes',
  serves: ['stream'],
  answersOn: [],
  ...stateless((input) => {
    if (input.type === 'received') return [{ type: 'reset' }];
    return input.type === 'ended' ? [end] : [];
  }),
});
