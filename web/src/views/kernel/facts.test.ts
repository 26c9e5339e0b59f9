import { describe, expect, it } from 'vitest';
import { connectionStates } from '@socket-playground/shared/kernel/view.ts';
import type { KernelSocket } from '@socket-playground/shared/kernel/view.ts';
import { stateMeanings } from '@socket-playground/shared/kernel/states.ts';
import type { Glimpse } from '../../store/asked/kernel-sight.svelte.ts';
import { Scene } from '../scene.ts';
import { kernelFacts } from './facts.ts';

const hidden: Glimpse = { is: 'unavailable', reason: 'system' };
const unknown: Glimpse = { is: 'unknown' };
const talking = { socket: 1, state: 'ESTABLISHED', sendQueue: 0, receiveQueue: 0, timer: null } as const;
const seen = (as: Partial<Exclude<KernelSocket, { state: 'LISTEN' }>>): Glimpse => ({
  is: 'seen',
  as: { ...talking, ...as },
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
