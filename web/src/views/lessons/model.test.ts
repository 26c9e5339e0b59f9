import { describe, expect, it } from 'vitest';
import { goOnWith, markOf, nextLesson } from '../../lessons/catalogue.ts';
import type { Catalogue, ListedLesson } from '../../lessons/catalogue.ts';
import { Scene } from '../scene.ts';
import { Sockets } from '../../store/sockets/sockets.svelte.ts';
import { moved } from './arrange.ts';
import { listOf, pipsOf, progressWords, unitWords } from './model.ts';
import { proofsOf } from './proof.ts';
import { Journal } from '../../store/journal/journal.svelte.ts';

const lesson = (number: string): ListedLesson => ({
  ...{ id: `unit-${number[0] ?? ''}/l-${number.replace('.', '-')}`, number, title: `Lesson ${number}` },
  ...{ goal: 'Know it.', minutes: 4, steps: ['a', 'b'] },
});
const unit = (number: number, lessons: readonly string[]) => ({
  ...{ number, id: `unit-${number}`, title: `Unit ${number}`, can: 'It.', break: [] },
  lessons: lessons.map(lesson),
});
const catalogue: Catalogue = [unit(1, ['1.1', '1.2']), unit(2, ['2.1'])];
const passed = new Map([
  ['unit-1/l-1-1', ['a', 'b']],
  ['unit-1/l-1-2', ['b', 'gone']],
]);

describe('the list of lessons', () => {
  it('says what is done, begun and new, and how long the rest takes', () => {
    const [first, second] = listOf(catalogue, passed);
    expect(first?.lines.map(({ mark, says }) => [mark, says])).toEqual([
      ['done', '4 min'],
      ['begun', '1 of 2 steps'],
    ]);
    expect(unitWords(first!)).toBe('1 of 2, 4 min left');
    expect(unitWords(second!)).toBe('0 of 1, 4 min left');
    expect(progressWords(catalogue, passed)).toBe('1 of 3 lessons done');
    expect(progressWords(catalogue, new Map())).toBe('3 lessons');
  });

  it('goes on with what was begun, else with what is new', () => {
    expect(goOnWith(catalogue, new Map())?.number).toBe('1.1');
    expect(goOnWith(catalogue, passed)?.number).toBe('1.2');
    const all = new Map(catalogue.flatMap(({ lessons }) => lessons.map(({ id }) => [id, ['a', 'b']])));
    expect(goOnWith(catalogue, all)).toBeUndefined();
    expect(markOf(lesson('1.1'), all)).toBe('done');
  });

  it('leads from one unit into the next', () => {
    expect(nextLesson(catalogue, 'unit-1/l-1-2')?.number).toBe('2.1');
    expect(nextLesson(catalogue, 'unit-2/l-2-1')).toBeUndefined();
    expect(nextLesson(catalogue, 'nowhere/at-all')).toBeUndefined();
  });

  it('shows a unit as pips', () => {
    expect(pipsOf(catalogue, 'unit-1/l-1-2', passed)).toMatchObject({
      pips: ['done', 'now'],
      says: '2 of 2',
      isEnd: true,
    });
    expect(pipsOf(catalogue, 'nowhere/at-all', passed)).toBeNull();
  });
});

describe('what is put in order', () => {
  it('moves by one, and not beyond the ends', () => {
    const order = ['a', 'b', 'c'];
    expect(moved(order, 'b', -1)).toEqual(['b', 'a', 'c']);
    expect(moved(order, 'b', 1)).toEqual(['a', 'c', 'b']);
    expect(moved(order, 'a', -1)).toBe(order);
    expect(moved(order, 'c', 1)).toBe(order);
  });
});

describe('a proof', () => {
  const journal = new Journal();
  const who = new Sockets();
  const scene = new Scene().listener(1, 8888).client(2, 5000, 8888).accepted(3, 1, 8888, 5000);
  scene.says(2, 'sent', 'happy\n').says(3, 'received', 'happy\n');
  for (const event of scene.events) journal.append(event, who.apply(event), who.offsetOf(event));
  const ground = {
    rowOf: (seq: number) => journal.bySeq(seq),
    peerOf: (socket: number) => who.peerOf(socket),
  };
  const seqOf = (type: string, socket: number) =>
    scene.events.find((event) => event.type === type && event.socket === socket)?.seq ?? 0;

  it('quotes its rows with what matters of each', () => {
    const { lines, more } = proofsOf([seqOf('accepted', 3), seqOf('received', 3)], ground);
    expect(lines[0]).toMatchObject({ socket: 3, words: 'accepted, from', address: { port: 5000 } });
    expect(lines[1]).toMatchObject({ socket: 3, words: 'received', mark: { is: 'arrow' } });
    expect(lines[1]?.bytes.map(({ text }) => text).join('')).toBe(String.raw`happy\n`);
    expect(more).toBe(0);
  });

  it('counts those there is no room for, and those that are gone', () => {
    const all = scene.events.map(({ seq }) => seq);
    expect(proofsOf(all, ground)).toMatchObject({ more: all.length - 4 });
    expect(proofsOf([10_000], ground)).toEqual({ lines: [], more: 1 });
  });
});
