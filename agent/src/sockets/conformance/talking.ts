import { describe, expect, it } from 'vitest';
import { must, openBench } from './bench.ts';
import type { Bench } from './bench.ts';
import { begin as converse, beginnings, bound, noise, slices, text } from './conversation.ts';
import type { Conversation } from './conversation.ts';
import type { Kind } from './kinds.ts';
import type { Outsider } from './worlds.ts';

const whole = ({ heard }: Outsider) => Buffer.concat([...heard]);
const hasHeard = (size: number) => (outsider: Outsider) => whole(outsider).length >= size;
const mebi = 1024 * 1024;

export function talking(kind: Kind): void {
  describe.each(beginnings(kind))('talking, $way', ({ begin }) => {
    it('both ways carries every byte in order, as sent and received tell', async () => {
      const bench = openBench();
      const talk = await begin(bench, kind);
      if (kind.can.keepBoundaries) await talkInDatagrams(bench, talk);
      else await talkInStream(bench, talk);
    });
  });

  if (kind.can.keepBoundaries) datagrams(kind);
  else chunks(kind);
  if (kind.can.sendTo) sendingTo(kind);
  else {
    it('refuses sendto: it talks to its one peer', async () => {
      const bench = openBench();
      const { socket, peer } = await converse(bench, kind);
      await bench.misplaced('not-supported', () => socket.sendTo(text('x'), peer.address));
    });
  }
}

async function talkInStream(bench: Bench, { socket, peer }: Conversation): Promise<void> {
  const bytes = noise(mebi);
  for (const slice of slices(bytes)) must(await socket.send(slice));
  await peer.until(hasHeard(bytes.length));
  expect(whole(peer).equals(bytes)).toBe(true);
  await bench.until('all sent', () => bench.hub.states.get(socket.id)?.bytesSent === bytes.length);
  expect(bench.sent(socket).equals(bytes)).toBe(true);

  for (const slice of slices(bytes)) peer.say(slice);
  await bench.until('all received', () => bench.hub.states.get(socket.id)?.bytesReceived === bytes.length);
  expect(bench.received(socket).equals(bytes)).toBe(true);
}

async function talkInDatagrams(bench: Bench, { socket, peer }: Conversation): Promise<void> {
  const messages = [...Array(100).keys()].map((number) => noise(1 + 9 * number));
  for (const message of messages) must(await socket.send(message));
  await peer.until(({ heard }) => heard.length === messages.length);
  expect(peer.heard.every((data, number) => data.equals(messages[number] ?? Buffer.alloc(0)))).toBe(true);
  expect(bench.eventsOf(socket).filter(({ type }) => type === 'sent')).toMatchObject(
    messages.map(({ length }) => ({ size: length, remote: peer.address })),
  );

  for (const message of messages) peer.say(message);
  await bench.until(
    'all received',
    () => bench.hub.states.get(socket.id)?.eventsReceived === messages.length,
  );
  const received = bench.eventsOf(socket).filter((event) => event.type === 'received');
  expect(received).toMatchObject(messages.map(({ length }) => ({ size: length, remote: peer.address })));
  expect(bench.received(socket).equals(Buffer.concat(messages))).toBe(true);
}

function chunks(kind: Kind): void {
  it('sends nothing when there is nothing to send, and goes on', async () => {
    const bench = openBench();
    const { socket, peer } = await converse(bench, kind);
    expect(must(await socket.send(new Uint8Array(0)))).toBe(0);
    must(await socket.send(text('after')));
    await peer.until(hasHeard(5));
    expect(whole(peer).toString()).toBe('after');
    expect(bench.sent(socket).toString()).toBe('after');
  });

  it('keeps what it received although later reads use the same memory', async () => {
    const bench = openBench();
    const middle = await converse(bench, kind);
    const talks = [await converse(bench, kind), middle, await converse(bench, kind)];
    // A reader of larger chunks must not disturb the reads of the others.
    must(await middle.socket.setOption({ option: 'readSize', value: 4 * mebi }));
    talks.forEach(({ peer }, number) => peer.say(new Uint8Array(300_000).fill(number + 1)));
    for (const [number, { socket }] of talks.entries()) {
      await bench.until('all received', () => bench.hub.states.get(socket.id)?.bytesReceived === 300_000);
      expect(bench.received(socket).every((byte) => byte === number + 1)).toBe(true);
    }
  });
}

function datagrams(kind: Kind): void {
  const most = kind.family === 'inet' ? 65_507 : 65_527;

  it('carries empty datagrams both ways', async () => {
    const bench = openBench();
    const { socket, peer } = await converse(bench, kind);
    must(await socket.send(new Uint8Array(0)));
    await peer.until(({ heard }) => heard.length === 1);
    expect(peer.heard[0]?.length).toBe(0);
    peer.say(new Uint8Array(0));
    expect(await bench.next(socket, 'received')).toMatchObject({ size: 0, data: new Uint8Array(0) });
    expect(bench.eventsOf(socket).filter(({ type }) => type === 'sent')).toMatchObject([{ size: 0 }]);
  });

  it(`carries ${most} bytes and refuses one more with EMSGSIZE`, async () => {
    const bench = openBench();
    const { socket, peer } = await converse(bench, kind);
    const longest = noise(most);
    must(await socket.send(longest));
    await peer.until(({ heard }) => heard.length === 1);
    expect(peer.heard[0]?.equals(longest)).toBe(true);
    const problem = await bench.refused('EMSGSIZE', 'send', () => socket.send(noise(most + 1)));
    expect(problem).toMatchObject({ errno: 90 });
    expect(socket.queued).toBe(0);
    must(await socket.send(text('short again')));
  });
}

function sendingTo(kind: Kind): void {
  describe('sendto', () => {
    it('binds an unbound socket to loopback, once, and hears the answers', async () => {
      const bench = openBench();
      const socket = bench.open(kind);
      const [one, other] = await Promise.all([kind.world.callee(), kind.world.callee()]);
      const [toOne, toOther] = await Promise.all([
        socket.sendTo(text('one'), one.address),
        socket.sendTo(text('other'), other.address),
      ]);
      expect([toOne.ok, toOther.ok]).toEqual([true, true]);
      expect(bench.story(socket).filter((type) => type === 'bound')).toHaveLength(1);
      const { local } = await bench.next(socket, 'bound');
      expect(local.host).toBe(kind.loopback);
      for (const callee of [one, other]) {
        const peer = await callee.caller();
        await peer.until(({ heard }) => heard.length === 1);
        peer.say(text('answer'));
      }
      await bench.until('both answered', () => bench.hub.states.get(socket.id)?.eventsReceived === 2);
    });

    it('to nobody is heard by nobody, and nobody says so', async () => {
      const bench = openBench();
      const callee = await kind.world.callee();
      await callee.close();
      const { socket } = await bound(bench, kind);
      must(await socket.sendTo(text('x'), callee.address));
      expect(bench.story(socket)).toEqual(['opened', 'bound', 'sent']);
    });

    it('to port 0, which a datagram may come from, is refused as by the kernel, and leaves nothing waiting', async () => {
      const bench = openBench();
      const { socket } = await bound(bench, kind);
      const nowhere = { host: kind.loopback, port: 0 };
      await bench.refused('EINVAL', 'sendto', () => socket.sendTo(text('x'), nowhere));
      expect(socket.queued).toBe(0);
    });

    it('on a connected socket is refused', async () => {
      const bench = openBench();
      const { socket, peer } = await converse(bench, kind);
      await bench.misplaced('already-connected', () => socket.sendTo(text('x'), peer.address));
    });

    it('too long for the limit of what may wait is refused', async () => {
      const bench = openBench({ sendQueueBytes: 4 });
      const { socket, address } = await bound(bench, kind);
      await bench.misplaced('queue-full', () => socket.sendTo(text('12345'), address));
      must(await socket.sendTo(text('1234'), address));
    });

    it('when so many wait that one more would be too many is refused, though they are empty', async () => {
      const bench = openBench({ sendQueueDatagrams: 1 });
      const { socket, address } = await bound(bench, kind);
      const first = socket.sendTo(text(''), address);
      await bench.misplaced('queue-full', () => socket.sendTo(text(''), address));
      must(await first);
      must(await socket.sendTo(text(''), address));
    });

    it('and close right behind it: the datagram is on its way before the socket is closed', async () => {
      const bench = openBench();
      const callee = await kind.world.callee();
      const { socket } = await bound(bench, kind);
      const [sent] = await Promise.all([socket.sendTo(text('last words'), callee.address), socket.close()]);
      expect(sent.ok).toBe(true);
      const peer = await callee.caller();
      await peer.until(({ heard }) => heard.length === 1);
      expect(bench.story(socket)).toEqual(['opened', 'bound', 'sent', 'closed']);
    });

    it('and reset right behind it settles, and closed stays the last', async () => {
      const bench = openBench();
      const callee = await kind.world.callee();
      const unbound = bench.open(kind);
      const { socket } = await bound(bench, kind);
      await Promise.all([
        unbound.sendTo(text('x'), callee.address),
        unbound.reset(),
        socket.sendTo(text('x'), callee.address),
        socket.reset(),
      ]);
      expect(bench.story(socket).at(-1)).toBe('closed');
      expect(bench.story(unbound).at(-1)).toBe('closed');
    });
  });
}
