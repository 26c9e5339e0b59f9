import * as z from 'zod/mini';
import { defineBehaviour, stateless } from './behaviour.ts';

/** Nothing happens by itself: the person at the page answers, and closes. */
export const none = defineBehaviour({
  options: z.strictObject({ name: z.literal('none') }),
  summary: 'nothing; you answer by hand',
  serves: ['stream', 'dgram'],
  answersOn: [],
  ...stateless(() => []),
});
