/** Times as the whole page writes them: six decimals, so that they align on the point. */
import { nsPerMicrosecond, nsPerMs, nsPerSecond } from '@socket-playground/shared/units.ts';
import type { TimeFormat } from '../../store/kept/settings.svelte.ts';

const usPerSecond = 1e6;

/** A rule stands above a row that came after this much silence. */
export const pauseNs = nsPerSecond;

export interface TimeText {
  /** Leading digits that are the same as in the row above: they recede. */
  readonly same: string;
  readonly fresh: string;
}

/** What a time is counted from. `startedMs`: when the run began, milliseconds since 1970. */
export interface TimeBase {
  readonly format: TimeFormat;
  readonly startedMs: number;
  /** Time of the row that the others count from, ns since the run began; without it they count from that beginning. */
  readonly zeroNs?: number;
}

/** `3.872140`, cut and not rounded: the same event has the same time everywhere. Before a reference times are negative. */
export const seconds = (ns: number): string => {
  const us = Math.abs(Math.floor(ns / nsPerMicrosecond));
  const digits = `${Math.floor(us / usPerSecond)}.${String(us % usPerSecond).padStart(6, '0')}`;
  return ns < 0 ? `-${digits}` : digits;
};

const two = (value: number) => String(value).padStart(2, '0');

function clock(ns: number, startedMs: number): string {
  const us = Math.floor(ns / nsPerMicrosecond) + Math.round(startedMs * 1000);
  const date = new Date(Math.floor(us / 1000));
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${time}.${String(us % usPerSecond).padStart(6, '0')}`;
}

/** The whole time of a row: `above` is the time of the row before it (null for the first). */
export function timeText(ns: number, above: number | null, { format, startedMs, zeroNs }: TimeBase): string {
  if (format === 'clock') return clock(ns, startedMs);
  if (format === 'start') return seconds(ns - (zeroNs ?? 0));
  return seconds(above === null ? 0 : Math.max(0, ns - above));
}

/** The same, with what need not be read again set apart. */
export function timeOf(ns: number, above: number | null, base: TimeBase): TimeText {
  const text = timeText(ns, above, base);
  if (base.format === 'delta') return split(text, /^[0.]*/.exec(text)?.[0].length ?? 0);
  if (above === null || ns - above >= pauseNs) return split(text, 0);
  const before = timeText(above, null, base);
  return split(text, text.length === before.length ? commonPrefix(text, before) : 0);
}

/** What stands in place of the time of the row that the others count from, as in Wireshark. */
export const referenceTime: TimeText = { same: '', fresh: '*REF*' };

/** All three at once, in words: for who points at a time. */
export function allTimes(ns: number, above: number | null, { startedMs, zeroNs }: TimeBase): string {
  const words = [
    `${timeText(ns, null, { format: 'start', startedMs })} s since the start`,
    `${clock(ns, startedMs)} by the clock`,
    ...(above === null ? [] : [`${seconds(Math.max(0, ns - above))} s after the row above`]),
    ...(zeroNs === undefined ? [] : [`${seconds(ns - zeroNs)} s from the time reference`]),
  ];
  return words.join('\n');
}

/** The last digit always reads as new. */
const split = (text: string, at: number): TimeText => {
  const cut = Math.min(at, text.length - 1);
  return { same: text.slice(0, cut), fresh: text.slice(cut) };
};

function commonPrefix(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

/** `281 µs`, `6.3 s`: how long something took. */
export function duration(ns: number): string {
  const units = [
    { name: 'ns', ns: 1 },
    { name: 'µs', ns: nsPerMicrosecond },
    { name: 'ms', ns: nsPerMs },
    { name: 's', ns: nsPerSecond },
  ];
  const unit = units.findLast((each) => Math.abs(ns) >= each.ns) ?? { name: 'ns', ns: 1 };
  const value = ns / unit.ns;
  return `${Math.abs(value) < 10 && unit.ns > nsPerMicrosecond ? value.toFixed(1) : Math.round(value)} ${unit.name}`;
}
