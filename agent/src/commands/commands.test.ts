/** Every verb through the agent's core: what it does, and what it refuses without a trace. */
import { networkInterfaces } from 'node:os';
import { defaultBacklog } from '@socket-playground/shared/commands/defaults.ts';
import type { Command, CommandOf } from '@socket-playground/shared/commands/verbs.ts';
import { verbs } from '@socket-playground/shared/commands/verbs.ts';
import { describe, expect, it } from 'vitest';
import { openScene } from '../../test/scene.ts';
import type { Scene } from '../../test/scene.ts';
import { dgramWorld, streamWorld } from '../sockets/conformance/worlds.ts';

const here = '127.0.0.1';
const outside = streamWorld(here);
const none = { name: 'none' } as const;

const closes = (scene: Scene, socket: number) => {
  expect(scene.state(socket)).toBeUndefined();
  expect(scene.story(socket).at(-1)).toBe('closed');
};

describe('call by call', () => {
  it('a server: socket, setsockopt, bind, listen; it accepts, talks, ends and closes', async () => {
    const scene = openScene();
    const socket = await scene.open();
    expect(await scene.run({ type: 'setsockopt', socket, option: 'noDelay', value: true })).toEqual({});
    const bound = verbs.bind.result.parse(await scene.run({ type: 'bind', socket, host: here, port: 0 }));
    expect(await scene.run({ type: 'listen', socket })).toEqual(bound);
    expect(await scene.next(socket, 'listening')).toMatchObject({
      local: bound.local,
      backlog: defaultBacklog,
    });

    const peer = await outside.call(bound.local);
    const [connection = 0] = await scene.accepted(socket);
    peer.say(Buffer.from('ping'));
    expect((await scene.next(connection, 'received')).data).toEqual(Uint8Array.from(Buffer.from('ping')));
    expect(await scene.run({ type: 'send', socket: connection, data: { hex: '00ff' } })).toEqual({
      size: 2,
      queued: 0,
    });
    expect(await scene.run({ type: 'shutdown', socket: connection })).toEqual({});
    await peer.until(({ hasEnded }) => hasEnded);
    expect(peer.heard).toEqual([Buffer.of(0, 255)]);
    peer.end();
    await scene.next(connection, 'closed');
    expect(await scene.run({ type: 'close', socket })).toEqual({});
    expect(scene.story(socket)).toEqual(['opened', 'option-set', 'bound', 'listening', 'closed']);
  });

  it('a client: socket, connect, pause, resume, close with RST', async () => {
    const scene = openScene();
    const callee = await outside.callee();
    const socket = await scene.open();
    const reply = await scene.run({ type: 'connect', socket, ...callee.address, timeout: 5_000 });
    expect(reply).toMatchObject({ remote: callee.address, local: { host: here } });
    expect(await scene.run({ type: 'pause', socket })).toEqual({});
    expect(scene.state(socket)).toMatchObject({ paused: true });
    expect(await scene.run({ type: 'resume', socket })).toEqual({});
    await scene.run({ type: 'close', socket, reset: true });
    const peer = await callee.caller();
    await peer.until(({ error }) => error === 'ECONNRESET');
    expect(scene.story(socket).slice(-2)).toEqual(['reset', 'closed']);
  });

  it('datagrams: socket, bind, sendto; connect, send', async () => {
    const scene = openScene();
    const world = dgramWorld(here);
    const callee = await world.callee();
    const socket = await scene.open('dgram');
    await scene.run({ type: 'bind', socket, host: here, port: 0 });
    const { address } = callee;
    expect(await scene.run({ type: 'sendto', socket, ...address, data: { text: 'abc' } })).toEqual({
      size: 3,
    });
    await scene.run({ type: 'connect', socket, ...address });
    expect(await scene.run({ type: 'send', socket, data: { base64: 'AAA=' } })).toEqual({
      size: 2,
      queued: 0,
    });
    const peer = await callee.caller();
    await peer.until(({ heard }) => heard.length === 2);
    expect(peer.heard.map(String)).toEqual(['abc', '\0\0']);
  });

  it.each(['bind', 'connect'] as const)('%s to a name, closed while it is looked up', async (type) => {
    const scene = openScene();
    const socket = await scene.open();
    const late = scene.refused('socket-closed', { type, socket, host: 'localhost', port: 9_999 });
    await scene.run({ type: 'close', socket });
    await late;
    expect(scene.story(socket)).toEqual(['opened', 'closed']);
    expect(scene.events().at(-1)).toMatchObject({ type: 'resolved', socket: null });
  });

  it('resolve tells the addresses of a name, under no socket', async () => {
    const scene = openScene();
    const { addresses } = verbs.resolve.result.parse(
      await scene.run({ type: 'resolve', host: 'localhost', family: 'inet' }),
    );
    expect(addresses).toEqual([{ host: here, family: 'inet' }]);
    expect(scene.events()).toMatchObject([{ type: 'resolved', socket: null, host: 'localhost', addresses }]);
  });

  it('behave on a listener is for later connections, on a connection for what comes next', async () => {
    const scene = openScene();
    const { socket, local } = await scene.serve({ name: 'upper' });
    const early = await outside.call(local);
    await scene.accepted(socket);
    await scene.run({ type: 'behave', socket, behaviour: { name: 'ok' } });
    const late = await outside.call(local);
    const [first = 0] = await scene.accepted(socket, 2);
    for (const peer of [early, late]) peer.say(Buffer.from('a'));
    await Promise.all([early, late].map((peer) => peer.until(({ heard }) => heard.length > 0)));
    expect([String(early.heard[0]), String(late.heard[0])]).toEqual(['A', 'OK...a']);
    await scene.run({ type: 'behave', socket: first, behaviour: none });
    expect(scene.state(first)?.behaviour).toEqual(none);
    expect(scene.state(socket)?.behaviour).toEqual({ name: 'ok' });
  });

  it('close with connections takes them along, without it leaves them', async () => {
    const scene = openScene();
    const { socket, local } = await scene.serve(none);
    const peers = [await outside.call(local), await outside.call(local)];
    const connections = await scene.accepted(socket, 2);
    await scene.run({ type: 'close', socket, connections: true });
    await Promise.all(peers.map((peer) => peer.until(({ hasEnded }) => hasEnded)));
    for (const id of [socket, ...connections]) closes(scene, id);

    const other = await scene.serve(none);
    await outside.call(other.local);
    const [connection = 0] = await scene.accepted(other.socket);
    await scene.run({ type: 'close', socket: other.socket });
    expect(scene.state(connection)?.state).toBe('connected');
    await scene.run({ type: 'close', socket: other.socket, connections: true, reset: true });
    closes(scene, connection);
  });
});

describe('serve and dial', () => {
  it.each(['stream', 'dgram'] as const)('are the calls in one: %s', async (socketType) => {
    const scene = openScene();
    const server = await scene.serve({ name: 'echo' }, { socketType, label: 'my server' });
    const client = await scene.dial(server.local, { socketType, label: 'my client', family: 'inet' });
    await scene.send(client.socket, 'hello');
    await scene.until('the echo', () => scene.received(client.socket) === 'hello');
    expect(client.remote).toEqual(server.local);
    expect(scene.state(server.socket)).toMatchObject({ label: 'my server', behaviour: { name: 'echo' } });
    expect(scene.state(client.socket)).toMatchObject({ label: 'my client', local: client.local });
  });

  it('on a name: it is resolved first, and its addresses are tried in order', async () => {
    const scene = openScene();
    const server = await scene.serve({ name: 'echo' }, { host: 'localhost', family: 'inet' });
    expect(server.local.host).toBe(here);
    expect(scene.story(server.socket).slice(0, 2)).toEqual(['opened', 'resolved']);
    const client = await scene.dial({ host: 'localhost', port: server.local.port });
    const { addresses } = await scene.next(client.socket, 'resolved');
    const tried = scene.events().flatMap((event) => (event.type === 'connecting' ? [event.remote.host] : []));
    expect(tried).toEqual(addresses.slice(0, tried.length).map(({ host }) => host));
    expect(tried.at(-1)).toBe(here);
  });

  it.each([
    '0',
    '127.1',
    '0x7f.1',
    '2130706433',
    '0x7f000001',
    '017700000001',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::',
  ])('reach this computer as %s, but never the port of the agent', async (host) => {
    const scene = openScene({ expose: true });
    const { local } = await scene.serve(none, host.includes(':') ? { host: '::' } : {});
    await scene.dial({ host, port: local.port });
    scene.playground.reservePort(local.port);
    const dial = { type: 'dial', socketType: 'stream', host, port: local.port } as const;
    await scene.refusedSilently('policy-self', dial);
    const socket = await scene.open('stream', host.includes(':') ? 'inet6' : 'inet');
    await scene.refused('policy-self', { type: 'connect', socket, host, port: local.port });
    expect(scene.story(socket)).not.toContain('connecting');
    await scene.refused('policy-self', {
      type: 'bind',
      socket,
      host: host === '0' ? here : host,
      port: local.port,
    });
    expect(scene.story(socket)).not.toContain('bound');
  });

  it('do not reach the port of the agent at an address of this computer on the network', async () => {
    const own = Object.values(networkInterfaces()).flatMap((entries) =>
      (entries ?? []).flatMap(({ address, internal }) =>
        internal || address.startsWith('fe80') ? [] : [address],
      ),
    );
    const scene = openScene();
    scene.playground.reservePort(7_654);
    for (const host of own) {
      await scene.refusedSilently('policy-self', { type: 'dial', socketType: 'stream', host, port: 7_654 });
      await scene.refusedSilently('policy-target', { type: 'dial', socketType: 'stream', host, port: 7_655 });
    }
  });

  it.each([
    { spelling: '3325256705', means: '198.51.100.1' },
    { spelling: '0xc6336401', means: '198.51.100.1' },
    { spelling: '2852039166', means: '169.254.169.254' },
    { spelling: '169.254.43518', means: '169.254.169.254' },
  ])('go by what $spelling resolves to ($means), not by how it looks', async ({ spelling, means }) => {
    const scene = openScene();
    const dial = { type: 'dial', socketType: 'stream', host: spelling, port: 80 } as const;
    expect((await scene.refusedSilently('policy-target', dial)).message).toContain(means);
    const socket = await scene.open('dgram');
    await scene.refused('policy-target', {
      type: 'sendto',
      socket,
      host: spelling,
      port: 80,
      data: { text: 'x' },
    });
    expect(scene.story(socket)).toEqual(['opened', 'resolved']);
  });

  it('that the kernel refuses leave their story and no socket', async () => {
    const scene = openScene();
    const { socket: holder, local } = await scene.serve(none);
    const serve = { type: 'serve', socketType: 'stream', ...local } as const;
    expect(await scene.refused('EADDRINUSE', serve)).toMatchObject({ errno: 98 });
    expect(scene.story(holder + 1)).toEqual(['opened', 'failed', 'closed']);
    await scene.run({ type: 'close', socket: holder });
    const dial = { type: 'dial', socketType: 'stream', ...local, behaviour: { name: 'echo' } } as const;
    expect(await scene.refused('ECONNREFUSED', dial)).toMatchObject({ errno: 111 });
    expect(scene.story(holder + 2)).toEqual(['opened', 'behaving', 'connecting', 'failed', 'closed']);
    expect(scene.states()).toEqual([]);
  });

  it('of a name that does not exist say so under their socket, and close it', async () => {
    const scene = openScene();
    for (const type of ['serve', 'dial'] as const) {
      const from = scene.mark;
      const command = { type, socketType: 'stream', host: 'no-such-name.invalid', port: 1_234 } as const;
      const outcome = await scene.playground.execute(command);
      const { socket, code } = await scene.waitFor('failed', ({ during }) => during === 'resolve', from);
      expect(outcome).toMatchObject({ ok: false, problem: { code, field: 'host' } });
      expect(scene.story(socket ?? 0)).toEqual(['opened', 'failed', 'closed']);
    }
  });

  it('a queue that is full ends in ETIMEDOUT after the time that was given', async () => {
    const scene = openScene();
    const mute = await outside.mute();
    await scene.refused('ETIMEDOUT', { type: 'dial', socketType: 'stream', ...mute, timeout: 50 });
    expect(scene.states()).toEqual([]);
  });

  it('answer within the limits of a playground that is full', async () => {
    const scene = openScene({ limits: { sockets: 1 } });
    const { local } = await scene.serve(none);
    const problem = await scene.refusedSilently('too-many-sockets', {
      type: 'dial',
      socketType: 'stream',
      ...local,
    });
    expect(problem.message).toContain('1');
    await scene.refusedSilently('too-many-sockets', {
      type: 'serve',
      socketType: 'dgram',
      host: here,
      port: 0,
    });
    await scene.refusedSilently('too-many-sockets', { type: 'socket', socketType: 'dgram', family: 'inet' });
  });
});

it('while the agent stops, commands open nothing, and what is open is closed', async () => {
  const scene = openScene();
  const { local } = await scene.serve(none);
  const dialling = scene.playground.execute({ type: 'dial', socketType: 'stream', ...local });
  const stopped = scene.playground.shutdown();
  await scene.refused('agent-stopping', { type: 'socket', socketType: 'dgram', family: 'inet' });
  await scene.refused('agent-stopping', { type: 'serve', socketType: 'stream', host: here, port: 0 });
  await Promise.all([stopped, dialling]);
  expect(scene.states()).toEqual([]);
});

describe('a command that makes no sense in its place leaves no trace', () => {
  const data = { text: 'x' };
  const commands: Record<string, (socket: number) => Command> = {
    bind: (socket) => ({ type: 'bind', socket, host: here, port: 0 }),
    listen: (socket) => ({ type: 'listen', socket, behaviour: { name: 'echo' } }),
    connect: (socket) => ({ type: 'connect', socket, host: here, port: 9 }),
    send: (socket) => ({ type: 'send', socket, data }),
    sendto: (socket) => ({ type: 'sendto', socket, host: here, port: 9, data }),
    pause: (socket) => ({ type: 'pause', socket }),
    resume: (socket) => ({ type: 'resume', socket }),
    shutdown: (socket) => ({ type: 'shutdown', socket }),
    setsockopt: (socket) => ({ type: 'setsockopt', socket, option: 'broadcast', value: true }),
    behave: (socket) => ({ type: 'behave', socket, behaviour: { name: 'chat' } }),
  };
  const expected = {
    'an open stream socket': {
      listen: 'not-bound',
      send: 'not-connected',
      sendto: 'not-supported',
      pause: 'not-connected',
      resume: 'not-connected',
      shutdown: 'not-connected',
      setsockopt: 'option-not-supported',
    },
    'a listener': {
      bind: 'already-bound',
      listen: 'already-connected',
      connect: 'already-connected',
      send: 'not-connected',
      sendto: 'not-supported',
      pause: 'not-connected',
      shutdown: 'not-connected',
    },
    'a connection': {
      bind: 'already-bound',
      listen: 'already-connected',
      connect: 'already-connected',
      sendto: 'not-supported',
      setsockopt: 'option-not-supported',
    },
    'an open datagram socket': {
      listen: 'not-supported',
      send: 'not-connected',
      pause: 'not-bound',
      resume: 'not-bound',
      shutdown: 'not-supported',
      behave: 'behaviour-socket-type',
    },
    'a connected datagram socket': {
      bind: 'already-bound',
      connect: 'already-connected',
      sendto: 'already-connected',
      listen: 'not-supported',
    },
  };
  const make: Record<keyof typeof expected, (scene: Scene) => Promise<number>> = {
    'an open stream socket': (scene) => scene.open(),
    'a listener': async (scene) => (await scene.serve(none)).socket,
    'a connection': async (scene) => (await scene.dial((await scene.serve(none)).local)).socket,
    'an open datagram socket': (scene) => scene.open('dgram'),
    'a connected datagram socket': async (scene) => {
      const { local } = await scene.serve(none, { socketType: 'dgram' });
      return (await scene.dial(local, { socketType: 'dgram' })).socket;
    },
  };

  const places = Object.entries(make).map(([place, made]) => {
    const found = Object.entries(expected).find(([name]) => name === place);
    return { place, made, refusals: Object.entries(found?.[1] ?? {}) };
  });

  it.each(places)('$place', async ({ made, refusals }) => {
    const scene = openScene();
    const socket = await made(scene);
    for (const [verb, code] of refusals) {
      const command = commands[verb];
      if (command) await scene.refusedSilently(code, command(socket));
    }
  });

  it.each(Object.entries(commands))('%s of a socket that never was, or is closed', async (_, command) => {
    const scene = openScene();
    await scene.refusedSilently('no-such-socket', command(99));
    const socket = await scene.open();
    await scene.run({ type: 'close', socket });
    expect(await scene.refusedSilently('socket-closed', command(socket))).toMatchObject({ field: 'socket' });
  });

  it('close is ok for what is closed already, and for nothing that never was', async () => {
    const scene = openScene();
    const socket = await scene.open();
    await Promise.all([1, 2, 3].map(() => scene.run({ type: 'close', socket })));
    const mark = scene.mark;
    expect(await scene.run({ type: 'close', socket, reset: true })).toEqual({});
    expect(scene.mark).toBe(mark);
    await scene.refusedSilently('no-such-socket', { type: 'close', socket: socket + 1 });
  });

  it('an address of the other family', async () => {
    const scene = openScene();
    const socket = await scene.open('stream', 'inet6');
    await scene.refusedSilently('family-mismatch', { type: 'bind', socket, host: here, port: 0 });
    await scene.refusedSilently('family-mismatch', { type: 'connect', socket, host: here, port: 9 });
    const datagram = await scene.open('dgram');
    const sendto: CommandOf<'sendto'> = { type: 'sendto', socket: datagram, host: '::1', port: 9, data };
    await scene.refusedSilently('family-mismatch', sendto);
  });

  it.each<Command>([
    { type: 'serve', socketType: 'stream', host: '0.0.0.0', port: 0 },
    { type: 'serve', socketType: 'dgram', host: '::', port: 0, behaviour: { name: 'echo' } },
    { type: 'dial', socketType: 'stream', host: '198.51.100.1', port: 80, behaviour: { name: 'echo' } },
    { type: 'dial', socketType: 'dgram', host: '169.254.169.254', port: 80 },
    { type: 'dial', socketType: 'stream', host: '64:ff9b::7f00:1', port: 80 },
  ])('what the policy forbids: $type $host', async (command) => {
    const scene = openScene();
    const { code } = await scene.refusedSilently(
      command.type === 'serve' ? 'policy-listen' : 'policy-target',
      command,
    );
    expect(code).toMatch(/^policy-/);
  });

  it('too many new targets', async () => {
    const scene = openScene({ limits: { newTargets: 2 } });
    const { local } = await scene.serve(none, { socketType: 'dgram' });
    for (const port of [1, 2]) await scene.dial({ host: here, port }, { socketType: 'dgram' });
    await scene.refusedSilently('policy-rate', { type: 'dial', socketType: 'dgram', ...local });
    await scene.dial({ host: here, port: 2 }, { socketType: 'dgram' });
  });
});
