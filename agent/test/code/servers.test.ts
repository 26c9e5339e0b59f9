/** A server's program, run by python3, is to its clients what the agent's server was. */
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { BehaviourConfig } from '@socket-playground/shared/behaviours/index.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { describe, expect, it } from 'vitest';
import { hasTool } from '../../../scripts/lib/tools.mjs';
import { start } from '../interop/program.ts';
import type { Program } from '../interop/program.ts';
import { openScene } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { serverProgram } from './made.ts';
import { retold } from './retold.ts';
import type { Told } from './retold.ts';

interface World {
  readonly scene: Scene;
  readonly to: Address;
  /** Done at the agent's own server only: python3 does it by itself. */
  readonly byHand: (act: (connection: number) => Promise<unknown>, which?: number) => Promise<void>;
}

interface Scenario {
  readonly name: string;
  readonly server: BehaviourConfig;
  readonly host?: string;
  /** What the clients do, until all of them are closed; their sockets. */
  readonly clients: (world: World) => Promise<readonly number[]>;
  readonly has?: readonly string[];
  /** What differs by the clock. */
  readonly ignore?: RegExp;
  /** Still talking when a client ends: whether that one hears more is the clock's too. */
  readonly endless?: boolean;
}

async function dial({ scene, to }: World): Promise<number> {
  const { socket } = await scene.dial(to);
  return socket;
}

async function exchange({ scene }: World, socket: number, text: string): Promise<void> {
  const { mark } = scene;
  await scene.send(socket, text);
  await scene.next(socket, 'received', mark);
}

/** FIN, and then whatever is still owed. */
async function end({ scene }: World, socket: number): Promise<void> {
  await scene.run({ type: 'shutdown', socket });
  await scene.next(socket, 'closed');
}

/** Says each of these, hears each answered, ends. */
const exchanges =
  (...texts: readonly string[]) =>
  async (world: World): Promise<readonly number[]> => {
    const socket = await dial(world);
    for (const text of texts) await exchange(world, socket, text);
    await end(world, socket);
    return [socket];
  };

/** Says nothing, hears what comes until the server ends. */
async function listens(world: World): Promise<readonly number[]> {
  const socket = await dial(world);
  await world.scene.next(socket, 'ended');
  await end(world, socket);
  return [socket];
}

const hostHeader = 'GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n';

const scenarios: readonly Scenario[] = [
  { name: 'echo', server: { name: 'echo' }, clients: exchanges('a', 'happy\n'), has: ['conn.sendall(data)'] },
  { name: 'echo over IPv6', server: { name: 'echo' }, host: '::1', clients: exchanges('a') },
  { name: 'echo, once', server: { name: 'echo', once: true }, clients: exchanges('a') },
  { name: 'ok', server: { name: 'ok' }, clients: exchanges('a', 'b') },
  { name: 'ok, once', server: { name: 'ok', once: true }, clients: exchanges('hello') },
  { name: 'upper', server: { name: 'upper' }, clients: exchanges('az é\n') },
  {
    name: 'welcome',
    server: { name: 'welcome' },
    clients: async (world) => {
      const socket = await dial(world);
      await world.scene.next(socket, 'received');
      await exchange(world, socket, 'hi');
      await end(world, socket);
      return [socket];
    },
  },
  {
    name: 'collect',
    server: { name: 'collect' },
    clients: async (world) => {
      const socket = await dial(world);
      await world.scene.send(socket, 'one');
      await world.scene.send(socket, 'two');
      await end(world, socket);
      return [socket];
    },
  },
  {
    name: 'discard',
    server: { name: 'discard' },
    clients: async (world) => {
      const socket = await dial(world);
      await world.scene.send(socket, 'anything');
      await end(world, socket);
      return [socket];
    },
  },
  {
    name: 'reset',
    server: { name: 'reset' },
    clients: async (world) => {
      const socket = await dial(world);
      await world.scene.send(socket, 'x');
      await world.scene.next(socket, 'closed');
      return [socket];
    },
    has: ['SO_LINGER'],
  },
  { name: 'daytime', server: { name: 'daytime' }, clients: listens, ignore: /^\w+, \w+ \d+, \d+ [\d:]+/ },
  { name: 'time', server: { name: 'time' }, clients: listens, ignore: /^[^]{4}$/ },
  {
    name: 'chargen',
    server: { name: 'chargen' },
    clients: async (world) => {
      const socket = await dial(world);
      await world.scene.until('a few lines', () => world.scene.received(socket).length > 10_000);
      await end(world, socket);
      return [socket];
    },
    ignore: /(?<=^[^]{10000})[^]*/,
    endless: true,
  },
  {
    name: 'http',
    server: { name: 'http' },
    clients: async (world) => {
      const kept = await dial(world);
      await exchange(world, kept, hostHeader);
      await exchange(world, kept, 'HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
      await end(world, kept);
      const requests = [
        'GET / HTTP/1.1\r\n\r\n',
        'GET /\r\n\r\n',
        'BREW / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
      ];
      const others: number[] = [];
      for (const request of requests) others.push(...(await exchanges(request)(world)));
      return [kept, ...others];
    },
    ignore: /(?<=Date: )[^\r]*/g,
  },
  {
    name: 'chat',
    server: { name: 'chat' },
    clients: async (world) => {
      const { scene } = world;
      const [a, b] = [await dial(world), await dial(world)];
      await scene.next(a, 'received');
      await scene.send(b, 'hello\n');
      await scene.until('heard', () => scene.received(a).includes('hello'));
      await exchangeWith(world, a, b);
      await end(world, b);
      await scene.until('told', () => scene.received(a).includes('offline'));
      await end(world, a);
      return [a, b];
    },
    ignore: /(?<=, |:)\d{4,5}(?=\]|\))/g,
  },
  {
    name: 'several clients, one after the other',
    server: { name: 'ok' },
    clients: async (world) => [
      ...(await exchanges('one')(world)),
      ...(await exchanges('two')(world)),
      ...(await exchanges('three')(world)),
    ],
    has: ['for _ in range(3):'],
  },
  {
    name: 'several clients at once',
    server: { name: 'echo' },
    clients: async (world) => {
      const sockets = [await dial(world), await dial(world), await dial(world)];
      for (const socket of sockets) await exchange(world, socket, `I am ${sockets.indexOf(socket)}`);
      for (const socket of sockets) await end(world, socket);
      return sockets;
    },
    has: ['threading.Thread(target=serve'],
  },
  {
    name: 'a client that resets does not end the server',
    server: { name: 'echo' },
    clients: async (world) => {
      const first = await dial(world);
      await exchange(world, first, 'x');
      await world.scene.run({ type: 'close', socket: first, reset: true });
      return [first, ...(await exchanges('y')(world))];
    },
  },
  {
    name: 'answered by hand',
    server: { name: 'none' },
    clients: async (world) => {
      const { scene, byHand } = world;
      const socket = await dial(world);
      await scene.send(socket, 'question\n');
      await byHand(async (connection) => {
        await scene.next(connection, 'received');
        await scene.send(connection, 'answer\n');
        await scene.run({ type: 'close', socket: connection });
      });
      await scene.next(socket, 'ended');
      await end(world, socket);
      return [socket];
    },
    has: ['data = conn.recv(65536)', 'conn.sendall(b"answer\\n")'],
  },
  {
    name: 'two clients answered by hand, in turns',
    server: { name: 'none' },
    clients: async (world) => {
      const { scene, byHand } = world;
      const [a, b] = [await dial(world), await dial(world)];
      for (const [which, socket] of [a, b].entries()) {
        await scene.send(socket, `I am ${which}`);
        await byHand(async (connection) => {
          await scene.next(connection, 'received');
          await scene.send(connection, `hello ${which}`);
        }, which);
        await scene.next(socket, 'received');
      }
      for (const socket of [b, a]) {
        await scene.run({ type: 'shutdown', socket });
        await byHand(
          async (connection) => {
            await scene.next(connection, 'ended');
            await scene.run({ type: 'close', socket: connection });
          },
          socket === b ? 1 : 0,
        );
        await scene.next(socket, 'closed');
      }
      return [a, b];
    },
    has: ['conn5, peer5 = srv.accept()', '.close()'],
  },
];

async function exchangeWith({ scene }: World, from: number, to: number): Promise<void> {
  const { mark } = scene;
  await scene.send(from, 'and you?\n');
  await scene.next(to, 'received', mark);
}

/** The same server at any free port: the old one may be taken meanwhile. */
const anywhere = (event: SocketEvent): SocketEvent =>
  event.type === 'bound' ? { ...event, local: { ...event.local, port: 0 } } : event;

async function addressOf(program: Program): Promise<Address> {
  const text = (await program.prints((stdout) => stdout.includes('\n'))).toString();
  const [, host = '', port = ''] = /\('([^']+)', (\d+)/.exec(text) ?? [];
  return { host, port: Number(port) };
}

describe.skipIf(!hasTool('python3'))('python3 serves as the agent did', () => {
  it.each(scenarios)('$name', async (scenario) => {
    const { server, host = '127.0.0.1', clients, has = [] } = scenario;
    const scene = openScene();
    const { socket: listener, local } = await scene.serve(server, { host });
    const first = await clients({
      scene,
      to: local,
      byHand: async (act, which = 0) => {
        const accepted = await scene.accepted(listener, which + 1);
        await act(accepted[which] ?? 0);
      },
    });
    await scene.run({ type: 'close', socket: listener, connections: true });
    await scene.until('nothing open', () => scene.states().length === 0);

    const program = serverProgram(scene.events().map(anywhere), listener);
    for (const words of has) expect(program).toContain(words);
    const running = start('python3', '-c', program);
    const to = await addressOf(running);
    const second = await clients({ scene, to, byHand: () => Promise.resolve() });
    expect(second.length).toBe(first.length);
    for (const [index, socket] of second.entries()) {
      const [here, there] = [socket, first[index] ?? 0].map((client) => about(scene, client, scenario));
      expect(here, program).toEqual(there);
    }
    expect({ code: (await running.ended()).code, stderr: (await running.ended()).stderr }, program).toEqual({
      code: 0,
      stderr: '',
    });
  });
});

/** A client's story without what differs by the clock. */
function about(scene: Scene, client: number, { ignore, endless = false }: Scenario): Told[] {
  const story = retold(scene.events(), client);
  const told = endless ? deafAfterFin(story) : story;
  if (ignore === undefined) return told;
  return told.map((one) => ('data' in one ? { ...one, size: 0, data: one.data.replace(ignore, '…') } : one));
}

function deafAfterFin(story: readonly Told[]): Told[] {
  const fin = story.findIndex((one) => one.type === 'ended' && 'by' in one && one.by === 'local');
  return [...story.slice(0, fin), ...story.slice(fin).filter((one) => one.type !== 'received')];
}
