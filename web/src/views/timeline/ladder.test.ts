import { describe, expect, it } from 'vitest';
import { Told } from '../../store/told.ts';
import { at, Scene } from '../scene.ts';
import { otherSideOf } from './joins.ts';
import { Ladder } from './ladder.ts';
import { headOf, lanesOf, leastWidth, livesIn, placed } from './lanes.ts';
import { measures } from './limits.ts';
import { otherWords, whatWords } from './words.ts';

/** What a scene's events come to, with the journal they stand in. */
function ladderOf(scene: Scene) {
  const { journal } = new Told().take(scene.events);
  journal.publish();
  const ladder = new Ladder(journal);
  ladder.update(journal);
  const rowAt = (position: number) => journal.rowAt(position);
  const side = (seq: number) => {
    const row = journal.rowAt(seq - 1);
    return row?.kind === 'event' ? otherSideOf(row, seq - 1, ladder, journal) : null;
  };
  return { ladder, side, rowAt };
}

const keys = (scene: Scene) => lanesOf(ladderOf(scene).ladder).map(({ key }) => key);
const echo = () => new Scene().listener(1, 8888).client(2, 5000, 8888).accepted(3, 1, 8888, 5000);

describe('lanes', () => {
  it('stand in order: who calls left of who answers, a listener’s connections beside it, outside beside its socket', () => {
    const scene = echo()
      .listener(4, 9999)
      .accepted(5, 1, 8888, 40_312)
      .client(6, 5001, 9999)
      .accepted(7, 4, 9999, 5001)
      .refused(8, 9000);
    expect(keys(scene)).toEqual(['1', '2', '3', '5 ', '5', '4', '6', '7', '8']);
  });

  it('of datagrams: whoever sent first stands left, ours and outside', () => {
    const scene = new Scene()
      .datagram(1, 9999)
      .datagram(2, 5000)
      .says(2, 'sent', 'a', at(9999))
      .says(1, 'received', 'a', at(5000))
      .says(1, 'received', 'b', at(47_021));
    expect(keys(scene)).toEqual(['2', '1 127.0.0.1:47021', '1']);
  });

  it('have heads that say what they are', () => {
    const lanes = lanesOf(ladderOf(echo().accepted(4, 1, 8888, 40_312)).ladder);
    expect(lanes.map(headOf).map(({ id, what, where }) => [id, what, where].join(' '))).toEqual([
      '#1 echo :8888',
      '#2 client :5000',
      '#3  :8888',
      ' outside :40312',
      '#4  :8888',
    ]);
  });

  it('spread over the width, and keep their least distance', () => {
    const lanes = lanesOf(ladderOf(echo()).ladder);
    const wide = placed(lanes, 1_000);
    const narrow = placed(lanes, 100);
    expect(wide.at(-1)?.x).toBeLessThanOrEqual(1_000 - measures.right);
    expect((narrow.at(-1)?.x ?? 0) + measures.right).toBeCloseTo(leastWidth(lanes), -1);
  });

  it('live from the first event of their socket to the last', () => {
    const lanes = lanesOf(ladderOf(echo().happens(2, { type: 'closed' })).ladder);
    expect(lanes.filter((lane) => livesIn(lane, 20, 30)).map(({ key }) => key)).toEqual(['1', '3']);
    expect(lanes.filter((lane) => livesIn(lane, 0, 1)).map(({ key }) => key)).toEqual(['1']);
  });
});

describe('the other side of a row', () => {
  it('of an accept is an address until its client is known as ours, and never outside for that long', () => {
    const scene = echo().accepted(4, 1, 8888, 40_312);
    const { side, rowAt } = ladderOf(scene);
    const accepted = scene.events.filter(({ type }) => type === 'accepted').map(({ seq }) => seq);
    const said = accepted.map((seq) => {
      const row = rowAt(seq - 1);
      return row?.kind === 'event' ? `${whatWords(row)} ${otherWords(row, side(seq), rowAt)}` : '';
    });
    expect(said).toEqual([
      expect.stringMatching(/^accepted by #1 from #2, No\. \d+$/),
      'accepted by #1 from 127.0.0.1:40312',
    ]);
  });

  it('of a stream is found by its bytes, however they were cut', () => {
    const scene = echo()
      .says(2, 'sent', 'one')
      .says(2, 'sent', 'two')
      .says(2, 'sent', 'three')
      .says(3, 'received', 'onetwothr')
      .says(3, 'received', 'ee');
    const first = scene.events.length - 4;
    const { side } = ladderOf(scene);
    expect(side(first + 2)).toMatchObject({ lane: '3', positions: [first + 2, first + 3], isOurs: true });
    expect(side(first + 3)).toMatchObject({ lane: '2', positions: [first - 1, first, first + 1] });
  });

  it('of a datagram that never arrived is nowhere', () => {
    const scene = new Scene()
      .datagram(1, 9999)
      .datagram(2, 5000)
      .says(2, 'sent', 'gone', at(9999))
      .says(2, 'sent', 'here', at(9999))
      .says(1, 'received', 'here', at(5000));
    const { side } = ladderOf(scene);
    expect(side(5)).toMatchObject({ lane: '1', positions: [], isLost: true });
    expect(side(6)).toMatchObject({ lane: '1', positions: [6], isLost: false });
    expect(side(7)).toMatchObject({ lane: '2', positions: [5] });
  });

  it('of an end and a reset is where they were noticed; outside nobody looked', () => {
    const scene = echo()
      .happens(2, { type: 'ended', by: 'local' })
      .happens(3, { type: 'ended', by: 'remote' })
      .accepted(4, 1, 8888, 40_312)
      .happens(4, { type: 'reset', by: 'remote' });
    const { side } = ladderOf(scene);
    const ended = scene.events.findIndex(({ type }) => type === 'ended');
    expect(side(ended + 2)).toMatchObject({ lane: '2', positions: [ended], isOurs: true });
    expect(side(scene.events.length)).toMatchObject({ lane: '4 ', positions: [], isOurs: false });
  });
});
