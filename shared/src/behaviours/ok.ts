import * as z from 'zod/mini';
import { flag } from '../schema.ts';
import { answering, okAnswer } from './answering.ts';
import { defineBehaviour } from './behaviour.ts';

/** Answers each chunk or datagram with `OK...` and the same bytes: on a stream, what one read returned. */
export const ok = defineBehaviour({
  options: z.strictObject({ name: z.literal('ok'), once: z.optional(flag) }),
  summary: 'answers OK... and what arrived',
  serves: ['stream', 'dgram'],
  answersOn: ['stream', 'dgram'],
  ...answering(okAnswer),
});
