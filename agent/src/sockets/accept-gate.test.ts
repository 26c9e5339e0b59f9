import { describe, expect, it, vi } from 'vitest';
import { AcceptGate } from './accept-gate.ts';
import type { Shortage } from './accept-gate.ts';

/** A process with 100 descriptors, `open` of them in use, and one listener. */
function scene() {
  const world = { open: 20, looks: 0 };
  const gate = new AcceptGate({
    descriptors: {
      most: 100,
      open: () => {
        world.looks += 1;
        return world.open;
      },
    },
    spare: 10,
    lookMs: 50,
  });
  const shut: Shortage[] = [];
  const door = { isOpen: true, shut: (found: Shortage) => void shut.push(found), open: vi.fn() };
  gate.hold(door);
  const accept = () => {
    world.open += 1;
    gate.taken();
  };
  const close = () => {
    world.open -= 1;
    gate.freed();
  };
  return { world, gate, shut, door, accept, close };
}

describe('the gate of listeners', () => {
  it('is shut when only the spare descriptors are left, and looks seldom before', () => {
    const { world, shut, accept } = scene();
    while (shut.length === 0) accept();
    expect(world.open).toBe(90);
    expect(shut).toEqual([{ left: 10, most: 100, shortage: 1 }]);
    expect(world.looks).toBeLessThan(12);
  });

  it('is shut in time when others take descriptors between two looks', () => {
    const { world, shut, accept } = scene();
    accept();
    world.open += 35;
    while (shut.length === 0) accept();
    expect(world.open).toBeLessThan(100);
  });

  it('lets one in for each that goes; the shortage is the same until there is room for more', () => {
    const { shut, door, accept, close } = scene();
    while (shut.length === 0) accept();
    for (let round = 1; round <= 3; round += 1) {
      close();
      expect(door.open).toHaveBeenCalledTimes(round);
      accept();
    }
    expect(shut.map(({ shortage }) => shortage)).toEqual([1, 1, 1, 1]);
    for (let gone = 0; gone < 10; gone += 1) close();
    for (let come = 0; come < 10; come += 1) accept();
    expect(shut.at(-1)?.shortage).toBe(2);
  });

  it('looks by itself while it is shut, and tells who comes meanwhile', () => {
    vi.useFakeTimers();
    const { world, gate, shut, door, accept } = scene();
    while (shut.length === 0) accept();
    const late = { shut: vi.fn(), open: vi.fn() };
    const letGo = gate.hold(late);
    expect(late.shut).toHaveBeenCalledWith(shut[0]);
    world.open = 50;
    vi.advanceTimersByTime(50);
    expect([door.open, late.open].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    letGo();
    while (shut.length === 1) accept();
    expect(late.shut).toHaveBeenCalledTimes(1);
    vi.useRealTimers();
  });

  it('stays open where nobody can tell', () => {
    const gate = new AcceptGate({ descriptors: null, spare: 10, lookMs: 50 });
    const door = { shut: vi.fn(), open: vi.fn() };
    gate.hold(door);
    for (let taken = 0; taken < 1_000; taken += 1) gate.taken();
    expect(door.shut).not.toHaveBeenCalled();
    expect(gate.room.left).toBe(Number.POSITIVE_INFINITY);
  });
});
