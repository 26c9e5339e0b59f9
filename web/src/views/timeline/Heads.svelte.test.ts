import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../lib/styles.ts';
import { Told } from '../../store/testing/told.ts';
import { Scene } from '../scene.ts';
import Heads from './Heads.svelte';
import { Ladder } from './ladder.ts';
import { lanesOf } from './lanes.ts';
import { measures } from './limits.ts';
import { Sideways } from './sideways.ts';

it('a lane in view keeps its number where its words would begin under the corner', async () => {
  const scene = new Scene();
  for (const socket of [1, 2, 3, 4]) scene.listener(socket, 8000 + socket);
  const { journal } = new Told().take(scene.events);
  journal.publish();
  const ladder = new Ladder(journal);
  ladder.update(journal);
  const lanes = new Sideways().place(lanesOf(ladder), 720);
  const seen = () => [...document.querySelectorAll('.heads > [title]')].map((head) => head.textContent);
  const second = lanes[1]?.x ?? 0;
  const props = { lanes, held: null, width: 720, spare: 300, format: 'start' as const };
  const { rerender } = await render(Heads, { ...props, left: second - measures.corner - 10 });
  expect(seen()[0]).toBe('#2');
  expect(seen()[1]).toContain('#3 echo');
  await rerender({ left: second - measures.corner + 10 });
  expect(seen()[0]).toContain('#3 echo');
});
