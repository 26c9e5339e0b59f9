import { describe, expect, it } from 'vitest';
import type { EventOf } from '@socket-playground/shared/events/event.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { at, numbered } from '../../store/testing.ts';
import { Told } from '../../store/told.ts';
import { conversationFrom, goesToServer } from './conversations.ts';
import { lanesOfEvent } from './joins.ts';
import { Ladder } from './ladder.ts';
import { headOf, lanesOf } from './lanes.ts';
import { mostLives } from './limits.ts';
import { otherWords } from './words.ts';

type Segment = Omit<EventOf<'segment'>, 'seq' | 'time'>;

const packet = (stream: number | null, client: number, from: Segment['from'], text = ''): Segment => {
  const ends = [at(client, '10.0.0.1'), at(80, '10.0.0.2')];
  const [source = null, destination = null] = from === 'server' ? ends.toReversed() : ends;
  const data = encodeUtf8(text);
  return {
    ...{ type: 'segment', socket: null, protocol: 'TCP', stream, source, destination, from },
    ...{ size: data.length, data },
  };
};

function ladderOf(...packets: readonly Segment[]) {
  const { journal } = new Told().take(numbered(packets));
  journal.publish();
  const ladder = new Ladder(journal);
  ladder.update(journal);
  return { ladder, journal };
}

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
});
