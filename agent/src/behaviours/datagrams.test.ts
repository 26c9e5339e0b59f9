/** Behaviours of datagram sockets, groups and broadcast, and the guard against sockets that answer each other for ever. */
import { networkInterfaces } from 'node:os';
import type { BehaviourConfig } from '@socket-playground/shared/behaviours/index.ts';
import { describe, expect, it } from 'vitest';
import { openScene } from '../../test/scene.ts';
import type { Scene } from '../../test/scene.ts';
import { dgramWorld } from '../sockets/conformance/worlds.ts';
import type { Outsider } from '../sockets/conformance/worlds.ts';

const here = '127.0.0.1';
const outside = dgramWorld(here);
const dgram = { socketType: 'dgram' } as const;
const daytime = 'Saturday, November 21, 2026 04:24:05-UTC\r\n';

const say = (peer: Outsider, words: string) => peer.say(Buffer.from(words));
const hears = (peer: Outsider, count: number) => peer.until(({ heard }) => heard.length === count);

describe('each datagram gets its answer', () => {
  it.each<{ behaviour: BehaviourConfig; answers: readonly string[] }>([
    { behaviour: { name: 'echo' }, answers: ['aB', ''] },
    { behaviour: { name: 'ok' }, answers: ['OK...aB', 'OK...'] },
    { behaviour: { name: 'upper' }, answers: ['AB', ''] },
    { behaviour: { name: 'daytime' }, answers: [daytime, daytime] },
    { behaviour: { name: 'time' }, answers: ['eeab9b65', 'eeab9b65'] },
  ])('$behaviour.name', async ({ behaviour, answers }) => {
    const scene = openScene();
    const { local } = await scene.serve(behaviour, dgram);
    const peer = await outside.call(local);
    say(peer, 'aB');
    await hears(peer, 1);
    say(peer, '');
    await hears(peer, 2);
    const encoding = behaviour.name === 'time' ? 'hex' : 'utf8';
    expect(peer.heard.map((data) => data.toString(encoding))).toEqual(answers);
  });

  it('chargen: of 0 to 512 characters', async () => {
    const scene = openScene();
    const { local } = await scene.serve({ name: 'chargen' }, dgram);
    const peer = await outside.call(local);
    for (let count = 1; count <= 20; count += 1) {
      say(peer, '');
      await hears(peer, count);
    }
    expect(Math.max(...peer.heard.map(({ length }) => length))).toBeLessThanOrEqual(512);
  });

  it('discard and none: of nobody', async () => {
    const scene = openScene();
    for (const name of ['discard', 'none'] as const) {
      const { socket, local } = await scene.serve({ name }, dgram);
      const peer = await outside.call(local);
      say(peer, 'anybody?');
      await scene.next(socket, 'received');
      expect(scene.story(socket)).not.toContain('sent');
    }
  });

  it('to the one who asked, with many asking at once', async () => {
    const scene = openScene();
    const { local } = await scene.serve({ name: 'ok' }, dgram);
    const peers = await Promise.all(Array.from({ length: 50 }, () => outside.call(local)));
    peers.forEach((peer, number) => say(peer, String(number)));
    await Promise.all(peers.map((peer) => hears(peer, 1)));
    expect(peers.map(({ heard }) => String(heard[0]))).toEqual(peers.map((_, number) => `OK...${number}`));
  });

  it.each(['echo', 'ok'] as const)('%s once: the first, and then the socket is closed', async (name) => {
    const scene = openScene();
    const { socket, local } = await scene.serve({ name, once: true }, dgram);
    const peer = await outside.call(local);
    say(peer, 'first');
    await hears(peer, 1);
    await scene.next(socket, 'closed');
    expect(scene.story(socket).slice(-3)).toEqual(['received', 'sent', 'closed']);
    expect(String(peer.heard[0])).toBe(name === 'ok' ? 'OK...first' : 'first');
  });

  it('also from a connected socket, and behave changes it live', async () => {
    const scene = openScene();
    const callee = await outside.callee();
    const { socket, local } = await scene.dial(callee.address, { ...dgram, behaviour: { name: 'upper' } });
    const peer = await callee.caller();
    peer.meet(local);
    say(peer, 'a');
    await hears(peer, 1);
    await scene.run({ type: 'behave', socket, behaviour: { name: 'ok' } });
    say(peer, 'b');
    await hears(peer, 2);
    expect(peer.heard.map(String)).toEqual(['A', 'OK...b']);
  });

  it('or, where the queue has no room for it, the reason is in the log', async () => {
    const scene = openScene({ limits: { sendQueueBytes: 10 } });
    const { socket, local } = await scene.serve({ name: 'echo' }, dgram);
    const peer = await outside.call(local);
    say(peer, 'more than it holds');
    expect(await scene.next(socket, 'failed')).toMatchObject({ during: 'behave', code: 'queue-full' });
    say(peer, 'fits');
    await hears(peer, 1);
  });

  it('as often as it asks, from a connected socket too', async () => {
    const scene = openScene({ limits: { loopAnswers: 3 } });
    const callee = await outside.callee();
    const { socket, local } = await scene.dial(callee.address, { ...dgram, behaviour: { name: 'echo' } });
    const peer = await callee.caller();
    peer.meet(local);
    for (let count = 1; count <= 10; count += 1) {
      say(peer, 'x');
      await hears(peer, count);
    }
    expect(scene.failures(socket)).toEqual([]);
  });
});

describe('sockets that answer every datagram do not feed each other for ever', () => {
  /** Counts what a socket sent once nothing is under way any more: another pair's round trip has passed. */
  async function sentAtRest(scene: Scene, socket: number): Promise<number> {
    const { local } = await scene.serve({ name: 'echo' }, dgram);
    const peer = await outside.call(local);
    for (let round = 1; round <= 20; round += 1) {
      say(peer, 'x');
      await hears(peer, round);
    }
    return scene.state(socket)?.eventsSent ?? 0;
  }

  it.each<BehaviourConfig>([{ name: 'echo' }, { name: 'chargen' }, { name: 'ok' }, { name: 'daytime' }])(
    'echo, made to send to $name of ours: refused out loud, once',
    async (facing) => {
      const scene = openScene();
      const echo = await scene.serve({ name: 'echo' }, dgram);
      const other = await scene.serve(facing, dgram);
      for (let count = 0; count < 3; count += 1) {
        const data = { text: 'go' };
        await scene.run({ type: 'sendto', socket: echo.socket, ...other.local, data });
      }
      await scene.waitFor('failed', ({ code }) => code === 'behaviour-loop');
      const before = await sentAtRest(scene, echo.socket);
      expect(before).toBeLessThan(10);
      expect(await sentAtRest(scene, echo.socket)).toBe(before);
      const failures = [...scene.failures(echo.socket), ...scene.failures(other.socket)];
      expect(failures.every((failure) => failure === 'behave behaviour-loop')).toBe(true);
      expect(failures.length).toBeLessThanOrEqual(2);
      expect(scene.state(echo.socket)).toMatchObject({ state: 'bound' });
    },
  );

  it('dial with an answering behaviour to an answering socket of ours is refused without a trace', async () => {
    const scene = openScene();
    const { local } = await scene.serve({ name: 'echo' }, dgram);
    const dial = { type: 'dial', ...dgram, ...local, behaviour: { name: 'chargen' } } as const;
    await scene.refusedSilently('behaviour-loop', dial);
  });

  it('a call by hand is known as one, also after an answer that was too long to send', async () => {
    const scene = openScene({ limits: { loopAnswers: 3 } });
    const { socket, local } = await scene.serve({ name: 'ok' }, dgram);
    const peer = await outside.call(local);
    peer.say(Buffer.alloc(65_507));
    expect(await scene.next(socket, 'failed')).toMatchObject({ during: 'sendto', code: 'EMSGSIZE' });
    await scene.run({ type: 'sendto', socket, ...peer.address, data: { text: 'by hand' } });
    for (let said = 0; said < 5; said += 1) say(peer, 'x');
    await scene.waitFor('failed', ({ code }) => code === 'behaviour-loop');
    expect(await sentAtRest(scene, socket)).toBe(4);
  });

  it.each([here, '0.0.0.0'])(
    'with an outside echo, called at %s, the answers are capped, visibly, and others still served',
    async (host) => {
      const scene = openScene({ limits: { loopAnswers: 50 } });
      const { socket, local } = await scene.serve({ name: 'ok' }, dgram);
      const callee = await outside.callee();
      const echo = await callee.caller();
      let echoed = 0;
      const mirror = echo.until(({ heard }) => {
        for (; echoed < heard.length; echoed += 1)
          echo.say(Buffer.from(heard[echoed]?.subarray(0, 100) ?? []));
        return heard.length > 50;
      });
      await scene.run({ type: 'sendto', socket, ...callee.address, host, data: { text: 'go' } });
      await mirror;
      expect(await scene.next(socket, 'failed')).toMatchObject({ during: 'behave', code: 'behaviour-loop' });
      expect(await sentAtRest(scene, socket)).toBe(51);
      const peer = await outside.call(local);
      for (let count = 1; count <= 60; count += 1) {
        say(peer, 'x');
        await hears(peer, count);
      }
      expect(scene.failures(socket)).toHaveLength(1);
    },
  );
});

describe('groups', () => {
  it('two members on loopback hear what is sent to the group, until one leaves', async () => {
    const scene = openScene({ expose: true });
    const group = '239.255.77.1';
    const membership = { group, interface: here };
    const join = async (port: number) => {
      const socket = await scene.open('dgram');
      await scene.run({ type: 'setsockopt', socket, option: 'addMembership', value: membership });
      const { local } = await bindOf(scene, socket, port, group);
      return { socket, port: local.port };
    };
    const one = await join(0);
    const other = await join(one.port);
    const sender = await scene.open('dgram');
    await bindOf(scene, sender, 0, here);
    const send = (text: string) =>
      scene.run({ type: 'sendto', socket: sender, host: group, port: one.port, data: { text } });
    await send('to all');
    await Promise.all([one, other].map(({ socket }) => scene.next(socket, 'received')));
    expect(scene.story(one.socket)).toEqual(['opened', 'bound', 'option-set', 'received']);

    await scene.run({ type: 'setsockopt', socket: one.socket, option: 'dropMembership', value: membership });
    const dropped = scene.mark;
    await send('to the rest');
    await scene.next(other.socket, 'received', dropped);
  });

  it('are joined without --expose on loopback alone', async () => {
    const scene = openScene();
    const socket = await scene.open('dgram');
    const join = (value: { group: string; interface?: string }) =>
      ({ type: 'setsockopt', socket, option: 'addMembership', value }) as const;
    await scene.refusedSilently('policy-join', join({ group: '239.1.2.3' }));
    await scene.refusedSilently('policy-join', join({ group: '239.1.2.3', interface: '0.0.0.0' }));
    await scene.run(join({ group: '239.1.2.3', interface: here }));
    await scene.run(join({ group: '239.1.2.4', interface: here }));
    await bindOf(scene, socket, 0, here);
    expect(scene.story(socket)).toEqual(['opened', 'bound', 'option-set', 'option-set']);
    await scene.refused('EADDRINUSE', join({ group: '239.1.2.4', interface: here }));
  });

  it('of IPv6 joined at ::1 are joined on the loopback interface, not where the kernel would choose', async () => {
    const scene = openScene();
    const socket = await scene.open('dgram', 'inet6');
    await bindOf(scene, socket, 0, '::1');
    const value = { group: 'ff02::7777', interface: '::1' };
    await scene.run({ type: 'setsockopt', socket, option: 'addMembership', value });
    const zone = Object.entries(networkInterfaces()).find(([, entries]) =>
      entries?.some(({ address }) => address === '::1'),
    );
    // The same again, named by its zone, is a second time: EADDRINUSE. A scene with --expose may name zones.
    const exposed = openScene({ expose: true });
    const twice = await exposed.open('dgram', 'inet6');
    await bindOf(exposed, twice, 0, '::1');
    await exposed.run({ type: 'setsockopt', socket: twice, option: 'addMembership', value });
    const named = { group: 'ff02::7777', interface: `::%${zone?.[0] ?? ''}` };
    await exposed.refused('EADDRINUSE', {
      type: 'setsockopt',
      socket: twice,
      option: 'addMembership',
      value: named,
    });
  });

  it('that are none are refused with EINVAL, before bind as after, and the socket works on', async () => {
    const scene = openScene();
    const value = { group: '10.1.2.3', interface: here };
    const socket = await scene.open('dgram');
    await scene.run({ type: 'setsockopt', socket, option: 'addMembership', value });
    await bindOf(scene, socket, 0, here);
    expect(scene.failures(socket)).toEqual(['setsockopt EINVAL']);
    const again = { type: 'setsockopt', socket, option: 'addMembership', value } as const;
    expect(await scene.refused('EINVAL', again)).toMatchObject({ field: 'value' });
  });
});

describe('broadcast', () => {
  it('needs its option: EACCES without it', async () => {
    const scene = openScene({ allow: [] });
    const socket = await scene.open('dgram');
    const { local } = await bindOf(scene, socket, 0, here);
    const sendto = {
      type: 'sendto',
      socket,
      host: '127.255.255.255',
      port: local.port,
      data: { text: 'x' },
    } as const;
    expect(await scene.refused('EACCES', sendto)).toMatchObject({ errno: 13 });
    await scene.run({ type: 'setsockopt', socket, option: 'broadcast', value: true });
    await scene.run(sendto);
    expect(scene.story(socket).at(-1)).toBe('sent');
  });
});

async function bindOf(scene: Scene, socket: number, port: number, host: string) {
  await scene.run({ type: 'bind', socket, host, port });
  return scene.next(socket, 'bound');
}
