import * as z from 'zod/mini';
import { flag } from '../schema.ts';
import { answering } from './answering.ts';
import { defineBehaviour } from './behaviour.ts';

/** Echo Protocol (RFC 862): every byte comes back as it was, until the peer's FIN, or once. */
export const echo = defineBehaviour({
  options: z.strictObject({ name: z.literal('echo'), once: z.optional(flag) }),
  summary: 'sends back what arrives, until the end',
  datagramSummary: 'sends back every datagram',
  serves: ['stream', 'dgram'],
  answersOn: ['stream', 'dgram'],
  ...answering((data) => data),
});
