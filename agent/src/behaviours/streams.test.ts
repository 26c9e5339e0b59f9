/** Behaviours on real connections, one promise each: outside programs ask, and the journal tells. */
import { behaviours } from '@socket-playground/shared/behaviours/index.ts';
import type { BehaviourConfig } from '@socket-playground/shared/behaviours/index.ts';
import { chargenBlock } from '@socket-playground/shared/behaviours/chargen.ts';
import { describe, expect, it, vi } from 'vitest';
import { openScene } from '../../test/scene.ts';
import type { Scene, SceneOptions } from '../../test/scene.ts';
import { noise, slices } from '../sockets/conformance/conversation.ts';
import { streamWorld } from '../sockets/conformance/worlds.ts';
import type { Outsider } from '../sockets/conformance/worlds.ts';

const outside = streamWorld('127.0.0.1');
const mebi = 1024 * 1024;
/** More than two kernels keep for a peer that does not read. */
const tooMuch = 12 * mebi;
const whole = ({ heard }: Outsider) => Buffer.concat([...heard]);

async function meet(behaviour: BehaviourConfig, options: SceneOptions = {}) {
  const scene = openScene(options);
  const { socket: listener, local } = await scene.serve(behaviour);
  const peer = await outside.call(local);
  const [socket = 0] = await scene.accepted(listener);
  return { scene, listener, local, peer, socket };
}

const say = (peer: Outsider, words: string) => peer.say(Buffer.from(words));
const hears = (peer: Outsider, words: string) => peer.until(() => whole(peer).toString() === words);
const ends = (peer: Outsider) => peer.until(({ hasEnded }) => hasEnded);

const welcome = 'Welcome to the server. Type something and hit enter\n';
const daytime = 'Saturday, November 21, 2026 04:24:05-UTC\r\n';

describe('a client that sends, then its FIN, gets the whole answer and then the FIN of the server', () => {
  it.each<{ behaviour: BehaviourConfig; answer: string }>([
    { behaviour: { name: 'echo' }, answer: 'aB' },
    { behaviour: { name: 'ok' }, answer: 'OK...aB' },
    { behaviour: { name: 'upper' }, answer: 'AB' },
    { behaviour: { name: 'welcome' }, answer: `${welcome}OK...aB` },
    { behaviour: { name: 'collect' }, answer: 'OK...aB' },
    { behaviour: { name: 'discard' }, answer: '' },
    { behaviour: { name: 'daytime' }, answer: daytime },
    { behaviour: { name: 'echo', once: true }, answer: 'aB' },
    { behaviour: { name: 'ok', once: true }, answer: 'OK...aB' },
    { behaviour: { name: 'chat' }, answer: '' },
  ])('$behaviour', async ({ behaviour, answer }) => {
    const { scene, peer, socket } = await meet(behaviour);
    say(peer, 'aB');
    peer.end();
    await ends(peer);
    expect(whole(peer).toString()).toBe(answer);
    await scene.next(socket, 'closed');
    expect(scene.failures(socket)).toEqual([]);
    expect(scene.story(socket)).not.toContain('reset');
  });
});

describe('echo', () => {
  it('gives back a mebibyte in odd slices, with the FIN behind the last byte', async () => {
    const { scene, peer, socket } = await meet({ name: 'echo' });
    const bytes = noise(mebi);
    for (const slice of slices(bytes)) peer.say(slice);
    peer.end();
    await ends(peer);
    expect(whole(peer).equals(bytes)).toBe(true);
    await scene.next(socket, 'closed');
  });

  it('stops reading while its client does not, visibly, and loses nothing', async () => {
    const { scene, peer, socket } = await meet({ name: 'echo' });
    peer.pause();
    peer.say(noise(tooMuch));
    await scene.next(socket, 'blocked');
    expect(scene.state(socket)).toMatchObject({ blocked: true });
    // What waits in the agent is one read's worth, not all that the client has to say.
    expect(scene.state(socket)?.queued).toBeLessThanOrEqual(64 * 1024);
    peer.end();
    peer.resume();
    await ends(peer);
    expect(whole(peer).equals(noise(tooMuch))).toBe(true);
    await scene.next(socket, 'closed');
    expect(scene.story(socket)).toContain('drained');
  });

  it('serves 500 connections at once', async () => {
    const scene = openScene();
    const { local } = await scene.serve({ name: 'echo' });
    const peers = await Promise.all(Array.from({ length: 500 }, () => outside.call(local)));
    peers.forEach((peer, number) => say(peer, `I am ${number}`));
    await Promise.all(peers.map((peer, number) => hears(peer, `I am ${number}`)));
    for (const peer of peers) peer.end();
    await Promise.all(peers.map(ends));
    await scene.until('all closed', () => scene.states().length === 1);
  }, 60_000);
});

describe('once', () => {
  it('answers, ends, discards the rest, and the listener goes on', async () => {
    const { scene, peer, socket, local } = await meet({ name: 'echo', once: true });
    say(peer, 'first');
    await ends(peer);
    say(peer, 'second');
    await scene.until('it was received', () => scene.received(socket) === 'firstsecond');
    peer.end();
    await scene.next(socket, 'closed');
    expect(whole(peer).toString()).toBe('first');
    const next = await outside.call(local);
    say(next, 'me too');
    await hears(next, 'me too');
  });
});

describe('collect', () => {
  it('gives up out loud past its cap, and the listener goes on', async () => {
    const { scene, peer, socket, local } = await meet(
      { name: 'collect' },
      { limits: { behaviourBytes: 1_000 } },
    );
    peer.say(noise(1_001));
    await peer.until(({ error }) => error === 'ECONNRESET');
    await scene.next(socket, 'closed');
    expect(scene.failures(socket)).toEqual(['behave behaviour-full']);
    expect(await scene.next(socket, 'failed')).toMatchObject({
      message: 'The behaviour kept 1,000 bytes and may keep no more.',
    });
    const next = await outside.call(local);
    say(next, 'short');
    next.end();
    await hears(next, 'OK...short');
  });

  it('keeps no more for all connections together than their cap, and what one gives back is free for others', async () => {
    const limits = { behaviourBytes: 1_000, allBehavioursBytes: 1_500 };
    const { scene, peer, socket, listener, local } = await meet({ name: 'collect' }, { limits });
    peer.say(noise(1_000));
    await scene.until('it was received', () => scene.state(socket)?.bytesReceived === 1_000);
    const second = await outside.call(local);
    second.say(noise(501));
    await second.until(({ error }) => error === 'ECONNRESET');
    const [, late = 0] = await scene.accepted(listener, 2);
    await scene.next(late, 'closed');
    expect(scene.failures(late)).toEqual(['behave behaviour-full']);
    expect(await scene.next(late, 'failed')).toMatchObject({
      message: expect.stringContaining('All behaviours together may keep 1,500 bytes') as string,
    });
    peer.end();
    await ends(peer);
    expect(whole(peer)).toHaveLength(1_005);
    const third = await outside.call(local);
    third.say(noise(1_000));
    third.end();
    await ends(third);
    expect(whole(third)).toHaveLength(1_005);
  });
});

describe('answers that wait for peers that do not read', () => {
  it('count like what is kept until they are taken: who would keep more is given up, and nobody for them', async () => {
    const limits = { behaviourBytes: tooMuch, allBehavioursBytes: tooMuch };
    const { scene, peer, socket, listener, local } = await meet({ name: 'collect' }, { limits });
    peer.pause();
    peer.say(noise(tooMuch));
    peer.end();
    await scene.next(socket, 'blocked');
    const second = await outside.call(local);
    second.say(noise(tooMuch));
    await second.until(({ error }) => error === 'ECONNRESET');
    const [, late = 0] = await scene.accepted(listener, 2);
    await scene.next(late, 'closed');
    expect(scene.failures(late)).toEqual(['behave behaviour-full']);
    peer.resume();
    await ends(peer);
    expect(whole(peer)).toHaveLength(tooMuch + 'OK...'.length);
    const third = await outside.call(local);
    third.say(noise(tooMuch));
    third.end();
    await ends(third);
    expect(whole(third)).toHaveLength(tooMuch + 'OK...'.length);
    expect(scene.failures(socket)).toEqual([]);
  }, 60_000);

  it('give nobody up for themselves, however little may be kept', async () => {
    const { scene, peer, socket } = await meet({ name: 'echo' }, { limits: { allBehavioursBytes: 1_000 } });
    peer.pause();
    peer.say(noise(tooMuch));
    peer.end();
    await scene.next(socket, 'blocked');
    peer.resume();
    await ends(peer);
    expect(whole(peer).equals(noise(tooMuch))).toBe(true);
    expect(scene.failures(socket)).toEqual([]);
  }, 60_000);
});

describe('chargen', () => {
  it('writes its pattern without end, waits for a slow client, and stops at its FIN', async () => {
    const { scene, peer, socket } = await meet({ name: 'chargen' });
    peer.pause();
    await scene.next(socket, 'blocked');
    peer.resume();
    await peer.until(() => whole(peer).length > 3 * chargenBlock.length);
    peer.end();
    await ends(peer);
    await scene.next(socket, 'closed');
    const heard = whole(peer);
    const pattern = Buffer.alloc(heard.length, chargenBlock);
    expect(heard.equals(pattern)).toBe(true);
  });

  it('lets the others have their turn', async () => {
    const { scene, peer, socket } = await meet({ name: 'chargen' });
    const { local } = await scene.serve({ name: 'echo' });
    const other = await outside.call(local);
    say(other, 'and me?');
    await hears(other, 'and me?');
    peer.reset();
    await scene.next(socket, 'closed');
  });
});

describe('time', () => {
  it('sends four bytes and ends', async () => {
    const { peer } = await meet({ name: 'time' });
    await ends(peer);
    expect(whole(peer).toString('hex')).toBe('eeab9b65');
  });
});

describe('reset', () => {
  it('resets on the first bytes', async () => {
    const { scene, peer, socket } = await meet({ name: 'reset' });
    say(peer, 'x');
    await peer.until(({ error }) => error === 'ECONNRESET');
    await scene.next(socket, 'closed');
    expect(scene.story(socket).slice(-2)).toEqual(['reset', 'closed']);
  });
});

describe('http', () => {
  it('answers requests that come in slices, keeps alive, and closes when told', async () => {
    const { scene, peer, socket } = await meet({ name: 'http' });
    const request =
      'GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    for (const character of request) {
      const from = scene.mark;
      say(peer, character);
      await scene.next(socket, 'received', from);
    }
    await ends(peer);
    peer.end();
    const answers = whole(peer).toString().split('HTTP/1.1 200 OK\r\n');
    expect(answers).toHaveLength(3);
    expect(answers[1]).toContain('GET /a.');
    expect(answers[2]).toMatch(/Connection: close[^]*GET \/b\./);
    await scene.next(socket, 'closed');
  });
});

describe('changing the behaviour of a live connection', () => {
  it('changes what answers from then on, and the one before says goodbye', async () => {
    const { scene, peer, socket } = await meet({ name: 'echo' });
    say(peer, 'a');
    await hears(peer, 'a');
    await scene.run({ type: 'behave', socket, behaviour: { name: 'ok' } });
    say(peer, 'b');
    await hears(peer, 'aOK...b');
    await scene.run({ type: 'behave', socket, behaviour: { name: 'none' } });
    say(peer, 'c');
    peer.end();
    await scene.next(socket, 'ended');
    await scene.send(socket, 'by hand');
    await hears(peer, 'aOK...bby hand');
    expect(scene.state(socket)?.state).toBe('half-closed');
    await scene.run({ type: 'behave', socket, behaviour: { name: 'daytime' } });
    await ends(peer);
    expect(whole(peer).toString()).toBe(`aOK...bby hand${daytime}`);
    await scene.next(socket, 'closed');
  });

  it('reads again when the one before was held up by its client', async () => {
    const { scene, peer, socket } = await meet({ name: 'echo' });
    peer.pause();
    peer.say(noise(tooMuch));
    await scene.next(socket, 'blocked');
    await scene.run({ type: 'behave', socket, behaviour: { name: 'none' } });
    await scene.until('all received', () => scene.state(socket)?.bytesReceived === tooMuch);
    peer.resume();
    await scene.run({ type: 'close', socket, reset: true });
  });
});

describe('a behaviour that throws', () => {
  it('ends its own socket out loud, and nothing else', async () => {
    const { scene, peer, socket, listener } = await meet({ name: 'ok' });
    const { local } = await scene.serve({ name: 'echo' });
    const other = await outside.call(local);
    const begin = vi.spyOn(behaviours.upper, 'begin').mockReturnValue({
      talksOn: false,
      keptBytes: 0,
      feed: () => {
        throw new Error('a bug of the behaviour');
      },
    });
    await scene.run({ type: 'behave', socket, behaviour: { name: 'upper' } });
    begin.mockRestore();
    await peer.until(({ error }) => error === 'ECONNRESET');
    await scene.next(socket, 'closed');
    expect(scene.failures(socket).at(-1)).toBe('behave internal');
    expect(String(scene.bugs.splice(0)[0])).toContain('a bug of the behaviour');
    say(other, 'still here');
    await hears(other, 'still here');
    expect(scene.state(listener)?.state).toBe('listening');
  });
});

describe('two ends that would answer each other for ever', () => {
  it.each<{ client: BehaviourConfig; server: BehaviourConfig }>([
    { client: { name: 'echo' }, server: { name: 'echo' } },
    { client: { name: 'ok' }, server: { name: 'upper' } },
    { client: { name: 'welcome' }, server: { name: 'ok' } },
  ])('$client.name calling $server.name is refused without a trace', async ({ client, server }) => {
    const scene: Scene = openScene();
    const { local } = await scene.serve(server);
    const dial = { type: 'dial', socketType: 'stream', ...local, behaviour: client } as const;
    expect(await scene.refusedSilently('behaviour-loop', dial)).toMatchObject({ field: 'behaviour' });
    const { socket } = await scene.dial(local);
    await scene.refusedSilently('behaviour-loop', { type: 'behave', socket, behaviour: client });
    await scene.run({ type: 'behave', socket, behaviour: { name: 'discard' } });
  });

  it.each<BehaviourConfig>([{ name: 'echo' }, { name: 'welcome' }])(
    'are found when a listener takes %j while a client waits: the connection does nothing by itself, and says why',
    async (server) => {
      const scene: Scene = openScene();
      const listener = await scene.serve({ name: 'none' }, { accept: 'manual' });
      const { socket: client } = await scene.dial(listener.local, { behaviour: { name: 'echo' } });
      await scene.run({ type: 'behave', socket: listener.socket, behaviour: server });
      const { connection } = await scene.run({ type: 'accept', socket: listener.socket });
      expect(scene.failures(Number(connection))).toEqual(['behave behaviour-loop']);
      expect(scene.state(Number(connection))?.behaviour).toEqual({ name: 'none' });

      await scene.send(Number(connection), 'by hand');
      await scene.until('it comes back', () => scene.received(Number(connection)) === 'by hand');
      expect(scene.state(client)?.eventsSent).toBe(1);
      await scene.run({ type: 'behave', socket: client, behaviour: { name: 'none' } });
      await scene.run({ type: 'behave', socket: Number(connection), behaviour: server });
    },
  );

  it('are found in a socket that calls itself', async () => {
    const scene: Scene = openScene();
    const socket = await scene.open();
    await scene.run({ type: 'bind', socket, host: '127.0.0.1', port: 0 });
    const { local } = await scene.next(socket, 'bound');
    await scene.run({ type: 'behave', socket, behaviour: { name: 'echo' } });
    await scene.run({ type: 'connect', socket, ...local });
    expect(scene.failures(socket)).toEqual(['behave behaviour-loop']);
    await scene.send(socket, 'me');
    await scene.until('it came back', () => scene.received(socket) === 'me');
  });

  it('are no reason to refuse a listener that calls itself: no listener calls anyone', async () => {
    const scene: Scene = openScene();
    const { socket, local } = await scene.serve({ name: 'echo' });
    await scene.refusedSilently('already-connected', { type: 'connect', socket, ...local });
  });

  it('are found call by call too, and however the address is spelled', async () => {
    const scene: Scene = openScene();
    const { local } = await scene.serve({ name: 'echo' });
    const behaviour = { name: 'ok' } as const;
    const there = { host: `::ffff:${local.host}`, port: local.port };
    await scene.refusedSilently('behaviour-loop', {
      type: 'dial',
      socketType: 'stream',
      ...there,
      behaviour,
    });
    const socket = await scene.open('stream', 'inet6');
    await scene.run({ type: 'behave', socket, behaviour });
    const connect = { type: 'connect', socket, ...there } as const;
    expect(await scene.refusedSilently('behaviour-loop', connect)).toMatchObject({ field: 'host' });
  });
});
