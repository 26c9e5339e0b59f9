/** A server that takes its clients one by one, used by a program nobody here wrote. */
import { verbs } from '@socket-playground/shared/commands/verbs.ts';
import { expect, it } from 'vitest';
import { hasTool } from '../../../scripts/lib/tools.mjs';
import { openScene } from '../scene.ts';
import { python } from './program.ts';

/** Connects so many clients without waiting for any, says how the kernel sees them, then which of them get through. */
const clients = (count: number) => `
import select
def state(s):
    return {1: 'established', 2: 'syn-sent'}[s.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]]
clients = [socket.socket() for _ in range(${count})]
for s in clients:
    s.setblocking(False)
    s.connect_ex((sys.argv[1], int(sys.argv[2])))
print(*[state(s) for s in clients], flush=True)
outside = dict(enumerate(clients))
while outside:
    _, through, _ = select.select([], list(outside.values()), [], 15)
    for number in [number for number, s in outside.items() if s in through]:
        outside.pop(number).sendall(f'I am {number}'.encode())
        print('through:', number, flush=True)
sys.stdin.read()`;

it.skipIf(process.platform !== 'linux' || !hasTool('python3'))(
  'a backlog of 2 lets three clients in and keeps the others outside; each accept takes one and makes room for one',
  { timeout: 30_000 },
  async () => {
    const scene = openScene();
    const { socket, local } = await scene.serve({ name: 'none' }, { accept: 'manual', backlog: 2 });
    const program = python(clients(6), local.host, local.port);
    await program.printsText('through: 2\n');
    expect(program.stdout.toString()).toBe(
      'established established established syn-sent syn-sent syn-sent\n' +
        'through: 0\nthrough: 1\nthrough: 2\n',
    );
    expect(scene.states()).toHaveLength(1);

    const accept = async () =>
      verbs.accept.result.parse(await scene.run({ type: 'accept', socket })).connection ?? 0;
    const heard = async (connection: number) => {
      await scene.next(connection, 'received');
      return scene.received(connection);
    };
    for (const number of [0, 1, 2]) expect(await heard(await accept())).toBe(`I am ${number}`);
    // The kernel of a client that found the queue full sends its SYN again after a second, then after two more.
    for (const number of [3, 4, 5]) await program.printsText(`through: ${number}\n`);
    const late = new Set<string>();
    for (let taken = 0; taken < 3; taken += 1) late.add(await heard(await accept()));
    expect(late).toEqual(new Set(['I am 3', 'I am 4', 'I am 5']));
    expect(await accept()).toBe(0);
  },
);
