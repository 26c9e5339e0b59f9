import { describe, expect, it } from 'vitest';
import { Told } from '../../store/testing/told.ts';
import { Scene } from '../scene.ts';
import { headsOf, shortened } from './heads.ts';
import { Ladder } from './ladder.ts';
import { heldListener, lanesOf } from './lanes.ts';
import { Lead } from './lead.ts';
import { measures } from './limits.ts';
import { Sideways } from './sideways.ts';

/** A listener (#1) and so many pairs beside it: #2 and #3, #4 and #5 … */
function crowd(pairs: number) {
  const scene = new Scene().listener(1, 8888);
  for (let pair = 0; pair < pairs; pair += 1) {
    scene.client(2 + 2 * pair, 5000 + pair, 8888).accepted(3 + 2 * pair, 1, 8888, 5000 + pair);
  }
  const { journal } = new Told().take(scene.events);
  journal.publish();
  const ladder = new Ladder(journal);
  ladder.update(journal);
  return lanesOf(ladder);
}

const width = 1_000;

function seen(pairs = 20) {
  const sideways = new Sideways();
  const lanes = crowd(pairs);
  sideways.place(lanes, width);
  return { sideways, lanes, lead: new Lead(sideways) };
}

describe('lanes that are wider than the view', () => {
  it('move by as little as brings both ends of a connection into view', () => {
    const { sideways } = seen();
    expect(sideways.holds(['2', '3'])).toBe(true);
    expect(sideways.holds(['40', '41'])).toBe(false);
    sideways.reveal(['40', '41']);
    expect(sideways.holds(['40', '41'])).toBe(true);
    const { left } = sideways;
    sideways.reveal(['38', '39']);
    expect(sideways.left).toBe(left);
    // There is no room for both: the first is the row's own.
    sideways.reveal(['2', '41']);
    expect(sideways.holds(['2'])).toBe(true);
  });

  it('stay where they are when others before them go', () => {
    const { sideways, lanes } = seen();
    sideways.reveal(['40', '41']);
    const before = (sideways.place(lanes, width).at(-1)?.x ?? 0) - sideways.left;
    const fewer = lanes.filter(({ key }) => !['4', '5'].includes(key));
    expect((sideways.place(fewer, width).at(-1)?.x ?? 0) - sideways.left).toBe(before);
  });

  it('are gone through by steps, to both ends and no further', () => {
    const { sideways } = seen();
    for (let step = 0; step < 50; step += 1) sideways.step(1);
    expect(sideways.left).toBe(sideways.spare);
    for (let step = 0; step < 50; step += 1) sideways.step(-1);
    expect(sideways.left).toBe(0);
  });

  it('all fit when they are drawn together, and spread again as one looks closer', () => {
    const { sideways, lanes } = seen();
    sideways.fit();
    expect(headsOf(sideways.place(lanes, width)).every(({ form }) => form !== 'words')).toBe(true);
    expect(sideways.spare).toBe(0);
    for (let step = 0; step < 4; step += 1) sideways.spread(2);
    expect(headsOf(sideways.place(lanes, width)).every(({ form }) => form === 'words')).toBe(true);
  });

  it('follow what is new unless something new is seen already, and no more once they were moved by hand', () => {
    const { sideways, lead } = seen();
    const rows = [
      ['2', '3'],
      ['40', '41'],
      ['2', '3'],
      ['20', '21'],
    ];
    const update = (count: number, follows = true) => {
      lead.update(follows, count, (index) => rows[index] ?? []);
    };
    update(1);
    expect(sideways.left).toBe(0);
    update(2);
    expect(sideways.holds(['40', '41'])).toBe(true);
    sideways.pan(-10_000);
    update(3);
    update(4);
    expect(sideways.left).toBe(0);
    update(4, false);
    update(4);
    expect(sideways.holds(['20', '21'])).toBe(true);
  });

  it('turn like pages while one pair after the other has its say: each is seen, and most find the view at rest', () => {
    const { sideways, lead } = seen();
    const pairOf = (index: number) => [String(2 + 2 * (index % 20)), String(3 + 2 * (index % 20))];
    const lefts: number[] = [];
    for (let row = 0; row < 40; row += 1) {
      lead.update(true, row + 1, pairOf);
      expect(sideways.holds(pairOf(row))).toBe(true);
      lefts.push(sideways.left);
    }
    const turns = lefts.filter((left, at) => at > 0 && left !== lefts[at - 1]).length;
    expect(turns).toBeLessThan(15);
    expect(lefts.at(-1)).toBe(sideways.spare);
  });

  it('are drawn together when anybody speaks anywhere, and turn seldom where not even that shows all', () => {
    const turnsOf = (pairs: number) => {
      const { sideways } = seen(pairs);
      const clock = { ms: 0 };
      const lead = new Lead(sideways, () => clock.ms);
      let [turns, left] = [0, 0];
      for (let row = 0; row < 200; row += 1) {
        clock.ms += 50;
        // Far apart and never in order.
        const pair = (row * 7_919) % pairs;
        lead.update(true, row + 1, () => [String(2 + 2 * pair), String(3 + 2 * pair)]);
        if (sideways.left !== left) turns += 1;
        ({ left } = sideways);
      }
      return { turns, spare: sideways.spare };
    };
    const few = turnsOf(20);
    expect(few.spare).toBe(0);
    expect(few.turns).toBeLessThan(6);
    const many = turnsOf(200);
    expect(many.spare).toBeGreaterThan(0);
    // Ten seconds: three turns, then one in two seconds.
    expect(many.turns).toBeLessThan(12);
  });

  it('keep their listener beside them: its lane is held at the edge while they begin the view', () => {
    const { sideways } = seen();
    const lanes = () => sideways.place(crowd(20), width);
    expect(heldListener(lanes(), sideways.left)).toBeNull();
    sideways.reveal(['40', '41']);
    const held = heldListener(lanes(), sideways.left);
    expect(held?.key).toBe('1');
    expect(held?.x).toBe(sideways.left + measures.ruler + measures.held);
  });
});

describe('heads', () => {
  it('keep numbers whole in a crowd, do not overlap, and join both ends of a connection', () => {
    const heads = headsOf(seen().sideways.place(crowd(20), width));
    for (const [at, { left, width: own, id }] of heads.entries()) {
      const next = heads[at + 1];
      if (next !== undefined) expect(left + own).toBeLessThanOrEqual(next.left + 0.001);
      expect(id).toMatch(/^#\d+$/);
    }
    expect(heads.filter(({ joined }) => joined !== null).map(({ id }) => id)).toContain('#40');
    expect(heads[1]?.tip).toBe('#2 client, 127.0.0.1:5000');
  });

  it('begin right of the corner, however long the first label is', () => {
    const [first] = seen(3).sideways.place(crowd(3), width);
    if (first === undefined) throw new Error('no lane');
    const [head] = headsOf([{ ...first, life: { ...first.life, label: 'y'.repeat(60) } }]);
    expect(head?.left).toBeGreaterThanOrEqual(measures.corner);
    expect(head?.what).toContain('…');
  });

  it('have their port whole on its lane, or as near to it as it is whole', () => {
    const [first, second] = seen(3).sideways.place(crowd(3), width);
    if (first === undefined || second === undefined) throw new Error('no lane');
    const dgram = (lane: typeof first, x: number, label: string) => ({
      ...{ ...lane, x, parts: 1.2, address: { host: '127.0.0.1', port: 40_674 } },
      life: { ...lane.life, socketType: 'dgram' as const, label },
    });
    for (let x = 140; x < 400; x += 1) {
      for (const head of headsOf([dgram(first, 116, 'a long name'), dgram(second, x, 'b')])) {
        const room = head.width / 2 - Math.abs(head.aside);
        expect(head.where.length * 3.3).toBeLessThanOrEqual(room + 0.001);
      }
    }
  });

  it('are shortened in the middle', () => {
    expect(shortened('thermometer-17', 9)).toBe('ther…r-17');
    expect(shortened('short', 9)).toBe('short');
    expect(shortened('anything', 2)).toBe('');
  });
});
