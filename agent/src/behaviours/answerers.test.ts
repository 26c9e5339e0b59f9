import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Answerers } from './answerers.ts';
import { leadsTo } from './leads-to.ts';

const hosts = [
  '127.0.0.1',
  '127.0.0.2',
  '0.0.0.0',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:0.0.0.0',
  '10.1.2.3',
  'fe80::1%lo',
] as const;
const places = fc.record({ host: fc.constantFrom(...hosts), port: fc.integer({ min: 1, max: 3 }) });
const changes = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.option(places)), { maxLength: 20 });

describe('sockets that answer by themselves', () => {
  it('are reached by exactly the addresses that lead to one of them, however they come, move and go', () => {
    fc.assert(
      fc.property(changes, places, (steps, remote) => {
        const answerers = new Answerers();
        const open = new Map<number, (typeof steps)[number][1]>();
        for (const [socket, local] of steps) {
          answerers.put(socket, local);
          open.set(socket, local);
        }
        const leads = [...open.values()].some((local) => local !== null && leadsTo(remote, local));
        expect(answerers.reachedBy(remote)).toBe(leads);
      }),
      { numRuns: 2_000 },
    );
  });
});
