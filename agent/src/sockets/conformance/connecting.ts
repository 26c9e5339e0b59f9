import { describe, expect, it } from 'vitest';
import { must, openBench } from './bench.ts';
import { begin, bound, text } from './conversation.ts';
import type { Kind } from './kinds.ts';

export function connecting(kind: Kind): void {
  describe('connect', () => {
    it('tells connecting, then connected with both ends as the peer sees them', async () => {
      const bench = openBench();
      const { socket, peer } = await begin(bench, kind);
      const { local, remote } = await bench.next(socket, 'connected');
      expect(remote).toEqual(peer.address);
      expect(local.host).toBe(kind.loopback);
      expect(bench.story(socket).filter((type) => type !== 'bound')).toEqual([
        'opened',
        'connecting',
        'connected',
      ]);
      must(await socket.send(text('hello')));
      await peer.until(({ heard }) => heard.length > 0);
    });

    it('twice is refused', async () => {
      const bench = openBench();
      const { socket, peer } = await begin(bench, kind);
      await bench.misplaced('already-connected', () => socket.connect(peer.address));
      await bench.misplaced('already-bound', () => socket.bind({ host: kind.loopback, port: 0 }));
    });

    it('twice at once is refused once, and tells one story', async () => {
      const bench = openBench();
      const callee = await kind.world.callee();
      const socket = bench.open(kind);
      const [first, second] = await Promise.all([
        socket.connect(callee.address),
        socket.connect(callee.address),
      ]);
      expect(first.ok).toBe(true);
      expect(second).toMatchObject({ ok: false, problem: { code: 'already-connected' } });
      expect(bench.story(socket).filter((type) => type === 'connecting' || type === 'connected')).toEqual([
        'connecting',
        'connected',
      ]);
    });

    it('after bind calls from the bound address', async () => {
      const bench = openBench();
      const callee = await kind.world.callee();
      const { socket, address } = await bound(bench, kind);
      expect(must(await socket.connect(callee.address))).toEqual({ local: address, remote: callee.address });
    });

    it('while closing ends in closed, whichever came first', async () => {
      const bench = openBench();
      const callee = await kind.world.callee();
      const socket = bench.open(kind);
      const [result] = await Promise.all([socket.connect(callee.address), socket.close()]);
      if (!result.ok) expect(['ECANCELED', 'socket-closed']).toContain(result.problem.code);
      expect(bench.story(socket).at(-1)).toBe('closed');
    });

    if (kind.can.refuseAtConnect) refusedAtConnect(kind);
    else refusedLater(kind);
  });
}

/** The port of a callee that is gone. */
async function deserted({ world }: Kind) {
  const callee = await world.callee();
  await callee.close();
  return callee.address;
}

function refusedAtConnect(kind: Kind): void {
  it('to nobody is refused with ECONNREFUSED, and the socket can call again', async () => {
    const bench = openBench();
    const socket = bench.open(kind);
    const nobody = await deserted(kind);
    const problem = await bench.refused('ECONNREFUSED', 'connect', () => socket.connect(nobody));
    expect(problem.errno).toBe(111);
    expect(bench.hub.states.get(socket.id)).toMatchObject({ state: 'opened', remote: null });
    const callee = await kind.world.callee();
    must(await socket.connect(callee.address));
    expect(bench.story(socket)).toEqual(['opened', 'connecting', 'failed', 'connecting', 'connected']);
  });

  it('refused after bind keeps the address for the next call', async () => {
    const bench = openBench();
    const { socket, address } = await bound(bench, kind);
    const nobody = await deserted(kind);
    await bench.refused('ECONNREFUSED', 'connect', () => socket.connect(nobody));
    expect(bench.hub.states.get(socket.id)).toMatchObject({ state: 'bound', local: address });
    const callee = await kind.world.callee();
    expect(must(await socket.connect(callee.address)).local).toEqual(address);
  });

  it('refused after bind, when somebody else has taken the address meanwhile, leaves none', async () => {
    const bench = openBench();
    const { socket, address } = await bound(bench, kind);
    const other = bench.open(kind);
    must(await other.bind(address));
    must(await other.listen(1));
    expect(await socket.connect(await deserted(kind))).toMatchObject({ ok: false });
    const story = ['opened', 'bound', 'connecting', 'failed', 'failed'];
    expect(bench.story(socket)).toEqual(story);
    expect(bench.hub.states.get(socket.id)).toMatchObject({
      ...{ state: 'opened', local: null, remote: null },
      lastFailure: { during: 'bind', code: 'EADDRINUSE' },
    });
    must(await socket.bind({ host: kind.loopback, port: 0 }));
    expect(bench.story(socket)).toEqual([...story, 'bound']);
  });

  it('to a server with a full queue times out when told to, and the socket can call again', async () => {
    const bench = openBench();
    const mute = await kind.world.mute();
    const socket = bench.open(kind);
    const began = performance.now();
    await bench.refused('ETIMEDOUT', 'connect', () => socket.connect(mute, 100));
    expect(performance.now() - began).toBeGreaterThanOrEqual(99);
    const callee = await kind.world.callee();
    must(await socket.connect(callee.address, 10_000));
  });

  it('is under way: a second call is refused, and close calls it off', async () => {
    const bench = openBench();
    const mute = await kind.world.mute();
    const socket = bench.open(kind);
    const calling = socket.connect(mute);
    await bench.misplaced('already-connected', () => socket.connect(mute));
    await bench.misplaced('not-connected', () => socket.send(text('x')));
    await Promise.all([socket.close(), socket.close(), socket.reset()]);
    expect(await calling).toMatchObject({ ok: false, problem: { code: 'ECANCELED' } });
    expect(bench.story(socket)).toEqual(['opened', 'connecting', 'failed', 'closed']);
  });
}

function refusedLater(kind: Kind): void {
  it('to nobody succeeds; the refusal comes after the first datagram, and the socket lives', async () => {
    const bench = openBench();
    const socket = bench.open(kind);
    must(await socket.connect(await deserted(kind)));
    must(await socket.send(text('anybody?')));
    expect(await bench.next(socket, 'failed')).toMatchObject({
      during: 'send',
      code: 'ECONNREFUSED',
      errno: 111,
    });
    expect(bench.hub.states.get(socket.id)?.state).toBe('connected');
  });
  const onLinux = it.runIf(process.platform === 'linux');

  onLinux('that fails at once leaves an unbound socket unbound, and it can call again', async () => {
    const bench = openBench();
    const socket = bench.open(kind);
    must(await socket.setOption({ option: 'ttl', value: 4 }));
    const { host, code } = kind.unfit;
    const [, toCallee] = await Promise.all([
      bench.refused(code, 'connect', () => socket.connect({ host, port: 9 })),
      socket.connect({ host: kind.loopback, port: 9 }),
    ]);
    expect(toCallee).toMatchObject({ ok: false, problem: { code: 'already-connected' } });
    expect(bench.hub.states.get(socket.id)).toMatchObject({ state: 'opened', local: null, remote: null });
    const callee = await kind.world.callee();
    const { local } = must(await socket.connect(callee.address));
    expect(local.host).toBe(kind.loopback);
    const attempts = ['connecting', 'failed', 'bound', 'option-set', 'connecting', 'connected'];
    expect(bench.story(socket)).toEqual(['opened', ...attempts]);
    must(await socket.send(text('hello')));
    await (await callee.caller()).until(({ heard }) => heard.length > 0);
  });

  onLinux('that fails at once may be followed by one to an address of the other family', async () => {
    const bench = openBench();
    const socket = bench.open(kind);
    const { host, code } = kind.unfit;
    await bench.refused(code, 'connect', () => socket.connect({ host, port: 9 }));
    const other = kind.family === 'inet' ? '::1' : '127.0.0.1';
    const { local } = must(await socket.connect({ host: other, port: 9 }));
    expect(local.host).toBe(other);
  });

  onLinux('that fails at once keeps the address of a bound socket', async () => {
    const bench = openBench();
    const { socket, address } = await bound(bench, kind);
    const { host, code } = kind.unfit;
    await bench.refused(code, 'connect', () => socket.connect({ host, port: 9 }));
    expect(bench.hub.states.get(socket.id)).toMatchObject({ state: 'bound', local: address });
    const callee = await kind.world.callee();
    expect(must(await socket.connect(callee.address)).local).toEqual(address);
  });

  onLinux(
    'that fails at once does not lose what was to be sent meanwhile, nor an option set meanwhile',
    async () => {
      const bench = openBench();
      const callee = await kind.world.callee();
      const socket = bench.open(kind);
      const { host, code } = kind.unfit;
      const [, sent] = await Promise.all([
        bench.refused(code, 'connect', () => socket.connect({ host, port: 9 })),
        socket.sendTo(text('hello'), callee.address),
        socket.setOption({ option: 'ttl', value: 4 }),
      ]);
      expect(sent.ok).toBe(true);
      expect(bench.story(socket)).toEqual(['opened', 'connecting', 'failed', 'bound', 'option-set', 'sent']);
    },
  );
}
