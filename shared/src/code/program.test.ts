/** What programs look like, and which lines the events lead to. That they do the same is proved with python3, by the agent's tests. */
import { describe, expect, it } from 'vitest';
import { at, bytes, Happenings, lesson } from '../../test/happenings.ts';
import { codeLimits } from '../limits.ts';
import { languages } from './languages.ts';
import type { Plan } from './plan.ts';
import { serverPlan } from './plan/server.ts';
import { socketPlan } from './plan/socket.ts';
import { lineOf, programOf, textOf } from './program.ts';
import type { Line } from './program.ts';

const python = (plan: Plan) => programOf(plan, languages.python);
const noMore = () => null;

const clientOf = (scene: Happenings, socket: number): readonly Line[] =>
  python(socketPlan(scene.story(socket), noMore));
const serverOf = (scene: Happenings, listener: number, ...clients: readonly number[]): readonly Line[] =>
  python(
    serverPlan(
      { listener: scene.story(listener), clients: clients.map((client) => scene.story(client)), more: 0 },
      noMore,
    ),
  );

/** The text of the line that an event leads to. */
const lineText = (lines: readonly Line[], seq: number): string | undefined =>
  lines[lineOf(lines, seq)]?.text.trim();

describe('a client', () => {
  it('is what was just done', () => {
    expect(textOf(clientOf(lesson(), 2))).toBe(`import socket

server = ("127.0.0.1", 8888)
with socket.create_connection(server, timeout=10) as s:
    s.sendall(b"hapy\\n")
    back = s.recv(65536)
    print(back)  # b'hapy\\n'
    # next: end the stream
    # s.shutdown(socket.SHUT_WR)
`);
  });

  it('knows the events of its lines', () => {
    const lines = clientOf(lesson(), 2);
    expect(lines.flatMap(({ text, seqs }) => (seqs.length > 0 ? [[text.trim(), seqs]] : []))).toEqual([
      ['with socket.create_connection(server, timeout=10) as s:', [5, 6, 7]],
      ['s.sendall(b"hapy\\n")', [10]],
      ['back = s.recv(65536)', [13]],
    ]);
  });

  it('made call by call is written call by call', () => {
    const slow = new Happenings()
      .opened(1)
      .wait(900)
      .on(1, { type: 'option-set', option: 'noDelay', value: true })
      .wait(900)
      .on(1, { type: 'connecting', remote: at(9) }, { type: 'connected', local: at(40000), remote: at(9) });
    const text = textOf(clientOf(slow, 1));
    expect(text).toContain(
      'with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:\n    s.settimeout(10)\n',
    );
    expect(text).toContain('    s.connect(("127.0.0.1", 9))\n');
    expect(text).not.toContain('create_connection');
  });

  it('waits twice as long as the longest wait was', () => {
    const slow = lesson().wait(70_000).says(2, 'received', 'x');
    expect(textOf(clientOf(slow, 2))).toContain('timeout=300)');
  });

  it('of a name tries what the name leads to', () => {
    const local = new Happenings().opened(1).on(
      1,
      {
        type: 'resolved',
        host: 'localhost',
        addresses: [
          { host: '::1', family: 'inet6' },
          { host: '127.0.0.1', family: 'inet' },
        ],
      },
      { type: 'connecting', remote: at(80, '::1') },
      { type: 'failed', during: 'connect', code: 'ECONNREFUSED', errno: 111, message: '', hint: '' },
      { type: 'connecting', remote: at(80) },
      { type: 'connected', local: at(40000), remote: at(80) },
    );
    const lines = clientOf(local, 1);
    expect(textOf(lines)).toContain('server = ("localhost", 80)\n');
    expect(lines[lineOf(lines, 4)]?.seqs).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('that gave up waiting says how long it waited', () => {
    const late = new Happenings()
      .opened(1)
      .on(1, { type: 'connecting', remote: at(80) })
      .wait(2000)
      .on(
        1,
        { type: 'failed', during: 'connect', code: 'ETIMEDOUT', errno: 110, message: '', hint: '' },
        { type: 'closed' },
      );
    const text = textOf(clientOf(late, 1));
    expect(text).toContain('socket.create_connection(server, timeout=2)');
    expect(text).toContain('except TimeoutError as error:  # ETIMEDOUT');
  });

  it('carries its label, which cannot break out', () => {
    const [first] = clientOf(new Happenings().opened(1, 'mine\nimport os\r\u2028os.system("x")'), 1);
    expect(first?.text).toBe(String.raw`# label: mine\nimport os\r\u2028os.system("x")`);
    expect(first?.tokens).toEqual([{ kind: 'comment', text: first?.text }]);
  });

  it('asks for a payload of which the first bytes alone are here, and does without', () => {
    const long = 'abc'.repeat(500);
    const { data } = bytes(long.slice(0, 256));
    const scene = lesson().on(2, { type: 'sent', size: long.length, data, captured: 256 });
    const unknown = socketPlan(scene.story(2), () => undefined);
    expect(unknown.wanted).toEqual([14]);
    expect(textOf(python(unknown))).toContain(
      '+ bytes(1468))  # the first 32 of 1,500 bytes: zeros stand for the others',
    );
    const known = socketPlan(scene.story(2), () => bytes(long).data);
    expect(known.wanted).toEqual([]);
    expect(textOf(python(known))).toContain('s.sendall(b"abc" * 500)\n');
    expect(socketPlan(scene.story(2), () => null).wanted).toEqual([]);
  });
});

describe('a server', () => {
  it('does what its behaviour does, for one client', () => {
    const lines = serverOf(lesson(), 1, 3);
    expect(textOf(lines)).toBe(`import socket

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as srv:
    srv.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    srv.bind(("127.0.0.1", 8888))
    srv.listen(128)
    print("listening on", srv.getsockname(), flush=True)
    conn, peer = srv.accept()
    with conn:
        while data := conn.recv(65536):
            conn.sendall(data)
`);
    expect(lineText(lines, 3)).toBe('srv.listen(128)');
    expect(lineText(lines, 9)).toBe('conn, peer = srv.accept()');
    expect(lineText(lines, 11)).toBe('while data := conn.recv(65536):');
    expect(lineText(lines, 12)).toBe('conn.sendall(data)');
  });

  it('has a thread for each client when they are there at once', () => {
    const two = lesson().client(4, 52145, 8888).accepted(5, 1, 8888, 52145);
    expect(textOf(serverOf(two, 1, 3, 5))).toContain(
      'threading.Thread(target=serve, args=(conn, peer)).start()',
    );
  });

  it('that somebody helped by hand is written by hand', () => {
    const helped = lesson().says(3, 'sent', 'psst');
    const text = textOf(serverOf(helped, 1, 3));
    expect(text).toContain('conn.sendall(b"psst")');
    expect(text).not.toContain('while data');
  });

  it('that is still to be met shows what it will do', () => {
    const text = textOf(serverOf(new Happenings().listener(1, 80, 'ok'), 1));
    expect(text).toContain('conn.sendall(b"OK..." + data)');
    expect(textOf(serverOf(new Happenings().listener(1, 80, 'none'), 1))).toContain(
      '# next: take the first client',
    );
  });

  it('without its listener is told from what it accepted', () => {
    const scene = new Happenings().accepted(3, 1, 8888, 5000).says(3, 'received', 'x');
    const lost = {
      ...scene.story(3),
      state: { ...scene.state(3), role: 'listener' as const, listener: null },
    };
    const listener = { ...lost, socket: 1, told: [] };
    const text = textOf(python(serverPlan({ listener, clients: [scene.story(3)], more: 0 }, noMore)));
    expect(text).toContain('# its first events are not here any more');
    expect(text).toContain('srv.bind(("127.0.0.1", 8888))');
  });
});

describe('a long story', () => {
  const many = new Happenings().client(1, 5000, 80);
  for (let index = 0; index < 100_000; index += 1) many.says(1, 'sent', `${index}`);
  many.on(1, { type: 'ended', by: 'local' }, { type: 'closed' });
  const lines = clientOf(many, 1);

  it('is cut in the middle, and says so', () => {
    const cut = lines.find(({ span }) => span !== null);
    expect(cut?.text).toMatch(/# … 99,605 more events, No. \d+ to \d+/);
    expect(lines.length).toBeLessThan(codeLimits.events + 20);
    expect(lines.at(-1)?.text).toBe('# leaving "with" closes s');
  });

  it('has a line for what is left out', () => {
    expect(lineText(lines, 50_000)).toMatch(/^# …/);
    expect(lineText(lines, 4)).toBe('s.sendall(b"0")');
  });
});
