import * as z from 'zod/mini';
import { answering } from './answering.ts';
import { defineBehaviour } from './behaviour.ts';

const firstLetter = 0x61;
const lastLetter = 0x7a;
const caseBit = 0x20;

const upperByte = (byte: number) => (byte >= firstLetter && byte <= lastLetter ? byte - caseBit : byte);

/** Answers in upper case: the letters a to z of ASCII, every other byte as it was. */
export const upper = defineBehaviour({
  options: z.strictObject({ name: z.literal('upper') }),
  summary: 'answers in upper case',
  serves: ['stream', 'dgram'],
  answersOn: ['stream', 'dgram'],
  ...answering((data) => data.map(upperByte)),
});
