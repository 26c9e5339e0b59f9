import * as z from 'zod/mini';
import { encodeUtf8 } from '../payload/utf8.ts';
import { end, okAnswer, send } from './answering.ts';
import { defineBehaviour, stateless } from './behaviour.ts';

const greeting = encodeUtf8('Welcome to the server. Type something and hit enter\n');

/** Greets first, then does as ok. */
export const welcome = defineBehaviour({
  options: z.strictObject({ name: z.literal('welcome') }),
  summary: 'greets on accept, then as ok',
  serves: ['stream'],
  answersOn: ['stream'],
  ...stateless((input) => {
    if (input.type === 'joined') return [send(greeting)];
    if (input.type === 'received') return [send(okAnswer(input.data))];
    return input.type === 'ended' ? [end] : [];
  }),
});
