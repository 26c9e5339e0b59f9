import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Address } from '@socket-playground/shared/events/address.ts';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../../test/eventually.ts';
import type { Result } from '../../result.ts';
import { must, openBench } from './bench.ts';
import { bound, text } from './conversation.ts';
import type { Kind } from './kinds.ts';

const nobody = 65_534;
/** One entry for each descriptor of this process (proc(5)). */
const descriptors = '/proc/self/fd';

/** Runs something without the administrator's rights, where the tests have them. */
async function asNobody<Value>(run: () => Promise<Value>): Promise<Value> {
  if (process.geteuid?.() !== 0) return run();
  process.seteuid?.(nobody);
  try {
    return await run();
  } finally {
    process.seteuid?.(0);
  }
}

/** Ports below it are the administrator's (ip(7)). */
function firstOpenPort(): number {
  if (process.platform !== 'linux') return 1024;
  return Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'));
}

export function binding(kind: Kind): void {
  const anyPort = { host: kind.loopback, port: 0 };

  it('opens without a kernel call: opened tells family, type and label', () => {
    const bench = openBench();
    const socket = bench.open({ ...kind, label: 'mine' });
    expect(bench.eventsOf(socket)).toMatchObject([
      { type: 'opened', family: kind.family, socketType: kind.socketType, label: 'mine' },
    ]);
    expect(socket.queued).toBe(0);
  });

  describe('bind', () => {
    it('to port 0 takes a free port, and bound says which', async () => {
      const bench = openBench();
      const { socket, address } = await bound(bench, kind);
      expect(address.host).toBe(kind.loopback);
      expect(address.port).toBeGreaterThan(0);
      expect(bench.eventsOf(socket)).toMatchObject([{ type: 'opened' }, { type: 'bound', local: address }]);
      expect(bench.hub.states.get(socket.id)).toMatchObject({ state: 'bound', local: address });
    });

    it('to a taken port is refused with EADDRINUSE, and the socket can be bound elsewhere', async () => {
      const bench = openBench();
      const holder = await kind.world.callee();
      const socket = bench.open(kind);
      const problem = await bench.refused('EADDRINUSE', 'bind', () => socket.bind(holder.address));
      expect(problem.message).toContain(String(holder.address.port));
      must(await socket.bind(anyPort));
      expect(bench.story(socket)).toEqual(['opened', 'failed', 'bound']);
    });

    it.runIf(existsSync(descriptors))('that is refused again and again keeps no descriptor', async () => {
      const bench = openBench();
      const holder = await kind.world.callee();
      const socket = bench.open(kind);
      const refuse = () => bench.refused('EADDRINUSE', 'bind', () => socket.bind(holder.address));
      await refuse();
      const open = () => readdirSync(descriptors).length;
      const [before, times] = [open(), 20];
      for (let time = 0; time < times; time += 1) await refuse();
      // What else runs here may have opened one meanwhile, but not one each time.
      await eventually(() => expect(open()).toBeLessThan(before + times));
    });

    it('to the same taken port works once it is free', async () => {
      const bench = openBench();
      const holder = await kind.world.callee();
      const socket = bench.open(kind);
      await bench.refused('EADDRINUSE', 'bind', () => socket.bind(holder.address));
      await holder.close();
      expect(must(await socket.bind(holder.address))).toEqual(holder.address);
    });

    it('to an address of another computer is refused with EADDRNOTAVAIL, and the socket can be bound here', async () => {
      const bench = openBench();
      const socket = bench.open(kind);
      await bench.refused('EADDRNOTAVAIL', 'bind', () => socket.bind({ host: kind.foreign, port: 0 }));
      must(await socket.bind(anyPort));
    });

    it.runIf(firstOpenPort() > 1)(
      'to a port of the administrator is refused with EACCES to everyone else',
      async () => {
        const bench = openBench();
        const socket = bench.open(kind);
        const port = firstOpenPort() - 1;
        const bind = () => asNobody(() => socket.bind({ host: kind.loopback, port }));
        expect((await bench.refused('EACCES', 'bind', bind)).hint).toContain('1024');
        must(await socket.bind(anyPort));
      },
    );

    it('twice is refused, also while the first is under way', async () => {
      const bench = openBench();
      const { socket } = await bound(bench, kind);
      await bench.misplaced('already-bound', () => socket.bind(anyPort));

      const hasty = bench.open(kind);
      const [first, second] = await Promise.all([hasty.bind(anyPort), hasty.bind(anyPort)]);
      expect(first.ok).toBe(true);
      expect(second).toMatchObject({ ok: false, problem: { code: 'already-bound' } });
      expect(bench.story(hasty)).toEqual(['opened', 'bound']);
    });

    it('and close at once leave nothing half-made', async () => {
      const bench = openBench();
      const socket = bench.open(kind);
      const [result] = await Promise.all([socket.bind(anyPort), socket.close()]);
      expect(bench.story(socket).at(-1)).toBe('closed');
      expect(bench.story(socket).includes('bound')).toBe(result.ok);
    });

    it('and close in one turn of the event loop are told in order, and refused as called off', async () => {
      const bench = openBench();
      const socket = bench.open(kind);
      const result = await new Promise<Result<Address>>((resolve) =>
        setImmediate(() => {
          resolve(socket.bind(anyPort));
          void socket.close();
        }),
      );
      await bench.next(socket, 'closed');
      expect(result.ok || result.problem.code === 'ECANCELED').toBe(true);
      expect(bench.story(socket).includes('bound')).toBe(result.ok);
    });
  });

  it('before it is connected sends and reads nothing, and says so', async () => {
    const bench = openBench();
    const { socket } = await bound(bench, kind);
    await bench.misplaced('not-connected', () => socket.send(text('x')));
    const early = bench.open(kind);
    await bench.misplaced('not-connected', () => early.send(text('x')));
    const reading = kind.can.sendTo ? 'not-bound' : 'not-connected';
    await bench.misplaced(reading, () => early.pause());
    await bench.misplaced(reading, () => early.resume());
  });

  it('once it is closed refuses everything, and the journal stays as it is', async () => {
    const bench = openBench();
    const { socket, address } = await bound(bench, kind);
    await socket.close();
    const calls = [
      () => socket.bind(anyPort),
      () => socket.connect(address),
      () => socket.send(text('x')),
      () => socket.pause(),
      () => socket.resume(),
      ...kind.options.map((setting) => () => socket.setOption(setting)),
      ...(kind.can.listen ? [() => socket.listen(1)] : []),
      ...(kind.can.end ? [() => socket.shutdown()] : []),
      ...(kind.can.sendTo ? [() => socket.sendTo(text('x'), address)] : []),
    ];
    for (const call of calls) await bench.misplaced('socket-closed', call);
    await socket.close();
    await socket.reset();
    expect(bench.story(socket)).toEqual(['opened', 'bound', 'closed']);
  });
}
