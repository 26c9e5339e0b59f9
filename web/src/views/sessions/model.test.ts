import { describe, expect, it } from 'vitest';
import type { SessionInfo } from '../../store/library.svelte.ts';
import { beforeWords, matching, sessionBefore, sessionRows } from './model.ts';
import { fileStem, middleCut, recordingName } from './names.ts';
import { sinceStart, startedAt } from './when.ts';

const nowMs = new Date(2026, 10, 26, 12, 30).getTime();
const at = (...time: [number, number, number, number, number]) => new Date(...time).toISOString();
const session = (id: string, given: Partial<SessionInfo> = {}): SessionInfo => ({
  id,
  epoch: id,
  started: at(2026, 10, 26, 12, 3),
  events: 1204,
  bytes: 4096,
  complete: true,
  ...given,
});

describe('when a session began', () => {
  it.each([
    [at(2026, 10, 26, 12, 3), '12:03', '27 minutes ago'],
    [at(2026, 10, 25, 12, 3), '25 Nov, 12:03', 'yesterday'],
    [at(2025, 10, 26, 12, 3), '26 Nov 2025, 12:03', '365 days ago'],
    [at(2026, 10, 26, 12, 30), '12:30', 'just now'],
  ])('%s says no more than it takes', (started, words, since) => {
    expect([startedAt(started, nowMs), sinceStart(started, nowMs)]).toEqual([words, since]);
  });

  it('that is no time stays as it is written', () => {
    expect([startedAt('once', nowMs), sinceStart('once', nowMs)]).toEqual(['once', '']);
  });
});

describe('the kept sessions', () => {
  const sessions = [
    session('now', { complete: false, events: 3 }),
    session('empty', { events: 0 }),
    session('cut', { complete: false }),
    session('whole'),
  ];
  const kept = { sessions, running: 'now' };
  const rows = sessionRows(kept, [{ id: 'whole' }, { id: null }], nowMs);

  it('say how they ended, which one is live and which are open', () => {
    expect(rows.map(({ state, isOpen }) => [state, isOpen])).toEqual([
      ['running', false],
      ['complete', false],
      ['cut short', false],
      ['complete', true],
    ]);
  });

  it('are told apart where they began within one minute', () => {
    const started = (second: number) => new Date(2026, 10, 26, 12, 3, second).toISOString();
    const twins = [7, 41].map((second) => session(`${second}`, { started: started(second) }));
    const listed = sessionRows({ sessions: twins, running: null }, [], nowMs);
    expect(listed.map((row) => row.started)).toEqual(['12:03:07', '12:03:41']);
  });

  it('are found by every word of what they say', () => {
    expect(matching(rows, '12:03 CUT').map(({ info }) => info.id)).toEqual(['cut']);
    expect(matching(rows, '  ')).toHaveLength(4);
    expect(matching(rows, 'nowhere')).toEqual([]);
  });

  it('of the run before is the newest that is not running and not empty', () => {
    const before = sessionBefore(kept);
    expect(before?.id).toBe('cut');
    expect(before && beforeWords(before, nowMs)).toBe('Open the session before: 12:03, 1,204 events');
    expect(sessionBefore({ sessions: sessions.slice(0, 2), running: 'now' })).toBeNull();
  });
});

describe('the name of a recording', () => {
  it('of a kept session is when it began, of a file the file’s, and nothing in it hides', () => {
    expect(recordingName({ id: 'cut', name: at(2026, 10, 26, 12, 3) }, nowMs)).toBe('12:03:00');
    expect(
      recordingName(
        { id: 'cut', name: new Date(Date.parse(at(2026, 10, 26, 12, 3)) + 7_000).toISOString() },
        nowMs,
      ),
    ).toBe('12:03:07');
    expect(recordingName({ id: null, name: '\u202egnp.session' }, nowMs)).not.toContain('\u202e');
  });

  it('is cut in the middle, whole letters only', () => {
    expect(middleCut('short', 9)).toBe('short');
    expect(middleCut('a very long name.session', 11)).toBe('a ver…ssion');
    expect(Array.from(middleCut('🦊'.repeat(30), 11))).toHaveLength(11);
  });

  it('as a file has no second ending', () => {
    expect([fileStem('a.b.session'), fileStem('2026-11-26T12-03-05-0011aabb'), fileStem(null)]).toEqual([
      'a.b',
      '2026-11-26T12-03-05-0011aabb',
      'socket-playground',
    ]);
  });
});
