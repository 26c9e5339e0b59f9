import { describe, expect, it } from 'vitest';
import { Journal } from '../../store/journal/journal.svelte.ts';
import { numbered, opened } from '../../store/testing/events.ts';
import { Told } from '../../store/testing/told.ts';
import { at, Scene } from '../scene.ts';
import { otherSideOf } from './joins.ts';
import { Ladder } from './ladder.ts';
import { headOf, lanesOf, leastWidth, livesIn, placed } from './lanes.ts';
import { measures, mostLives } from './limits.ts';
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

describe('where events are missing', () => {
  it('lives end that the agent no longer knows, and those that stand are what it says', () => {
    const scene = echo();
    const { journal } = new Told().take(scene.events);
    const ladder = new Ladder(journal);
    const gap = journal.length;
    journal.gap({ from: 20, to: 30, reason: 'memory-limit' });
    // The picture may be drawn between the gap and what stands behind it.
    ladder.update(journal);
    expect(ladder.lives.get(2)?.last).toBeNull();
    journal.stand([scene.of(1), { ...scene.of(1), socket: 9, label: 'late' }]);
    expect(ladder.update(journal)).toBe(true);
    expect([1, 2, 3].map((socket) => ladder.lives.get(socket)?.last)).toEqual([null, gap, gap]);
    expect(ladder.lives.get(9)).toMatchObject({ first: gap, last: null, listens: true, label: 'late' });
  });

  it('a port is no longer that of a socket that closed meanwhile', () => {
    const scene = new Scene().datagram(1, 9999).datagram(2, 5000);
    const told = new Told().take(scene.events);
    told.journal.gap({ from: 5, to: 9, reason: 'memory-limit' });
    told.journal.stand([scene.of(1)]);
    const ladder = new Ladder(told.journal);
    ladder.update(told.journal);
    expect(ladder.ownAt(at(5000))).toBeNull();
    expect(ladder.ownAt(at(9999))?.socket).toBe(1);
  });
});

describe('a ladder under a long flood', () => {
  it('forgets the lives and the datagrams of rows that the journal dropped', () => {
    const told = new Told(new Journal({ rows: 400, payloadBytes: 1e9 }));
    const { journal } = told;
    const ladder = new Ladder(journal);
    const ends = new Scene().datagram(1, 9999).datagram(2, 5000);
    told.take(ends.events);
    const firstReceipt = 5;
    for (let socket = 3; socket < 20_000; socket += 1) {
      told.tell(
        { type: 'sent', socket: 2, remote: at(9999), size: 1, data: Uint8Array.of(socket) },
        { type: 'received', socket: 1, remote: at(5000), size: 1, data: Uint8Array.of(socket) },
        opened(socket),
        { type: 'closed', socket },
      );
      ladder.update(journal);
      if (socket === 3) expect(ladder.datagrams.partnerOf(firstReceipt)).toBe(4);
    }
    expect(ladder.lives.size).toBeLessThan(400);
    expect(ladder.laneless).toBe(0);
    expect(ladder.datagrams.partnerOf(firstReceipt)).toBeNull();
    const last = journal.dropped + journal.length - 3;
    expect(ladder.datagrams.partnerOf(last)).toBe(last - 1);
  });

  it('has lanes for so many sockets; those that ended first give way, and are counted', () => {
    const told = new Told();
    for (let socket = 1; socket <= mostLives; socket += 1) told.tell(opened(socket));
    told.tell({ type: 'closed', socket: 7 }, opened(mostLives + 1), opened(mostLives + 2));
    const ladder = new Ladder(told.journal);
    ladder.update(told.journal);
    expect(ladder.lives.size).toBe(mostLives);
    expect(ladder.laneless).toBe(2);
    expect([7, mostLives + 1, mostLives + 2].map((socket) => ladder.lives.has(socket))).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('knows those who began in rows that went before it was there', () => {
    const told = new Told(new Journal({ rows: 100, payloadBytes: 1e9 }));
    told.take(echo().datagram(4, 9999).events).tell(opened(5), { type: 'closed', socket: 5 });
    const flood = { type: 'sent', socket: 2, size: 1, data: Uint8Array.of(1) } as const;
    for (let at = 0; at < 200; at += 1) told.tell(flood);
    told.tell(opened(6), { type: 'closed', socket: 3 });
    const { journal } = told;
    const ladder = new Ladder(journal);
    ladder.update(journal);
    const heads = lanesOf(ladder).map(headOf);
    expect(heads.map(({ id, where }) => `${id} ${where}`)).toEqual([
      '#1 :8888',
      '#2 :5000',
      '#3 :8888',
      '#4 :9999 UDP',
      '#6 no port',
    ]);
    expect(ladder.peerOf(2)).toBe(3);
    expect([1, 2, 4].map((socket) => ladder.lives.get(socket)?.last)).toEqual([null, null, null]);
    expect(ladder.lives.get(3)?.last).toBe(journal.dropped + journal.length - 1);
  });

  it('shows them as they were there, whatever they became', () => {
    const told = new Told(new Journal({ rows: 100, payloadBytes: 1e9 })).tell(opened(1));
    const flood = { type: 'sent', socket: 1, size: 1, data: Uint8Array.of(1) } as const;
    for (let at = 0; at < 200; at += 1) told.tell(flood);
    const ladder = new Ladder(told.journal);
    told.tell({ type: 'closed', socket: 1 });
    ladder.update(told.journal);
    const { dropped, length } = told.journal;
    expect(ladder.lives.get(1)).toMatchObject({ first: dropped, last: dropped + length - 1, local: null });
  });

  it('goes on behind rows that went before it read them', () => {
    const told = new Told(new Journal({ rows: 100, payloadBytes: 1e9 }));
    told.tell(opened(1), opened(2), { type: 'bound', socket: 1, local: at(8888) });
    const ladder = new Ladder(told.journal);
    ladder.update(told.journal);
    told.take(numbered([{ type: 'closed', socket: 2 }], 4));
    for (let socket = 3; socket < 300; socket += 1) told.tell(opened(socket));
    ladder.update(told.journal);
    const { dropped } = told.journal;
    expect(ladder.lives.get(1)).toMatchObject({ first: 0, last: null, local: at(8888) });
    expect(ladder.lives.get(2)?.last).toBe(dropped);
    expect(ladder.lives.get(3)).toMatchObject({ first: dropped, last: null });
  });
});
