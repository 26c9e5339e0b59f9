import { EventEmitter, once } from 'node:events';
import type { Family } from '@socket-playground/shared/events/address.ts';
import { describe, expect, it } from 'vitest';
import { DropSampler } from './drop-sampler.ts';
import type { DropWatch } from './drop-sampler.ts';

interface FakeSocket {
  readonly family: Family;
  readonly port: number;
  readonly inode: number;
  drops: number;
  uneasy: boolean;
  readonly dropped: number[];
  readonly watch: DropWatch;
}

/** A kernel with a table that the test writes, and a clock that the test moves. */
class FakeKernel {
  readonly reads: Family[] = [];
  readonly #sockets: FakeSocket[] = [];
  readonly #due: (() => void)[] = [];
  /** Set to leave a look hanging in its read. */
  hold: Promise<unknown> | null = null;
  hidden = new Set<number>();
  readonly sampler = new DropSampler(
    {
      read: async (family) => {
        this.reads.push(family);
        const table = this.#table(family);
        await this.hold;
        return table;
      },
      inodeOf: (descriptor) => (descriptor < 0 ? null : descriptor + 1_000),
    },
    (callback) => this.#due.push(callback),
  );

  open(descriptor: number, port: number, family: Family = 'inet'): FakeSocket {
    const dropped: number[] = [];
    const state = { family, port, inode: descriptor + 1_000, drops: 0, uneasy: false, dropped };
    const watch = this.sampler.watch({
      descriptor,
      family,
      port,
      isUneasy: () => socket.uneasy,
      dropped: (count) => dropped.push(count),
    });
    if (watch === null) throw new Error('not watched');
    const socket: FakeSocket = Object.assign(state, { watch });
    this.#sockets.push(socket);
    return socket;
  }

  get looksDue(): number {
    return this.#due.length;
  }

  /** Lets the time come for the look that is due, and waits until it is over. */
  async pass(): Promise<void> {
    this.#due.shift()?.();
    await settled();
  }

  #table(family: Family): Uint8Array {
    const rows = this.#sockets
      .filter((socket) => socket.family === family && !this.hidden.has(socket.inode))
      .map(({ port, inode, drops }) => {
        const local = `00000000:${port.toString(16).toUpperCase().padStart(4, '0')}`;
        return `1: ${local} 0:0 07 0:0 00:0 0 0 0 ${inode} 2 0 ${drops}\n`;
      });
    return new TextEncoder().encode(`header\n${rows.join('')}`);
  }
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('drops of the kernel', () => {
  it('are looked for after traffic, each counted once, and then no more', async () => {
    const kernel = new FakeKernel();
    const socket = kernel.open(3, 9000);
    expect(kernel.looksDue).toBe(0);
    socket.watch.stir();
    socket.watch.stir();
    expect(kernel.looksDue).toBe(1);
    socket.drops = 5;
    await kernel.pass();
    expect(socket.dropped).toEqual([5]);
    expect(kernel.looksDue).toBe(0);
    socket.drops = 7;
    socket.watch.stir();
    await kernel.pass();
    expect(socket.dropped).toEqual([5, 2]);
    socket.watch.stir();
    await kernel.pass();
    expect(socket.dropped).toEqual([5, 2]);
    expect(kernel.reads).toHaveLength(3);
  });

  it('are looked for again after a look that failed, and its socket can still end', async () => {
    const kernel = new FakeKernel();
    const socket = kernel.open(3, 9000);
    kernel.hold = Promise.reject(new Error('the table cannot be read'));
    socket.watch.stir();
    await expect(kernel.sampler.look()).rejects.toThrow('cannot be read');
    kernel.hold = null;
    socket.drops = 5;
    await socket.watch.end();
    expect(socket.dropped).toEqual([5]);
  });

  it('are looked for again and again while a socket does not read', async () => {
    const kernel = new FakeKernel();
    const socket = kernel.open(3, 9000);
    socket.uneasy = true;
    socket.watch.stir();
    for (const drops of [1, 4, 4, 9]) {
      socket.drops = drops;
      await kernel.pass();
    }
    expect(socket.dropped).toEqual([1, 3, 5]);
    socket.uneasy = false;
    await kernel.pass();
    expect(kernel.looksDue).toBe(0);
  });

  it('belong to the socket with the inode, the port and the family of the row', async () => {
    const kernel = new FakeKernel();
    const one = kernel.open(3, 5353);
    const other = kernel.open(4, 5353);
    const six = kernel.open(5, 5353, 'inet6');
    one.drops = 2;
    other.drops = 3;
    six.drops = 4;
    for (const { watch } of [one, other, six]) watch.stir();
    await kernel.pass();
    expect([one, other, six].map(({ dropped }) => dropped)).toEqual([[2], [3], [4]]);
    expect(kernel.reads).toEqual(['inet', 'inet6']);
  });

  it('cost one reading of a table for all its sockets, and none of the other table', async () => {
    const kernel = new FakeKernel();
    for (let descriptor = 0; descriptor < 50; descriptor += 1) {
      const socket = kernel.open(descriptor, 2_000 + descriptor, 'inet6');
      socket.drops = 1;
      socket.watch.stir();
    }
    kernel.open(60, 60);
    expect(kernel.looksDue).toBe(1);
    await kernel.pass();
    expect(kernel.reads).toEqual(['inet6']);
  });

  it('are counted once more when the socket is about to close, and never after', async () => {
    const kernel = new FakeKernel();
    const socket = kernel.open(3, 9000);
    socket.drops = 6;
    await socket.watch.end();
    expect(socket.dropped).toEqual([6]);
    socket.drops = 8;
    socket.watch.stir();
    await kernel.pass();
    expect(socket.dropped).toEqual([6]);
  });

  it('are asked for twice at the end when the table passed over the row', async () => {
    const kernel = new FakeKernel();
    const socket = kernel.open(3, 9000);
    kernel.hidden.add(socket.inode);
    socket.drops = 6;
    await socket.watch.end();
    expect(kernel.reads).toHaveLength(2);
    expect(socket.dropped).toEqual([]);
  });

  it('are not counted twice by a look at the end that comes during another, and not with what that one saw', async () => {
    const kernel = new FakeKernel();
    const socket = kernel.open(3, 9000);
    const gate = new EventEmitter();
    kernel.hold = once(gate, 'open');
    socket.drops = 2;
    socket.watch.stir();
    await kernel.pass();
    socket.drops = 5;
    const ended = Promise.all([socket.watch.end(), kernel.open(4, 9001).watch.end()]);
    await settled();
    expect(kernel.reads).toHaveLength(1);
    gate.emit('open');
    await ended;
    expect(socket.dropped).toEqual([2, 3]);
    expect(kernel.reads).toHaveLength(2);
  });

  it('go round at 2^32', async () => {
    const kernel = new FakeKernel();
    const socket = kernel.open(3, 9000);
    socket.drops = 2 ** 32 - 1;
    socket.watch.stir();
    await kernel.pass();
    socket.drops = 1;
    socket.watch.stir();
    await kernel.pass();
    expect(socket.dropped).toEqual([2 ** 32 - 1, 2]);
  });

  it('are not spoken of where the kernel does not tell: there is no watch', () => {
    const watched = {
      descriptor: 3,
      family: 'inet',
      port: 1,
      isUneasy: () => true,
      dropped: () => undefined,
    } as const;
    expect(new DropSampler(null).watch(watched)).toBeNull();
    expect(new FakeKernel().sampler.watch({ ...watched, descriptor: -1 })).toBeNull();
  });
});
