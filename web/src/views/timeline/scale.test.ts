import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measures, zoomLimits } from './limits.ts';
import { idleFrom, Scale, unitFor } from './scale.ts';

const ms = 1e6;
const second = 1e9;

function scaleOf(times: readonly number[], unit: number = zoomLimits.reading): Scale {
  const scale = new Scale(unit);
  for (const time of times) scale.push(time);
  return scale;
}
const steps = (scale: Scale) =>
  Array.from({ length: scale.length - 1 }, (_, at) => scale.placeOf(at + 1) - scale.placeOf(at));

describe('the scale', () => {
  it('gives each event a row where reading begins, and collapses what is idle', () => {
    const scale = scaleOf([0, 50, 100, 2.4 * second, 2.4 * second + 1.5 * ms]);
    expect(steps(scale)).toEqual([measures.row, measures.row, measures.idle, measures.row * 1.5]);
  });

  it('is in proportion to time when one looks closer', () => {
    expect(steps(scaleOf([0, 53_000, 63_000], 10_000))).toEqual([5.3 * measures.row, measures.row]);
    expect(steps(scaleOf([0, 53_000], 1_000))).toEqual([measures.idle]);
  });

  it('draws events together when one looks from further away', () => {
    expect(steps(scaleOf([0, 50, 1 * second], 1 * second))).toEqual([
      expect.closeTo((measures.row * ms) / second, 5),
      expect.closeTo(measures.row, 5),
    ]);
  });

  it('keeps a place for rows that have no time', () => {
    const scale = scaleOf([ms, NaN, 2 * ms]);
    expect(steps(scale)).toEqual([measures.notice, measures.row]);
    expect(scale.timeOf(1)).toBe(ms);
  });

  it('has a time at every place, also where something is missing at the beginning', () => {
    const scale = scaleOf([NaN, NaN, NaN, 5 * ms, 6 * ms]);
    const [first, end] = [scale.placeOf(3), scale.placeOf(4)];
    expect(scale.timeAt(0)).toBeLessThan(5 * ms);
    expect(scale.timeAt(first)).toBe(5 * ms);
    expect(scale.timeAt((first + end) / 2)).toBe(5.5 * ms);
    expect([5 * ms, 6 * ms, 7 * ms].map((time) => scale.firstFrom(time))).toEqual([3, 4, 5]);
    expect(scale.placeOfTime(5 * ms)).toBe(0);
    expect(scale.placeOfTime(6 * ms)).toBe(end);
    expect([scale.isTimeless, scaleOf([NaN]).isTimeless, scaleOf([NaN]).timeAt(40)]).toEqual([
      false,
      true,
      0,
    ]);
  });

  const times = fc
    .array(fc.integer({ min: 0, max: 3 * second }), { minLength: 1, maxLength: 60 })
    .map((gaps) => gaps.reduce<number[]>((all, gap) => [...all, (all.at(-1) ?? 0) + gap], []));
  const units = fc.constantFrom(100, 1e4, 1e6, 1e8, 1e10);

  it('finds the time of a place and the place of a time', () => {
    fc.assert(
      fc.property(times, units, (all, unit) => {
        const scale = scaleOf(all, unit);
        for (let index = 0; index < all.length; index += 1) {
          const time = scale.timeOf(index);
          expect(scale.timeAt(scale.placeOf(index))).toBeCloseTo(time, 3);
          expect(scale.timeOf(scale.firstFrom(time))).toBe(time);
          expect(scale.placeOf(scale.firstAt(scale.placeOf(index)))).toBe(scale.placeOf(index));
        }
        expect(steps(scale).every((step) => step > 0 && step <= 12 * measures.row)).toBe(true);
      }),
    );
  });

  it('finds how close one can look so that everything fits', () => {
    const all = Array.from({ length: 100 }, (_, at) => at * ms);
    const unit = unitFor(all, 400);
    expect(scaleOf(all, unit).height).toBeLessThanOrEqual(400);
    expect(scaleOf(all, unit / 1.5).height).toBeGreaterThan(400);
    expect(unitFor(all, 1e6, zoomLimits.reading)).toBeGreaterThanOrEqual(zoomLimits.reading);
    expect(idleFrom(zoomLimits.reading)).toBe(2 * ms);
  });
});
