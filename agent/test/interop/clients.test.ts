/** Our clients, calling servers nobody here wrote. */
import { describe, expect, it } from 'vitest';
import { freePort } from '../../../scripts/lib/free-port.mjs';
import { hasTool } from '../../../scripts/lib/tools.mjs';
import { noise } from '../../src/sockets/conformance/conversation.ts';
import { bytesOf } from '../journal-watch.ts';
import { openScene } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { printedPort, python, start } from './program.ts';
import type { Program } from './program.ts';

const mebi = 1024 * 1024;
/** More than two kernels keep for a peer that does not read. */
const tooMuch = 12 * mebi;

/** Prints its port, accepts one connection as `c`, then does as told. */
const server = (then: string, family = 'AF_INET') => {
  const script = `
s = socket.socket(socket.${family})
s.bind(('${family === 'AF_INET6' ? '::1' : '127.0.0.1'}', 0))
s.listen()
print(s.getsockname()[1], flush=True)
c, _ = s.accept()
c.settimeout(15)
${then}`;
  return python(script);
};

async function dialTo(program: Program, host = '127.0.0.1') {
  const scene = openScene();
  const { socket } = await scene.dial({ host, port: await printedPort(program) });
  return { scene, socket };
}

const sendBytes = (scene: Scene, socket: number, bytes: Uint8Array) =>
  scene.run({ type: 'send', socket, data: { base64: Buffer.from(bytes).toString('base64') } });

describe('python3', () => {
  const onlyWith = it.skipIf(!hasTool('python3'));
  const echo = `
while data := c.recv(65536):
    c.sendall(data)
c.close()`;

  onlyWith.each([
    { host: '127.0.0.1', family: 'AF_INET' },
    { host: '::1', family: 'AF_INET6' },
  ])(
    'an echo server at $host gives back more than both kernels hold, while we are still sending',
    async ({ host, family }) => {
      const { scene, socket } = await dialTo(server(echo, family), host);
      const data = noise(tooMuch);
      await sendBytes(scene, socket, data);
      await scene.run({ type: 'shutdown', socket });
      await scene.next(socket, 'closed');
      expect(bytesOf(scene.journal, socket, 'received').equals(data)).toBe(true);
      expect(bytesOf(scene.journal, socket, 'sent').equals(data)).toBe(true);
    },
  );

  onlyWith('a server that resets is reset, then closed', async () => {
    const resets = `
c.recv(1)
c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
c.close()`;
    const { scene, socket } = await dialTo(server(resets));
    await scene.send(socket, 'x');
    await scene.next(socket, 'closed');
    expect(scene.story(socket).slice(-2)).toEqual(['reset', 'closed']);
    expect(scene.failures(socket)).toEqual([]);
  });

  onlyWith('a server that closes with bytes unread resets, and what was under way fails', async () => {
    const program = server('sys.stdin.readline()\nc.close()');
    const { scene, socket } = await dialTo(program);
    await sendBytes(scene, socket, noise(tooMuch));
    await scene.next(socket, 'blocked');
    program.type('\n');
    await scene.next(socket, 'closed');
    expect(scene.story(socket).slice(-3)).toEqual(['failed', 'reset', 'closed']);
    expect(scene.failures(socket)).toEqual([expect.stringMatching(/^send (ECONNRESET|EPIPE)$/)]);
  });

  onlyWith('a server that never reads blocks us; closing says what was not sent', async () => {
    const { scene, socket } = await dialTo(server('sys.stdin.read()'));
    await sendBytes(scene, socket, noise(tooMuch));
    await scene.next(socket, 'blocked');
    await scene.run({ type: 'close', socket });
    expect(scene.story(socket).slice(-3)).toEqual(['failed', 'ended', 'closed']);
    expect(scene.failures(socket)).toEqual(['send unsent']);
  });

  onlyWith('a server that closes at once is ended by the remote; our half stays until we close', async () => {
    const { scene, socket } = await dialTo(server('c.close()'));
    expect(await scene.next(socket, 'ended')).toMatchObject({ by: 'remote' });
    expect(scene.state(socket)?.state).toBe('half-closed');
    await scene.run({ type: 'close', socket });
    expect(scene.story(socket).slice(-3)).toEqual(['ended', 'ended', 'closed']);
  });

  onlyWith('a server that shuts down its half still hears us', async () => {
    const half = `
c.shutdown(socket.SHUT_WR)
print(b''.join(iter(lambda: c.recv(100), b'')).decode(), flush=True)`;
    const program = server(half);
    const { scene, socket } = await dialTo(program);
    await scene.next(socket, 'ended');
    await scene.send(socket, 'still talking');
    await scene.run({ type: 'shutdown', socket });
    await scene.next(socket, 'closed');
    expect((await program.ended()).stdout.toString()).toContain('still talking\n');
  });

  onlyWith('a port that was closed refuses', async () => {
    const program = python(
      `s = socket.socket()\ns.bind(('127.0.0.1', 0))\nprint(s.getsockname()[1], flush=True)`,
    );
    const port = await printedPort(program);
    await program.ended();
    const scene = openScene();
    const dial = { type: 'dial', socketType: 'stream', host: '127.0.0.1', port } as const;
    expect(await scene.refused('ECONNREFUSED', dial)).toMatchObject({ errno: 111 });
    expect(scene.states()).toEqual([]);
  });

  onlyWith('a server with a full queue times out', async () => {
    const full = python(`
s = socket.socket()
s.bind(('127.0.0.1', 0))
s.listen(0)
filler = socket.create_connection(s.getsockname())
print(s.getsockname()[1], flush=True)
sys.stdin.read()`);
    const scene = openScene();
    const dial = {
      type: 'dial',
      socketType: 'stream',
      host: '127.0.0.1',
      port: await printedPort(full),
      timeout: 100,
    } as const;
    await scene.refused('ETIMEDOUT', dial);
  });

  onlyWith('a datagram server answers 0 and 65507 bytes', async () => {
    const program = python(`
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(('127.0.0.1', 0))
print(s.getsockname()[1], flush=True)
for _ in range(2):
    data, peer = s.recvfrom(70000)
    s.sendto(data, peer)`);
    const scene = openScene();
    const to = { host: '127.0.0.1', port: await printedPort(program) };
    const { socket } = await scene.dial(to, { socketType: 'dgram' });
    await sendBytes(scene, socket, new Uint8Array(0));
    await scene.next(socket, 'received');
    await sendBytes(scene, socket, noise(65_507));
    await scene.until('both answers', () => scene.state(socket)?.eventsReceived === 2);
    expect(bytesOf(scene.journal, socket, 'received').equals(noise(65_507))).toBe(true);
  });
});

describe.skipIf(!hasTool('socat'))('socat', () => {
  it('an echo server gives back a mebibyte', async () => {
    const server = start('socat', '-d', '-d', 'TCP-LISTEN:0,bind=127.0.0.1', 'PIPE');
    const port = Number(await server.complains(/listening on .*:(\d+)\n/));
    const scene = openScene();
    const { socket } = await scene.dial({ host: '127.0.0.1', port });
    const data = noise(mebi);
    await sendBytes(scene, socket, data);
    await scene.until('all back', () => scene.state(socket)?.bytesReceived === mebi);
    await scene.run({ type: 'shutdown', socket });
    await scene.next(socket, 'closed');
    expect(bytesOf(scene.journal, socket, 'received').equals(data)).toBe(true);
  });
});

describe.skipIf(!hasTool('ncat'))('ncat', () => {
  it('talks both ways with what is typed there', async () => {
    // ncat does not say which free port it got: this one was free a moment ago.
    const port = await freePort();
    const listener = start('ncat', '-v', '-l', '127.0.0.1', port);
    await listener.complains(/Listening on/);
    const scene = openScene();
    const { socket } = await scene.dial({ host: '127.0.0.1', port });
    await scene.send(socket, 'from here\n');
    await listener.printsText('from here\n');
    listener.type('from there\n');
    await scene.until('the answer', () => scene.received(socket) === 'from there\n');
    await scene.run({ type: 'close', socket });
  });
});
