import { describe, expect, it } from 'vitest';
import { connectionStates } from '@socket-playground/shared/kernel/view.ts';
import type { KernelSocket } from '@socket-playground/shared/kernel/view.ts';
import { stateMeanings } from '@socket-playground/shared/kernel/states.ts';
import type { Glimpse } from '../../store/kernel-sight.svelte.ts';
import { at, Scene } from '../scene.ts';
import {
  acceptedWords,
  hiddenQueue,
  kernelFacts,
  manualListener,
  nextCaller,
  queueNote,
  queueWords,
  whyNobody,
} from './model.ts';
import { queueOfSize } from './testing.ts';

const hidden: Glimpse = { is: 'unavailable', reason: 'system' };
const unknown: Glimpse = { is: 'unknown' };
const talking = { socket: 1, state: 'ESTABLISHED', sendQueue: 0, receiveQueue: 0, timer: null } as const;
const seen = (as: Partial<Exclude<KernelSocket, { state: 'LISTEN' }>>): Glimpse => ({
  is: 'seen',
  as: { ...talking, ...as },
});

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

describe('the kernel’s view of a socket', () => {
  const socket = new Scene().client(1, 5000, 8888).of(1);

  it('has every state’s meaning, with full stops', () => {
    for (const state of connectionStates) {
      expect(kernelFacts(seen({ state }), socket)).toMatchObject({ state, says: stateMeanings[state] });
      expect(stateMeanings[state]).toMatch(/\.$/);
    }
  });

  it.each([
    [{ kind: 'retransmit', seconds: 0.21 }, 'sends again in 0.2 s'],
    [{ kind: 'probe', seconds: 5 }, 'asks the full peer for room in 5.0 s'],
    [{ kind: 'keep-alive', seconds: 44.2 }, 'asks whether the peer is there in 45 s'],
    [{ kind: 'forget', seconds: 56.4 }, 'forgotten in 57 s'],
  ] as const)('tells when a timer runs out: %j', (timer, words) => {
    const { rows } = kernelFacts(seen({ sendQueue: 1, receiveQueue: 12, timer }), socket);
    expect(rows.map(({ value }) => value)).toEqual(['1 byte not acknowledged', '12 bytes not read', words]);
  });

  it.each([
    ['new', new Scene().opened(1), /once it listens or connects/],
    [
      'reset',
      new Scene().client(1, 5, 80).happens(1, { type: 'reset', by: 'remote' }, { type: 'closed' }),
      /RST/,
    ],
    ['closed', new Scene().client(1, 5, 80).happens(1, { type: 'closed' }), /nothing is left of it/],
    ['connected', new Scene().client(1, 5, 80), /^Not in the kernel’s table\.$/],
  ])('says why a socket is in no table: %s', (_, scene, says) => {
    expect(kernelFacts({ is: 'absent' }, scene.of(1))).toMatchObject({ state: null, rows: [] });
    expect(kernelFacts({ is: 'absent' }, scene.of(1)).says).toMatch(says);
  });

  it('is never guessed', () => {
    expect(kernelFacts(hidden, socket).says).toContain('Not visible on this system');
    expect(kernelFacts({ is: 'unavailable', reason: 'recording' }, socket).says).toContain('A recording');
    expect(kernelFacts(unknown, socket).says).toBe('Not known at the moment.');
  });
});
