import { describe, expect, it } from 'vitest';
import type { Glimpse } from '../../store/asked/kernel-sight.svelte.ts';
import { at, Scene } from '../scene.ts';
import {
  acceptedWords,
  hiddenQueue,
  manualListener,
  nextCaller,
  queueNote,
  queueWords,
  whyNobody,
} from './model.ts';
import { queueOfSize } from './testing.ts';

const hidden: Glimpse = { is: 'unavailable', reason: 'system' };
const unknown: Glimpse = { is: 'unknown' };

const manual = (socket: number, port = 8888) =>
  new Scene()
    .opened(socket)
    .happens(
      socket,
      { type: 'bound', local: at(port) },
      { type: 'listening', local: at(port), backlog: 2, accept: 'manual' },
    );

describe('who waits to be accepted', () => {
  it.each([
    [queueOfSize(0, 3), 'none waits', 'Nobody waits.'],
    [queueOfSize(1, 3), '1 of 3 waits', null],
    [queueOfSize(3, 3), '3 of 3 wait', null],
    [hidden, hiddenQueue, null],
    [unknown, null, null],
  ])('%j: %s', (glimpse, words, why) => {
    expect([queueWords(glimpse), whyNobody(glimpse)]).toEqual([words, why]);
  });

  it('is sampled where it is known, and says so', () => {
    expect(queueNote(queueOfSize(2, 3)).says).toBe('2 of 3 wait, sampled');
    expect(queueNote(hidden)).toEqual({ queue: null, says: hiddenQueue });
    expect(queueNote(unknown)).toEqual({ queue: null, says: 'accepts one by one' });
  });

  it('tells what happens to the next caller', () => {
    expect(nextCaller({ waiting: 2, room: 3 })).toContain('is through at once');
    expect(nextCaller({ waiting: 3, room: 3 })).toContain('The queue is full');
  });

  it('tells what an accept came to', () => {
    expect(acceptedWords(1, { connection: 5 })).toBe('#1 accepted #5.');
    expect(acceptedWords(1, { connection: null })).toBe('Nobody waited at #1.');
  });
});

describe('the listener meant by "accept"', () => {
  it('is the selected one, that of the selected connection, or the newest', () => {
    const scene = manual(1).accepted(2, 1, 8888, 5000);
    scene
      .opened(3)
      .happens(
        3,
        { type: 'bound', local: at(9) },
        { type: 'listening', local: at(9), backlog: 1, accept: 'manual' },
      );
    scene.listener(4, 10);
    const meant = [1, 2, 3, 4, null].map((selected) => manualListener(scene.sockets, selected));
    expect(meant).toEqual([1, 1, 3, 3, 3]);
  });

  it('is none where all accept by themselves, or are closed', () => {
    expect(manualListener(new Scene().listener(1, 80).sockets, 1)).toBeNull();
    expect(manualListener(manual(1).happens(1, { type: 'closed' }).sockets, 1)).toBeNull();
  });
});
