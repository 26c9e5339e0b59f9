import { expect, it } from 'vitest';
import { crowdOf } from './crowd.ts';
import { packet, sceneOf, turned, view } from './testing.ts';
import type { Packet } from './testing.ts';

/** What passed on each line of px from the first packet's on, beside which lane and how far. */
function crowdsOf(...packets: readonly Packet[]) {
  const { scene, y: top } = sceneOf(...packets);
  const laneAt = new Map([...scene.lanes.values()].map(({ x, key }) => [x, key]));
  const { crowds } = crowdOf(scene, view);
  return crowds.map(({ x, y, height, tone, reach }) => {
    const goesLeft = reach < 0 ? 'left' : 'right';
    return [y - Math.floor(top), height, laneAt.get(x), goesLeft, tone].join(' ');
  });
}

it('one conversation in a crowd is drawn, also the first of a capture', () => {
  expect(crowdsOf(packet(1, 5000, 'client'), packet(1, 5000, 'server'), packet(1, 5000, 'server'))).toEqual([
    '0 1 -1 left go',
    '1 2 -1 left back',
  ]);
});

it('of two conversations each is drawn at its own lanes', () => {
  const [one, two] = [packet(1, 5000, 'client'), packet(2, 5001, 'server')];
  expect(crowdsOf(one, two, two, one)).toEqual(['0 1 -1 left go', '3 1 -1 left go', '1 2 -2 left back']);
});

it('what nobody knows the side of goes where its addresses say, as when looked at closely', () => {
  const first = packet(1, 5000, null);
  expect(crowdsOf(first, turned(first), first)).toEqual([
    '0 1 -1 left go',
    '1 1 -1 left back',
    '2 1 -1 left go',
  ]);
});

it('what belongs to no conversation has no place in it', () => {
  expect(crowdsOf(packet(null, 0, null))).toEqual([]);
});
