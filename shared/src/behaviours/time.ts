import * as z from 'zod/mini';
import { announcing } from './answering.ts';
import { defineBehaviour, stateless } from './behaviour.ts';

/** From 1900-01-01 to 1970-01-01, UTC. */
const secondsTo1970 = 2_208_988_800;
const msPerSecond = 1000;
const timeBytes = 4;

/** Seconds since 1900, 32 bits, big endian; begins again at 0 in February 2036. */
export function timeOf(nowMs: number): Uint8Array {
  const bytes = new Uint8Array(timeBytes);
  new DataView(bytes.buffer).setUint32(0, Math.floor(nowMs / msPerSecond) + secondsTo1970);
  return bytes;
}

/** Time Protocol (RFC 868). */
export const time = defineBehaviour({
  options: z.strictObject({ name: z.literal('time') }),
  summary: 'the time as 4 bytes, then closes',
  datagramSummary: 'answers with the time as 4 bytes',
  serves: ['stream', 'dgram'],
  answersOn: ['dgram'],
  ...stateless(announcing(timeOf)),
});
