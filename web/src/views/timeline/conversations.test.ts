import { describe, expect, it, vi } from 'vitest';
import { conversationFrom, goesToServer } from './conversations.ts';
import { lanesOfEvent } from './joins.ts';
import { headOf, lanesOf } from './lanes.ts';
import { mostLives } from './limits.ts';
import { ladderOf, packet } from './testing.ts';
import { otherWords } from './words.ts';

// Only counted: it does what it does.
vi.mock('./conversations.ts', { spy: true });

describe('a captured conversation', () => {
  it('has two lanes, its client left of its server, whoever is seen first', () => {
    const { ladder } = ladderOf(
      packet(1, 5000, 'server', 'late'),
      packet(2, 5001, 'client'),
      packet(1, 5000, 'client'),
      packet(null, 0, null),
    );
    const heads = lanesOf(ladder).map(headOf);
    expect(heads.map(({ what, where }) => what + where)).toEqual([
      '10.0.0.1:5000',
      '10.0.0.2:80',
      '10.0.0.1:5001',
      '10.0.0.2:80',
    ]);
    expect(ladder.lives.get(-1)).toMatchObject({ first: 0, last: 2 });
  });

  it('is where its packets are: they go from one of its lanes to the other', () => {
    const { ladder, journal } = ladderOf(packet(1, 5000, 'client', 'ask'), packet(1, 5000, 'server', 'say'));
    const [ask, say] = [journal.rowAt(0), journal.rowAt(1)];
    if (ask?.kind !== 'event' || say?.kind !== 'event') throw new Error('There are two.');
    expect(lanesOfEvent(say.event, null, ladder)).toEqual(['-1 ', '-1']);
    expect(otherWords(say, null, () => undefined)).toBe('10.0.0.2:80 → 10.0.0.1:5000');
  });

  it('of which nobody knows who called goes from who spoke first', () => {
    const first = { ...packet(7, 5000, null), seq: 1, time: 1 };
    const life = conversationFrom(7, first, 0);
    const back = { ...first, source: first.destination, destination: first.source };
    expect([first, back].map((segment) => goesToServer(segment, life))).toEqual([true, false]);
  });

  it('has no lane where there are too many, and that is counted once each', () => {
    const many = Array.from({ length: mostLives + 3 }, (_, n) => packet(n + 1, 5000 + n, 'client'));
    const { ladder } = ladderOf(...many, ...many.slice(-3));
    expect(lanesOf(ladder)).toHaveLength(2 * mostLives);
    expect(ladder.laneless).toBe(3);
  });

  it('is made once, however many packets it has', () => {
    vi.mocked(conversationFrom).mockClear();
    const both = [packet(1, 5000, 'client', 'ask'), packet(2, 5001, 'client', 'ask')];
    const { ladder } = ladderOf(...Array.from({ length: 100 }, () => both).flat());
    expect(conversationFrom).toHaveBeenCalledTimes(2);
    expect([-1, -2].map((number) => ladder.lives.get(number)?.last)).toEqual([198, 199]);
  });
});
