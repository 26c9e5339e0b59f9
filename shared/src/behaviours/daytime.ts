import * as z from 'zod/mini';
import { encodeUtf8 } from '../payload/utf8.ts';
import { announcing } from './answering.ts';
import { defineBehaviour, stateless } from './behaviour.ts';

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** `Saturday, November 21, 2026 04:24:05-UTC` and CR LF: the first form that RFC 867 suggests, in UTC. */
export function daytimeLine(nowMs: number): string {
  const now = new Date(nowMs);
  const date = `${months[now.getUTCMonth()] ?? ''} ${now.getUTCDate()}, ${now.getUTCFullYear()}`;
  return `${days[now.getUTCDay()] ?? ''}, ${date} ${now.toISOString().slice(-13, -5)}-UTC\r\n`;
}

/** Daytime Protocol (RFC 867). */
export const daytime = defineBehaviour({
  options: z.strictObject({ name: z.literal('daytime') }),
  summary: 'the date as one line, then closes',
  datagramSummary: 'answers with the date as one line',
  serves: ['stream', 'dgram'],
  answersOn: ['dgram'],
  ...stateless(announcing((nowMs) => encodeUtf8(daytimeLine(nowMs)))),
});
