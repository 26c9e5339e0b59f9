/** Sleep and clock jumps: what dates and orders events knows no wall clock. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { memoryJournal } from '../../test/memory-journal.ts';
import { startEpoch } from './epoch.ts';

afterEach(() => void vi.useRealTimers());

it('the wall clock may jump: times stay monotonic, and events in order', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime('2026-11-21T04:24:05Z');
  const { now, epoch } = startEpoch();
  const journal = memoryJournal({ now, epoch });
  const times: number[] = [];
  for (const date of ['2036-01-01', '1999-12-31', '2026-11-21', '1970-01-01']) {
    vi.setSystemTime(date);
    times.push(journal.append({ socket: 1, type: 'paused' }).time);
  }
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  // Seconds at most, not the years that the clock jumped.
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(60e9);
  expect(epoch.started).toBe('2026-11-21T04:24:05.000Z');
});

it('only the command line reads the wall clock, and hands it to who needs a date', () => {
  const root = join(import.meta.dirname, '..');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const readers = files.filter(
    (name) =>
      name.endsWith('.ts') &&
      !name.endsWith('.test.ts') &&
      /\bDate\.now\(|\bnew Date\(\)/.test(readFileSync(join(root, name), 'utf8')),
  );
  const names = readers.map((name) => relative('.', name).split(sep).join('/')).sort();
  expect(names).toEqual(['cli/epoch.ts', 'cli/open-sessions.ts']);
});
