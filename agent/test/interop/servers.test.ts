/** Our servers, used by programs nobody here wrote. */
import type { BehaviourConfig } from '@socket-playground/shared/behaviours/index.ts';
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import { describe, expect, it } from 'vitest';
import { hasTool } from '../../../scripts/lib/tools.mjs';
import { noise } from '../../src/sockets/conformance/conversation.ts';
import { bytesOf } from '../journal-watch.ts';
import { openScene } from '../scene.ts';
import { python, start } from './program.ts';

const mebi = 1024 * 1024;
const dgram = { socketType: 'dgram' } as const;
const daytime = 'Saturday, November 21, 2026 04:24:05-UTC\r\n';
const timeHex = 'eeab9b65';

async function serving(
  behaviour: BehaviourConfig,
  fields: Parameters<ReturnType<typeof openScene>['serve']>[1] = {},
) {
  const scene = openScene();
  const { socket, local } = await scene.serve(behaviour, fields);
  return { scene, socket, ...local };
}

/** Connects as `s`, with every call bounded in time. */
const connected = `
s = socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=15)
`;

describe('python3', () => {
  const onlyWith = it.skipIf(!hasTool('python3'));

  onlyWith.each(['127.0.0.1', '::1'])(
    'echo at %s: a mebibyte in odd slices, each byte back, then FIN',
    async (host) => {
      const { scene, socket, port } = await serving({ name: 'echo' }, { host });
      const client = python(
        `${connected}
import hashlib, random
random.seed(7)
data = random.randbytes(1 << 20)
def write():
    at = 0
    while at < len(data):
        size = random.choice([1, 3, 17, 1021, 4099, 65537])
        s.sendall(data[at:at + size])
        at += size
    s.shutdown(socket.SHUT_WR)
writer = threading.Thread(target=write)
writer.start()
back = b''.join(iter(lambda: s.recv(10007), b''))
writer.join()
print(back == data, hashlib.sha256(data).hexdigest())`,
        host,
        port,
      );
      const { stdout, stderr } = await client.ended();
      expect(stderr).toBe('');
      expect(stdout.toString()).toMatch(/^True /);
      const [connection = 0] = await scene.accepted(socket);
      await scene.next(connection, 'closed');
      expect(bytesOf(scene.journal, connection, 'received').length).toBe(mebi);
    },
  );

  onlyWith('an answer by hand reaches a client that half-closed long before', async () => {
    const { scene, socket, host, port } = await serving({ name: 'none' });
    const client = python(
      `${connected}
s.sendall(b'question')
s.shutdown(socket.SHUT_WR)
print(s.recv(100).decode(), s.recv(100))`,
      host,
      port,
    );
    const [connection = 0] = await scene.accepted(socket);
    await scene.next(connection, 'ended');
    await scene.send(connection, 'late answer');
    await scene.next(connection, 'sent');
    await scene.run({ type: 'shutdown', socket: connection });
    expect((await client.ended()).stdout.toString()).toBe("late answer b''\n");
    expect(scene.story(connection).at(-1)).toBe('closed');
  });

  onlyWith('RST by SO_LINGER 0 is reset, then closed, and no failure', async () => {
    const { scene, socket, host, port } = await serving({ name: 'echo' });
    const client = python(
      `${connected}
s.sendall(b'x')
s.recv(1)
s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
s.close()`,
      host,
      port,
    );
    await client.ended();
    const [connection = 0] = await scene.accepted(socket);
    await scene.next(connection, 'closed');
    expect(scene.story(connection).slice(-2)).toEqual(['reset', 'closed']);
    expect(scene.failures(connection)).toEqual([]);
  });

  onlyWith('our RST is ECONNRESET there', async () => {
    const { host, port } = await serving({ name: 'reset' });
    const client = python(
      `${connected}
s.sendall(b'x')
try:
    print(s.recv(1))
except ConnectionResetError:
    print('reset')`,
      host,
      port,
    );
    expect((await client.ended()).stdout.toString()).toBe('reset\n');
  });

  onlyWith('50 clients at once, each with its own bytes', async () => {
    const { scene, host, port } = await serving({ name: 'ok' });
    const clients = python(
      `
def talk(number, answers):
    ${connected.trim()}
    s.sendall(f'I am {number}'.encode())
    s.shutdown(socket.SHUT_WR)
    answers[number] = b''.join(iter(lambda: s.recv(100), b''))
answers = {}
threads = [threading.Thread(target=talk, args=(number, answers)) for number in range(50)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(all(answers[number] == f'OK...I am {number}'.encode() for number in range(50)))`,
      host,
      port,
    );
    expect((await clients.ended()).stdout.toString()).toBe('True\n');
    await scene.until('all closed', () => scene.states().length === 1);
  });

  onlyWith.each(['127.0.0.1', '::1'])(
    'datagrams of 0 and of the most bytes at %s come back whole',
    async (host) => {
      const { port } = await serving({ name: 'echo' }, { ...dgram, host });
      const most = host === '::1' ? 65_527 : 65_507;
      const client = python(
        `
s = socket.socket(socket.AF_INET6 if ':' in sys.argv[1] else socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(15)
for size in (0, 1, int(sys.argv[3])):
    data = bytes(at % 251 for at in range(size))
    s.sendto(data, (sys.argv[1], int(sys.argv[2])))
    print(s.recvfrom(70000)[0] == data)`,
        host,
        port,
        most,
      );
      expect(await client.ended()).toMatchObject({ stdout: Buffer.from('True\nTrue\nTrue\n'), stderr: '' });
    },
  );

  onlyWith('http: pipelined requests are answered in order', async () => {
    const { host, port } = await serving({ name: 'http' });
    const client = python(
      `${connected}
one = 'GET /%d HTTP/1.1\\r\\nHost: x\\r\\n%s\\r\\n'
s.sendall(''.join(one % (n, 'Connection: close\\r\\n' if n == 4 else '') for n in range(5)).encode())
text = b''.join(iter(lambda: s.recv(100), b'')).decode()
print(text.count('HTTP/1.1 200 OK'), [text.index('GET /%d' % n) for n in range(5)] == sorted(text.index('GET /%d' % n) for n in range(5)))`,
      host,
      port,
    );
    expect((await client.ended()).stdout.toString()).toBe('5 True\n');
  });
});

describe.each([
  {
    tool: 'ncat',
    stream: ['ncat'],
    datagram: ['ncat', '-u', '-w', '1'],
    at: (host: string, port: number) => [host, port],
  },
  {
    tool: 'socat',
    stream: ['socat', '-t', '15', '-'],
    datagram: ['socat', '-t', '1', '-'],
    at: (host: string, port: number) => [`HOST:${formatAddress({ host, port })}`],
  },
])('$tool', ({ tool, stream, datagram, at }) => {
  const onlyWith = it.skipIf(!hasTool(tool));
  const run = ([command = '', ...args]: readonly string[], kind: 'TCP' | 'UDP', host: string, port: number) =>
    start(command, ...args, ...at(host, port).map((arg) => String(arg).replace(/^HOST/, kind)));

  onlyWith.each(['127.0.0.1', '::1'])('echo at %s: a mebibyte there and back', async (host) => {
    const { port } = await serving({ name: 'echo' }, { host });
    const data = noise(mebi);
    const client = run(stream, 'TCP', host, port).eof(data);
    expect((await client.ended()).stdout.equals(data)).toBe(true);
  });

  onlyWith('time, daytime and discard end by themselves with the right bytes', async () => {
    const scene = openScene();
    for (const [name, expected] of [
      ['time', Buffer.from(timeHex, 'hex')],
      ['daytime', Buffer.from(daytime)],
      ['discard', Buffer.alloc(0)],
    ] as const) {
      const { local } = await scene.serve({ name });
      const client = run(stream, 'TCP', local.host, local.port).eof('whatever');
      expect((await client.ended()).stdout).toEqual(expected);
    }
  });

  onlyWith('chargen writes until the client is gone', async () => {
    const { scene, socket, host, port } = await serving({ name: 'chargen' });
    const client = run(stream, 'TCP', host, port);
    await client.prints((stdout) => stdout.length > 100_000);
    const lines = client.stdout.toString().split('\r\n');
    expect(lines[0]).toMatch(/^ !"#\$%&'\(\)\*\+,-\.\/0123456789/);
    expect(lines.slice(0, 200).every((line) => line.length === 72)).toBe(true);
    await client.stop();
    const [connection = 0] = await scene.accepted(socket);
    await scene.next(connection, 'closed');
  });

  onlyWith('a datagram is answered', async () => {
    const { host, port } = await serving({ name: 'ok' }, dgram);
    const client = run(datagram, 'UDP', host, port).type('hello');
    await client.printsText('OK...hello');
  });
});

describe('ncat', () => {
  it.skipIf(!hasTool('ncat'))('three in a chat hear each other, and who comes and goes', async () => {
    const { scene, socket, host, port } = await serving({ name: 'chat' });
    const join = async (count: number) => {
      const member = start('ncat', host, port);
      const connection = (await scene.accepted(socket, count)).at(-1) ?? 0;
      const from = scene.state(connection)?.remote?.port ?? 0;
      return { member, from };
    };
    const a = await join(1);
    const b = await join(2);
    await a.member.printsText(`[127.0.0.1:${b.from}] entered room\n`);
    const c = await join(3);
    await Promise.all([a, b].map(({ member }) => member.printsText(`[127.0.0.1:${c.from}] entered room\n`)));
    b.member.type('hello all\n');
    const said = `\r<('127.0.0.1', ${b.from})> hello all\n`;
    await Promise.all([a, c].map(({ member }) => member.printsText(said)));
    await c.member.stop();
    const offline = `Client (127.0.0.1, ${c.from}) is offline\n`;
    await Promise.all([a, b].map(({ member }) => member.printsText(offline)));
    expect(b.member.stdout.toString()).toBe(`[127.0.0.1:${c.from}] entered room\n${offline}`);
  });
});

describe('curl', () => {
  const onlyWith = it.skipIf(!hasTool('curl'));
  const curl = (...args: string[]) => start('curl', '--silent', '--show-error', '--max-time', '15', ...args);

  onlyWith('keeps one connection for several requests', async () => {
    const { scene, socket, host, port } = await serving({ name: 'http' });
    const url = `http://${host}:${port}`;
    const { code, stdout } = await curl(
      '-w',
      '%{http_code} %{num_connects}\n',
      `${url}/a`,
      `${url}/b`,
    ).ended();
    expect(code).toBe(0);
    expect(stdout.toString().match(/^200 \d$/gm)).toEqual(['200 1', '200 0']);
    expect(stdout.toString()).toContain('GET /b.');
    expect(await scene.accepted(socket)).toHaveLength(1);
  });

  onlyWith('asks with HEAD, HTTP/1.0 and a body', async () => {
    const { host, port } = await serving({ name: 'http' });
    const url = `http://${host}:${port}/`;
    const head = (await curl('--head', url).ended()).stdout.toString();
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*Content-Length: \d+\r\n[^]*\r\n$/);
    const old = await curl('--http1.0', '-w', '%{http_code}', url).ended();
    expect([old.code, old.stdout.toString().slice(-3)]).toEqual([0, '200']);
    const post = await curl('--data-binary', 'x'.repeat(100_000), '-w', '%{http_code}', url).ended();
    expect([post.code, post.stdout.toString().slice(-3)]).toEqual([0, '200']);
    const chunked = await curl(
      '-H',
      'Transfer-Encoding: chunked',
      '-d',
      'x',
      '-w',
      '%{http_code}',
      url,
    ).ended();
    expect(chunked.stdout.toString().slice(-3)).toBe('200');
  });

  onlyWith('speaks IPv6', async () => {
    const { port } = await serving({ name: 'http' }, { host: '::1' });
    expect((await curl(`http://[::1]:${port}/`).ended()).stdout.toString()).toContain('It works');
  });
});
