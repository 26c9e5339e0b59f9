import * as z from 'zod/mini';
import { end, send } from './answering.ts';
import { defineBehaviour } from './behaviour.ts';
import type { Action, Input, Step, Surroundings } from './behaviour.ts';

const firstPrintable = 0x20;
const printables = 95;
const charactersPerLine = 72;
const cr = 0x0d;
const lf = 0x0a;

/** The pattern of RFC 864 from its first line on: each line begins one character later in the ring of 95. */
function lineOf(number: number): number[] {
  const characters = Array.from(
    { length: charactersPerLine },
    (_, at) => firstPrintable + ((number + at) % printables),
  );
  return [...characters, cr, lf];
}

/** Once around the ring, 95 lines: whatever follows begins with the first line again. */
export const chargenBlock = Uint8Array.from(
  Array.from({ length: printables }, (_, line) => lineOf(line)).flat(),
);

const longestAnswer = 512;
/** Coprime to 513, so that 513 answers have each length from 0 to 512 once. */
const lengthStep = 137;
const firstLength = charactersPerLine + 2;

const answerLength = (answered: number) => (firstLength + answered * lengthStep) % (longestAnswer + 1);

function streamActions(input: Input): readonly Action[] {
  if (input.type === 'ended') return [end];
  return input.type === 'joined' || input.type === 'drained' ? [send(chargenBlock)] : [];
}

function step(answered: number, input: Input, { socketType }: Surroundings): Step<number> {
  if (socketType === 'stream') return { state: answered, actions: streamActions(input) };
  if (input.type !== 'received') return { state: answered, actions: [] };
  return { state: answered + 1, actions: [send(chargenBlock.subarray(0, answerLength(answered)))] };
}

/**
 * Character Generator Protocol (RFC 864). On a stream, lines without end, as fast as the peer takes them, until its FIN.
 * A datagram is answered by one of 0 to 512 characters; the lengths look random and follow from the count of answers.
 */
export const chargen = defineBehaviour({
  options: z.strictObject({ name: z.literal('chargen') }),
  summary: 'letters without end',
  datagramSummary: 'answers with a few letters',
  serves: ['stream', 'dgram'],
  answersOn: ['dgram'],
  talksOn: true,
  start: () => 0,
  step,
});
