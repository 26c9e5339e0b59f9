/** The kernel's view of real sockets, and what is made of a table that a test writes. */
import { verbs } from '@socket-playground/shared/commands/verbs.ts';
import type { Family } from '@socket-playground/shared/events/address.ts';
import type { KernelSocket } from '@socket-playground/shared/kernel/view.ts';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../../test/eventually.ts';
import { openScene } from '../../../test/scene.ts';
import type { Scene } from '../../../test/scene.ts';
import { limits } from '../../limits.ts';
import { streamWorld } from '../conformance/worlds.ts';
import { Closed } from './closed.ts';
import { KernelWindow } from './kernel-window.ts';
import type { TcpTable } from './tables.ts';

const none = { name: 'none' } as const;
const outside = streamWorld('127.0.0.1');
const onLinux = describe.skipIf(process.platform !== 'linux');

async function seen(scene: Scene, socket: number): Promise<KernelSocket | null> {
  const view = await scene.playground.kernel(new Set([socket]));
  if (!view.available) throw new Error('The kernel does not tell.');
  return view.sockets[0] ?? null;
}

const fits = (scene: Scene, socket: number, expected: object | null) =>
  eventually(async () => {
    const found = await seen(scene, socket);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatchObject(expected);
  });

/** Looks are not shared in these tests: each is a new one. */
const openWatched = () => openScene({ limits: { kernelSampleMs: 0 } });

/** A client of ours and the connection a silent server of ours accepted for it. */
async function pair(scene: Scene, host = '127.0.0.1') {
  const { socket: listener, local } = await scene.serve(none, { host });
  const { socket: client } = await scene.dial(local);
  const [server = 0] = await scene.accepted(listener);
  return { listener, client, server };
}

onLinux('the kernel of this machine', () => {
  it('counts who waits at a listener, against how many may', async () => {
    const scene = openWatched();
    const { socket, local } = await scene.serve(none, { accept: 'manual', backlog: 2 });
    await fits(scene, socket, { state: 'LISTEN', waiting: 0, room: 3 });
    for (let waiting = 1; waiting <= 3; waiting += 1) {
      await outside.call(local);
      await fits(scene, socket, { waiting, room: 3 });
    }
    const { connection } = verbs.accept.result.parse(await scene.run({ type: 'accept', socket }));
    await fits(scene, socket, { waiting: 2 });
    await fits(scene, connection ?? 0, { state: 'ESTABLISHED' });
    await scene.run({ type: 'close', socket });
    await fits(scene, socket, null);
  });

  it.each(['127.0.0.1', '::1'])(
    'goes through the states of a connection at %s, to TIME_WAIT',
    async (host) => {
      const scene = openWatched();
      const { client, server } = await pair(scene, host);
      await fits(scene, client, { state: 'ESTABLISHED', sendQueue: 0, receiveQueue: 0 });
      await fits(scene, server, { state: 'ESTABLISHED' });
      await scene.run({ type: 'shutdown', socket: client });
      await fits(scene, client, { state: 'FIN_WAIT2' });
      await fits(scene, server, { state: 'CLOSE_WAIT' });
      await scene.run({ type: 'close', socket: server });
      await scene.next(client, 'closed');
      await fits(scene, client, { state: 'TIME_WAIT', timer: { kind: 'forget' } });
      const last = await seen(scene, client);
      const seconds = last?.state === 'TIME_WAIT' ? (last.timer?.seconds ?? 0) : 0;
      expect(seconds).toBeGreaterThan(50);
      expect(seconds).toBeLessThanOrEqual(60);
      await fits(scene, server, null);
    },
  );

  it('has nothing of a connection that was reset, nor of a socket that is only bound', async () => {
    const scene = openWatched();
    const { client, server } = await pair(scene);
    await scene.run({ type: 'close', socket: client, reset: true });
    await scene.next(server, 'closed');
    for (const socket of [client, server]) await fits(scene, socket, null);
    const fresh = await scene.open();
    await scene.run({ type: 'bind', socket: fresh, host: '127.0.0.1', port: 0 });
    await fits(scene, fresh, null);
  });

  it('counts what is not read yet, and what is not acknowledged', async () => {
    const scene = openWatched();
    const { client, server } = await pair(scene);
    await scene.run({ type: 'pause', socket: server });
    await scene.send(client, 'twelve bytes');
    await fits(scene, server, { receiveQueue: 12 });
    await scene.run({ type: 'send', socket: client, data: { text: 'x'.repeat(12_000_000) } });
    await eventually(async () => {
      const found = await seen(scene, client);
      expect(found?.state === 'ESTABLISHED' && found.sendQueue).toBeGreaterThan(0);
    });
  });

  it('sees a call that nobody answers', async () => {
    const scene = openWatched();
    const socket = await scene.open();
    const call = scene.refused('ECANCELED', { type: 'connect', socket, ...(await outside.mute()) });
    await fits(scene, socket, { state: 'SYN_SENT', timer: { kind: 'retransmit' } });
    await scene.run({ type: 'close', socket });
    await call;
  });

  it('sees both families of a listener on every address', async () => {
    const scene = openScene({ limits: { kernelSampleMs: 0 }, expose: true });
    const { socket, local } = await scene.serve(none, { host: '::' });
    await fits(scene, socket, { state: 'LISTEN' });
    for (const host of ['127.0.0.1', '::1']) {
      const { socket: client } = await scene.dial({ host, port: local.port });
      const accepted = await scene.accepted(socket, host === '::1' ? 2 : 1);
      for (const id of [client, accepted.at(-1) ?? 0]) await fits(scene, id, { state: 'ESTABLISHED' });
    }
  });
});

describe('a look', () => {
  const address = (port: number) => ({ host: '127.0.0.1', port });
  const timeWait = (inode: number): TcpTable => ({
    rows: `   0: 0100007F:0001 0100007F:0002 06 00000000:00000000 03:00000100 00000000 0 0 ${inode} 3 0\n`,
    longestQueue: 128,
  });

  async function closedState() {
    const scene = openScene();
    const { client } = await pair(scene);
    const state = scene.state(client);
    if (state === undefined) throw new Error('It is open.');
    return { ...state, state: 'closed', local: address(1), remote: address(2), closedAt: 0 } as const;
  }

  function windowOn(tables: TcpTable | null) {
    const clock = { now: 1 };
    const reads: Family[] = [];
    const window = new KernelWindow({
      read: (family) => {
        reads.push(family);
        return Promise.resolve(tables);
      },
      states: new Map(),
      callingFrom: () => null,
      now: () => clock.now,
      limits,
    });
    return { window, clock, reads };
  }

  it('says so where the kernel does not tell', async () => {
    const { window } = windowOn(null);
    expect(await window.look(null)).toEqual({ available: false, reason: 'system' });
  });

  it('is shared by all who look within a moment', async () => {
    const { window, clock, reads } = windowOn(timeWait(0));
    await Promise.all([window.look(null), window.look(new Set([1]))]);
    clock.now += limits.kernelSampleMs * 1e6 - 1;
    await window.look(null);
    expect(reads).toEqual(['inet']);
    clock.now += 1;
    await window.look(null);
    expect(reads).toEqual(['inet', 'inet']);
  });

  it('reads the tables that have sockets it is asked about', async () => {
    const closed = await closedState();
    const v6 = {
      local: { host: '::ffff:127.0.0.1', port: 1 },
      remote: { host: '::ffff:127.0.0.1', port: 2 },
    };
    const { window, reads } = windowOn(timeWait(0));
    window.remember({ ...closed, ...v6, socket: 7 });
    window.remember({ ...closed, socket: 8 });
    await window.look(new Set([7]));
    expect(reads).toEqual(['inet6']);
    await window.look(null);
    expect(reads).toEqual(['inet6', 'inet']);
  });

  it.runIf(process.platform === 'linux')(
    'finds closed sockets for a while, and takes no row of another for theirs',
    async () => {
      const closed = await closedState();
      const { window, clock } = windowOn(timeWait(0));
      const others = windowOn(timeWait(77)).window;
      for (const one of [window, others]) one.remember(closed);
      expect(await window.look(null)).toMatchObject({
        sockets: [{ socket: closed.socket, state: 'TIME_WAIT' }],
      });
      expect(await window.look(new Set([closed.socket + 1]))).toMatchObject({ sockets: [] });
      expect(await others.look(null)).toMatchObject({ sockets: [] });
      clock.now += limits.closedRememberedMs * 1e6;
      expect(await window.look(null)).toMatchObject({ sockets: [] });
    },
  );

  it('remembers the latest closed connections, so many', async () => {
    const state = await closedState();
    const closed = new Closed(3, 10);
    for (const socket of [1, 2, 3, 4, 5]) closed.add({ ...state, socket });
    closed.add({ ...state, remote: null });
    const numbers = (now: number) => closed.at(now).map(({ socket }) => socket);
    expect(numbers(9).sort()).toEqual([3, 4, 5]);
    expect(numbers(10)).toEqual([]);
  });
});
