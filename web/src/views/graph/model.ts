/** Which bins a window of time is cut into, and how their times and amounts are written. */
import { nsPerSecond } from '@socket-playground/shared/units.ts';
import { formatCount, nounFor } from '../words.ts';
import { duration } from '../log/time.ts';
import { graphLimits } from './limits.ts';
import type { Bins } from './bins.ts';
import type { Sums } from './sums.ts';

/** The narrowest width of 1, 2 or 5 times a power of ten that cuts the span into no more than `most` bins, ns. */
export function binWidth(spanNs: number, most: number): number {
  const least = Math.max(1, spanNs / Math.max(1, most));
  const power = 10 ** Math.floor(Math.log10(least));
  return (
    [1, 2, 5, 10].map((step) => step * power).find((width) => width >= least * (1 - 1e-12)) ?? 10 * power
  );
}

/** The bins of a window that is drawn this wide. Its edges lie inside the first and the last one. */
export function binsOf(window: { readonly from: number; readonly to: number }, widthPx: number): Bins {
  const most = Math.min(graphLimits.bins, Math.floor(widthPx / graphLimits.leastBinPx));
  const widthNs = binWidth(window.to - window.from, most);
  const first = Math.floor(window.from / widthNs);
  return { widthNs, first, count: Math.floor(window.to / widthNs) - first + 1 };
}

/** How many decimals seconds need so that neighbouring bins differ. */
const decimals = (widthNs: number) =>
  Math.min(9, Math.max(0, -Math.floor(Math.log10(widthNs / nsPerSecond))));

/** When a bin begins, in seconds since the run began. */
export const binTime = (bin: number, { widthNs }: Bins): string =>
  ((bin * widthNs) / nsPerSecond).toFixed(decimals(widthNs));

/** `1 bar = 50 ms`. */
export const scaleWords = ({ widthNs }: Bins): string => `1 bar = ${duration(widthNs)}`;

/** What stands in the bin that is pointed at; null when nothing is known of it. */
export function wordsAt(sums: Sums, bin: number | null): string | null {
  if (bin === null || bin >= sums.reached) return null;
  const { bins, toServer, toClient, open, queued } = sums;
  const amounts = [
    `${formatCount(toServer[bin] ?? 0)} ${nounFor(toServer[bin] ?? 0, 'byte')} to server, ${formatCount(toClient[bin] ?? 0)} to client`,
    `${formatCount(open[bin] ?? 0)} open`,
    `${formatCount(queued[bin] ?? 0)} waiting`,
  ];
  return `${binTime(bins.first + bin, bins)} s: ${amounts.join(', ')}`;
}

/** An amount on an axis: what goes to the client is drawn downwards, and is no less than nothing. */
export const axisAmount = (value: number): string => {
  const amount = Math.abs(value);
  return amount < 10 && !Number.isInteger(amount) ? amount.toFixed(1) : formatCount(Math.round(amount));
};

/** `1.25 s`: as many decimals as tell two places on the axis apart. */
export function secondsText(seconds: number, stepSeconds: number): string {
  const decimals = Math.max(0, Math.ceil(-Math.log10(stepSeconds) - Number.EPSILON * 100));
  return `${seconds.toFixed(Math.min(9, decimals))} s`;
}

/** 1, 2, 5, 10 … times a power of ten, from this power on. */
export const stepsFrom = (least: number): number[] =>
  Array.from({ length: 13 }, (_, power) => [1, 2, 5].map((of) => of * 10 ** (least + power))).flat();

/** Nothing here comes in halves. */
const wholeSteps = stepsFrom(0);

/**
 * The amounts that an axis names when it has room for so many: nothing, and whole steps away from it. Where one side is too
 * low for a step, a smaller amount stands alone: an axis never says only `0`.
 */
export function amountsOn(range: { min?: number; max?: number }, most: number): number[] {
  const [below, above] = [Math.min(0, range.min ?? 0), Math.max(0, range.max ?? 0)];
  const steps = Math.max(1, Math.floor(most));
  const step = wholeSteps.find((each) => (above - below) / each <= steps) ?? above - below;
  const first = Math.ceil(below / step);
  const count = Math.floor(above / step) - first + 1;
  const amounts = Array.from({ length: count }, (_, at) => (first + at) * step + 0);
  if (amounts.length > 1) return amounts;
  const [way, far] = above >= -below ? [1, above] : [-1, -below];
  const alone = wholeSteps.findLast((each) => each <= far);
  return alone === undefined ? [0] : [0, way * alone].toSorted((a, b) => a - b);
}
