/** Programs of datagram sockets, run by python3: each datagram is told as it was. */
import type { BehaviourConfig } from '@socket-playground/shared/behaviours/index.ts';
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { describe, expect, it } from 'vitest';
import { hasTool } from '../../../scripts/lib/tools.mjs';
import { start } from '../interop/program.ts';
import { openScene } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { socketProgram } from './made.ts';
import { announced, retold } from './retold.ts';

const dgram = { socketType: 'dgram' } as const;

interface World {
  readonly scene: Scene;
  readonly to: Address;
}

/** Sends from an unconnected socket and waits for the answer. */
async function ask({ scene, to }: World, socket: number, text: string): Promise<void> {
  const { mark } = scene;
  await scene.run({ type: 'sendto', socket, ...to, data: { text } });
  await scene.next(socket, 'received', mark);
}

async function unconnected(world: World, family: 'inet' | 'inet6' = 'inet'): Promise<number> {
  const { scene } = world;
  const socket = await scene.open('dgram', family);
  for (const text of ['hello', '', 'bye']) await ask(world, socket, text);
  await scene.run({ type: 'close', socket });
  return socket;
}

async function connected({ scene, to }: World): Promise<number> {
  const { socket } = await scene.dial(to, dgram);
  for (const text of ['one', '', 'three']) {
    const { mark } = scene;
    await scene.send(socket, text);
    await scene.next(socket, 'received', mark);
  }
  await scene.run({ type: 'close', socket });
  return socket;
}

interface ClientScenario {
  readonly name: string;
  readonly host?: string;
  readonly client: (world: World) => Promise<number>;
  readonly has: readonly string[];
}

const clients: readonly ClientScenario[] = [
  {
    name: 'unconnected, an empty datagram among others',
    client: unconnected,
    has: [
      's.sendto(b"hello", ("127.0.0.1", ',
      's.sendto(b"", sender)  # an empty datagram',
      's.settimeout(10)',
    ],
  },
  { name: 'connected', client: connected, has: ['s.connect((', 's.send(b"one")'] },
  {
    name: 'over IPv6',
    host: '::1',
    client: (world) => unconnected(world, 'inet6'),
    has: ['socket.AF_INET6, socket.SOCK_DGRAM', '("::1", '],
  },
  {
    name: 'the largest datagram',
    client: async (world) => {
      const socket = await world.scene.open('dgram');
      await ask(world, socket, 'x'.repeat(65_507));
      await world.scene.run({ type: 'close', socket });
      return socket;
    },
    has: ['b"x" * 65507', '# 65507 bytes'],
  },
  {
    name: 'with options',
    client: async ({ scene, to }) => {
      const socket = await scene.open('dgram');
      await scene.run({ type: 'bind', socket, host: '127.0.0.1', port: 0 });
      await scene.run({ type: 'setsockopt', socket, option: 'broadcast', value: true });
      await scene.run({ type: 'setsockopt', socket, option: 'ttl', value: 3 });
      await scene.run({ type: 'setsockopt', socket, option: 'receiveBuffer', value: 65_536 });
      await ask({ scene, to }, socket, 'x');
      await scene.run({ type: 'close', socket });
      return socket;
    },
    has: ['SO_BROADCAST, 1)', 'IP_TTL, 3)', 'IP_MULTICAST_TTL, 3)', 'SO_RCVBUF, 65536)'],
  },
];

interface ServerScenario {
  readonly name: string;
  readonly server: BehaviourConfig;
  readonly has?: readonly string[];
  readonly ignore?: RegExp;
  /** What the server does by hand, the first time. */
  readonly byHand?: (scene: Scene, server: number, datagram: number) => Promise<unknown>;
}

const servers: readonly ServerScenario[] = [
  { name: 'echo', server: { name: 'echo' }, has: ['for _ in range(3):', 's.sendto(data, sender)'] },
  { name: 'ok', server: { name: 'ok' } },
  { name: 'upper', server: { name: 'upper' } },
  { name: 'chargen', server: { name: 'chargen' } },
  { name: 'daytime', server: { name: 'daytime' }, ignore: /^\w+, \w+ \d+, \d+ [\d:]+/ },
  { name: 'time', server: { name: 'time' }, ignore: /^[^]{4}$/ },
  {
    name: 'answered by hand',
    server: { name: 'none' },
    byHand: async (scene, socket, datagram) => {
      const { remote } = await scene.waitFor(
        'received',
        (event) =>
          event.socket === socket &&
          scene.story(socket).filter((type) => type === 'received').length > datagram,
      );
      if (remote)
        await scene.run({ type: 'sendto', socket, ...remote, data: { text: `answer ${datagram}` } });
    },
    has: ['data, sender = s.recvfrom(65535)', 's.sendto(b"answer 0", sender)'],
  },
];

const anywhere = (event: SocketEvent): SocketEvent =>
  event.type === 'bound' ? { ...event, local: { ...event.local, port: 0 } } : event;

describe.skipIf(!hasTool('python3'))('python3', () => {
  it.each(clients)('sends as it was sent: $name', async ({ host = '127.0.0.1', client, has }) => {
    const scene = openScene();
    const { socket: server, local: to } = await scene.serve({ name: 'echo' }, { ...dgram, host });
    const socket = await client({ scene, to });
    await scene.next(socket, 'closed');
    const before = retold(scene.events(), server);

    const program = socketProgram(scene.events(), socket);
    for (const words of has) expect(program).toContain(words);
    const { code, stdout, stderr } = await start('python3', '-c', program).ended();
    expect({ code, stderr }, program).toEqual({ code: 0, stderr: '' });
    for (const text of announced(program)) expect(stdout.toString()).toContain(text);
    const setUp = 2;
    await scene.until(
      'as many again',
      () => retold(scene.events(), server).length === 2 * before.length - setUp,
    );
    expect(retold(scene.events(), server).slice(before.length), program).toEqual(before.slice(setUp));
  });

  it.each(servers)('answers as it was answered: $name', async ({ server, has = [], ignore, byHand }) => {
    const scene = openScene();
    const { socket: listener, local } = await scene.serve(server, dgram);
    const first = await talk(scene, local, byHand && ((datagram) => byHand(scene, listener, datagram)));
    await scene.run({ type: 'close', socket: listener });

    const program = socketProgram(scene.events().map(anywhere), listener);
    for (const words of has) expect(program).toContain(words);
    const running = start('python3', '-c', program);
    const text = (await running.prints((stdout) => stdout.includes('\n'))).toString();
    const port = Number(/, (\d+)\)/.exec(text)?.[1]);
    const second = await talk(scene, { host: '127.0.0.1', port });
    // A weekday is as long as its name.
    const about = (socket: number) =>
      retold(scene.events(), socket).map((told) => {
        if (ignore === undefined || !('data' in told)) return told;
        const data = told.data.replace(ignore, '…');
        return { ...told, data, size: data.length };
      });
    expect(about(second), program).toEqual(about(first));
    const { code, stderr } = await running.ended();
    expect({ code, stderr }, program).toEqual({ code: 0, stderr: '' });
  });

  it('refused: a connected socket is told at its next call', async () => {
    const scene = openScene();
    const { socket: server, local } = await scene.serve({ name: 'none' }, dgram);
    await scene.run({ type: 'close', socket: server });
    const { socket } = await scene.dial(local, dgram);
    await scene.send(socket, 'anybody?');
    await scene.next(socket, 'failed');
    await scene.run({ type: 'close', socket });
    const program = socketProgram(scene.events(), socket);
    expect(program).toContain('except ConnectionRefusedError as error:  # ECONNREFUSED');
    const { code, stdout, stderr } = await start('python3', '-c', program).ended();
    expect({ code, stderr }, program).toEqual({ code: 0, stderr: '' });
    expect(stdout.toString()).toContain('Connection refused');
  });

  it('a group: two members share its port', async () => {
    const scene = openScene();
    const socket = await scene.open('dgram');
    await scene.run({
      type: 'setsockopt',
      socket,
      option: 'addMembership',
      value: { group: '239.1.2.3', interface: '127.0.0.1' },
    });
    await scene.run({ type: 'bind', socket, host: '127.0.0.1', port: 0 });
    const program = socketProgram(scene.events(), socket);
    expect(program).toContain('socket.IP_ADD_MEMBERSHIP, group)');
    const { code, stderr } = await start('python3', '-c', program).ended();
    expect({ code, stderr }, program).toEqual({ code: 0, stderr: '' });
  });
});

/** Three datagrams and their answers, and then the socket is closed. */
async function talk(
  scene: Scene,
  to: Address,
  answer: (datagram: number) => Promise<unknown> = () => Promise.resolve(),
): Promise<number> {
  const socket = await scene.open('dgram');
  for (const [index, text] of ['a', 'bc', ''].entries()) {
    const asked = ask({ scene, to }, socket, text);
    await answer(index);
    await asked;
  }
  await scene.run({ type: 'close', socket });
  return socket;
}
