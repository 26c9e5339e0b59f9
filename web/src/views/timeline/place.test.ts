import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Words } from './labels.ts';
import { measures } from './limits.ts';
import { Room } from './place.ts';
import type { Box } from './place.ts';

const boxes = fc.array(
  fc.record({ x: fc.nat(300), y: fc.nat(300), width: fc.nat(60), height: fc.integer({ min: 1, max: 20 }) }),
  { maxLength: 60 },
);
const meet = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('places', () => {
  it('are given only once, and whenever one is free', () => {
    fc.assert(
      fc.property(boxes, (wanted) => {
        const room = new Room();
        const taken: Box[] = [];
        for (const box of wanted) {
          const isFree = !taken.some((other) => meet(box, other));
          expect(room.take([box])).toBe(isFree ? box : null);
          if (isFree) taken.push(box);
        }
      }),
    );
  });
});

describe('words', () => {
  it('stand on the other side when theirs is taken, and nowhere when both are', () => {
    const words = new Words();
    for (const text of ['first', 'second', 'third']) words.beside(300, 50, 1, { text, tone: 'word' });
    expect(words.placed([{ x: 300, y: 50 }], [], 1_000).map(({ text, align }) => [text, align])).toEqual([
      ['first', 'start'],
      ['second', 'end'],
    ]);
  });

  it('keep clear of marks and of the ruler', () => {
    const words = new Words();
    words.beside(measures.ruler + 20, 50, -1, { text: 'to the right', tone: 'word' });
    words.beside(300, 80, 1, { text: 'nowhere', tone: 'word' });
    const marks = [
      { x: 320, y: 80 },
      { x: 280, y: 80 },
    ];
    expect(words.placed(marks, [], 1_000).map(({ text, align }) => [text, align])).toEqual([
      ['to the right', 'start'],
    ]);
  });

  it('of marks that stand together are said in short where there is no room for all: first of all what went wrong', () => {
    const words = new Words();
    words.note(300, 50, 1, { text: 'connect to :9', tone: 'word' });
    words.note(300, 54, 1, { text: 'ECONNREFUSED', tone: 'trouble' });
    words.note(300, 58, 1, { text: 'closed', tone: 'word' });
    words.note(300, 150, 1, { text: 'accept #3', tone: 'word' });
    words.note(300, 154, 1, { text: 'accept #5', tone: 'word' });
    const arrow = { x: 410, y: 150 };
    const left = [
      { x: 200, y: 52 },
      { x: 200, y: 152 },
    ];
    expect(words.placed(left, [arrow], 440).map(({ text }) => text)).toEqual([
      'ECONNREFUSED',
      'accept #3, …',
    ]);
  });

  it('on a line are cut to what fits it', () => {
    const words = new Words();
    const said = (most: number) =>
      ({ text: 'x'.repeat(100).slice(0, most), size: '100', tone: 'go', isBytes: true }) as const;
    words.onLine({ x: 200, y: 50 }, { x: 350, y: 60 }, said);
    words.onLine({ x: 400, y: 50 }, { x: 410, y: 60 }, said);
    const [label, ...none] = words.placed([], [], 1_000);
    expect(none).toEqual([]);
    expect(label?.text.length).toBeGreaterThan(5);
    expect(label?.covers).toBeLessThan(150);
  });
});
