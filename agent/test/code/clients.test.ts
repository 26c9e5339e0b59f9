/** A client's program, run by python3, is to its server what the clicks were. */
import type { BehaviourConfig } from '@socket-playground/shared/behaviours/index.ts';
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import { verbs } from '@socket-playground/shared/commands/verbs.ts';
import { describe, expect, it } from 'vitest';
import { hasTool } from '../../../scripts/lib/tools.mjs';
import { start } from '../interop/program.ts';
import { openScene } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { socketProgram } from './made.ts';
import { announced, retold } from './retold.ts';

/** A clock that a person's clicks move on: each command comes a second after the one before. */
function slowScene(): { scene: Scene; click: (command: Command) => Promise<Record<string, unknown>> } {
  let skipped = 0;
  const scene = openScene({ now: () => performance.now() * 1e6 + skipped });
  const click = (command: Command) => {
    skipped += 1e9;
    return scene.run(command);
  };
  return { scene, click };
}

type Click = ReturnType<typeof slowScene>['click'];
interface World {
  readonly scene: Scene;
  readonly click: Click;
  readonly to: Address;
}

interface Scenario {
  readonly name: string;
  readonly server: BehaviourConfig;
  readonly host?: string;
  /** What the server's side does by hand. */
  readonly answer?: (scene: Scene, connection: number) => Promise<unknown>;
  /** What the client does; its socket. */
  readonly client: (world: World) => Promise<number>;
  /** Words that the program has to have. */
  readonly has?: readonly string[];
}

const echo = { name: 'echo' } as const;
const collect = { name: 'collect' } as const;
const none = { name: 'none' } as const;

const dial = async ({ click, to }: World, fields = {}): Promise<number> =>
  verbs.dial.result.parse(await click({ type: 'dial', socketType: 'stream', ...to, ...fields })).socket;

const say = ({ click }: World, socket: number, text: string) =>
  click({ type: 'send', socket, data: { text } });

/** Says it and waits until as much came back. */
async function exchange(world: World, socket: number, text: string): Promise<void> {
  const { mark } = world.scene;
  await say(world, socket, text);
  await world.scene.next(socket, 'received', mark);
}

const close = ({ click }: World, socket: number, reset = false) => click({ type: 'close', socket, reset });
const closed = async ({ scene }: World, socket: number): Promise<number> => {
  await scene.next(socket, 'closed');
  return socket;
};

const scenarios: readonly Scenario[] = [
  {
    name: 'dial, say, hear, close',
    server: echo,
    client: async (world) => {
      const socket = await dial(world);
      await exchange(world, socket, 'happy\n');
      await exchange(world, socket, 'two "quotes", one \\ and é\n');
      await close(world, socket);
      return closed(world, socket);
    },
    has: [
      'with socket.create_connection(server, timeout=10) as s:',
      's.sendall(b"happy\\n")',
      's.recv(65536)',
    ],
  },
  {
    name: 'call by call',
    server: echo,
    client: async (world) => {
      const { click, to } = world;
      const opened = await click({ type: 'socket', family: 'inet', socketType: 'stream' });
      const { socket } = verbs.socket.result.parse(opened);
      await click({ type: 'setsockopt', socket, option: 'noDelay', value: true });
      await click({ type: 'bind', socket, host: '127.0.0.1', port: 0 });
      await click({ type: 'connect', socket, ...to });
      await exchange(world, socket, 'hi');
      await close(world, socket);
      return closed(world, socket);
    },
    has: [
      'with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:',
      'TCP_NODELAY, 1)',
      's.bind(("127.0.0.1", 0))',
      's.connect(("127.0.0.1", ',
      's.settimeout(10)',
    ],
  },
  {
    name: 'by name, call by call',
    server: echo,
    client: async (world) => {
      const { click, to } = world;
      const opened = await click({ type: 'socket', family: 'inet', socketType: 'stream' });
      const { socket } = verbs.socket.result.parse(opened);
      await click({ type: 'connect', socket, host: 'localhost', port: to.port });
      await close(world, socket);
      return closed(world, socket);
    },
    has: ['found = socket.getaddrinfo("localhost", ', 's.connect(found[0][4])'],
  },
  {
    name: 'a fetch of 20 kB in reads of 1024 until the end',
    server: none,
    answer: async (scene, socket) => {
      await scene.next(socket, 'received');
      await scene.send(socket, 'abc'.repeat(6_827).slice(0, 20_480));
      await scene.run({ type: 'shutdown', socket });
    },
    client: async (world) => {
      const socket = await dial(world, { readSize: 1024 });
      await say(world, socket, 'GET\n');
      await world.scene.next(socket, 'ended');
      await close(world, socket);
      return closed(world, socket);
    },
    has: ['while part := s.recv(1024):', '# 20480 bytes'],
  },
  {
    name: 'half-close: everything is said, then the answer comes',
    server: collect,
    client: async (world) => {
      const socket = await dial(world);
      for (const text of ['one ', 'two ', 'three']) await say(world, socket, text);
      await world.click({ type: 'shutdown', socket });
      return closed(world, socket);
    },
    has: ['s.shutdown(socket.SHUT_WR)', 'while part := s.recv(65536):'],
  },
  {
    name: 'reset',
    server: echo,
    client: async (world) => {
      const socket = await dial(world);
      await exchange(world, socket, 'x');
      await close(world, socket, true);
      return closed(world, socket);
    },
    has: ['SO_LINGER', 's.close()  # with RST'],
  },
  {
    name: 'the server resets',
    server: { name: 'reset' },
    client: async (world) => {
      const socket = await dial(world);
      await say(world, socket, 'x');
      return closed(world, socket);
    },
    has: ['except ConnectionResetError as error:  # ECONNRESET'],
  },
  {
    name: 'the server ends first, and then this side does',
    server: { name: 'ok', once: true },
    client: async (world) => {
      const socket = await dial(world);
      await say(world, socket, 'a');
      await world.scene.next(socket, 'ended');
      await close(world, socket);
      return closed(world, socket);
    },
  },
  {
    name: 'an answer that comes in pieces, and goes on',
    server: none,
    answer: async (scene, socket) => {
      await scene.next(socket, 'received');
      await scene.send(socket, 'x'.repeat(300_000));
      await scene.next(socket, 'ended');
      await scene.run({ type: 'close', socket });
    },
    client: async (world) => {
      const socket = await dial(world);
      await say(world, socket, 'more');
      await world.scene.until('all of it', () => world.scene.received(socket).length === 300_000);
      await close(world, socket);
      return closed(world, socket);
    },
    has: ['back = receive(s, 300000)'],
  },
  {
    name: 'long, binary and repeated bytes',
    server: collect,
    client: async (world) => {
      const socket = await dial(world);
      const sends = [
        { hex: 'deadbeef00ff10'.repeat(3) },
        { text: 'abc'.repeat(10_000) },
        { hex: Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0')).join('') },
        { text: 'GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: "me"\r\n\r\n' },
        { text: 'né '.repeat(3) + 'ünïcode\n"""\\' },
      ];
      for (const data of sends) await world.click({ type: 'send', socket, data });
      await world.click({ type: 'shutdown', socket });
      return closed(world, socket);
    },
    has: ['b"abc" * 10000', 'bytes.fromhex(', 'b"Host: localhost\\r\\n"'],
  },
  {
    name: 'IPv6',
    server: echo,
    host: '::1',
    client: async (world) => {
      const socket = await dial(world);
      await exchange(world, socket, 'six');
      await close(world, socket);
      return closed(world, socket);
    },
    has: ['server = ("::1", '],
  },
];

interface Refusal {
  readonly name: string;
  /** What was tried; the socket it was tried on. */
  readonly act: (world: World, listener: number) => Promise<number>;
  readonly has: readonly string[];
  readonly prints: RegExp;
}

/** A call that fails, on a socket of its own. */
async function failing(
  { scene }: World,
  code: string,
  command: (socket: number) => Command,
): Promise<number> {
  const socket = await scene.open();
  await scene.refused(code, command(socket));
  await scene.run({ type: 'close', socket });
  return socket;
}

const refusals: readonly Refusal[] = [
  {
    name: 'refused',
    act: async ({ scene, to }, listener) => {
      await scene.run({ type: 'close', socket: listener });
      await scene.refused('ECONNREFUSED', { type: 'dial', socketType: 'stream', ...to });
      return 2;
    },
    has: ['except ConnectionRefusedError as error:  # ECONNREFUSED'],
    prints: /Connection refused/,
  },
  {
    name: 'refused at first, call by call',
    act: async ({ scene, click, to }, listener) => {
      const socket = await scene.open();
      await click({ type: 'setsockopt', socket, option: 'keepAlive', value: true });
      await scene.run({ type: 'close', socket: listener });
      await scene.refused('ECONNREFUSED', { type: 'connect', socket, ...to });
      await scene.serve(echo, to);
      await click({ type: 'connect', socket, ...to });
      await exchange({ scene, click, to }, socket, 'at last');
      await click({ type: 'close', socket });
      return closed({ scene, click, to }, socket);
    },
    // What was refused then is not refused now.
    has: ['# a failed connect spoils a socket: a new one takes its place', 'SO_KEEPALIVE, 1)'],
    prints: /b'at last'/,
  },
  {
    name: 'an address that is taken',
    act: (world) => failing(world, 'EADDRINUSE', (socket) => ({ type: 'bind', socket, ...world.to })),
    has: ['except OSError as error:  # EADDRINUSE'],
    prints: /Address already in use/,
  },
  {
    name: 'a name that leads nowhere',
    act: async ({ scene }) => {
      const outcome = await scene.playground.execute({
        type: 'dial',
        socketType: 'stream',
        host: 'no-such-name.invalid',
        port: 80,
      });
      expect(outcome.ok).toBe(false);
      return 2;
    },
    has: ['socket.getaddrinfo("no-such-name.invalid", None', 'except socket.gaierror as error:  # E'],
    prints: /\[Errno -\d\]/,
  },
];

describe.skipIf(!hasTool('python3'))('python3 runs what a client did', () => {
  it.each(scenarios)('$name', async ({ server, host = '127.0.0.1', answer, client, has = [] }) => {
    const { scene, click } = slowScene();
    const { socket: listener, local: to } = await scene.serve(server, { host });
    const answered = answer && scene.accepted(listener).then(([first = 0]) => answer(scene, first));
    const socket = await client({ scene, click, to });
    await answered;
    const [first = 0] = await scene.accepted(listener);
    await scene.next(first, 'closed');

    const program = socketProgram(scene.events(), socket);
    for (const words of has) expect(program).toContain(words);
    const again = answer && scene.accepted(listener, 2).then(([, second = 0]) => answer(scene, second));
    const { code, stdout, stderr } = await start('python3', '-c', program).ended();
    expect({ code, stderr }, program).toEqual({ code: 0, stderr: '' });
    for (const text of announced(program)) expect(stdout.toString(), program).toContain(text);
    await again;
    const [, second = 0] = await scene.accepted(listener, 2);
    await scene.next(second, 'closed');
    expect(retold(scene.events(), second), program).toEqual(retold(scene.events(), first));
  });

  it.each(refusals)('$name: the error has its name', async ({ act, has, prints }) => {
    const { scene, click } = slowScene();
    const { socket: listener, local: to } = await scene.serve(none);
    const socket = await act({ scene, click, to }, listener);
    const program = socketProgram(scene.events(), socket);
    for (const words of has) expect(program).toContain(words);
    const { code, stdout, stderr } = await start('python3', '-c', program).ended();
    expect({ code, stderr }, program).toEqual({ code: 0, stderr: '' });
    expect(stdout.toString(), program).toMatch(prints);
  });
});
