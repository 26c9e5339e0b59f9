/** The chat: everyone hears everyone else, and nobody holds up the room. */
import { describe, expect, it } from 'vitest';
import { openScene } from '../../test/scene.ts';
import type { Scene, SceneOptions } from '../../test/scene.ts';
import { noise } from '../sockets/conformance/conversation.ts';
import { streamWorld } from '../sockets/conformance/worlds.ts';
import type { Outsider } from '../sockets/conformance/worlds.ts';

const outside = streamWorld('127.0.0.1');
const mebi = 1024 * 1024;
const piece = mebi / 4;
const heardBy = ({ heard }: Outsider) => Buffer.concat([...heard]).toString();
/** The last few chunks hold what was said last, however much came before. */
const hears = (peer: Outsider, words: string) =>
  peer.until(({ heard }) => Buffer.concat(heard.slice(-words.length)).toString().endsWith(words));
const portOf = ({ address }: Outsider) => address.port;

const entered = (peer: Outsider) => `[127.0.0.1:${portOf(peer)}] entered room\n`;
const offline = (peer: Outsider) => `Client (127.0.0.1, ${portOf(peer)}) is offline\n`;
const said = (peer: Outsider, words: string) => `\r<('127.0.0.1', ${portOf(peer)})> ${words}`;

interface Member {
  readonly peer: Outsider;
  readonly socket: number;
}

async function room(count: number, options: SceneOptions = {}) {
  const scene = openScene(options);
  const { socket: listener, local } = await scene.serve({ name: 'chat' });
  const members: Member[] = [];
  const join = async (): Promise<Member> => {
    const peer = await outside.call(local);
    const sockets = await scene.accepted(listener, members.length + 1);
    const member = { peer, socket: sockets.at(-1) ?? 0 };
    await Promise.all(members.map((other) => hears(other.peer, entered(peer))));
    members.push(member);
    return member;
  };
  const [a, b, c] = [await join(), await join(), count > 2 ? await join() : null];
  return { scene, listener, local, a, b, c: c ?? a, join };
}

const say = ({ peer }: Member, words: string) => peer.say(Buffer.from(words));

/** The others were told once, and go on talking. */
async function goesOnWithout(scene: Scene, gone: Member, [one, other]: readonly [Member, Member]) {
  await scene.next(gone.socket, 'closed');
  say(one, 'still there?');
  await hears(other.peer, said(one.peer, 'still there?'));
  expect(heardBy(other.peer).split(offline(gone.peer))).toHaveLength(2);
}

describe('a room', () => {
  it('hears who enters, what is said, and who goes, byte by byte; nobody hears himself', async () => {
    const { scene, a, b, c } = await room(3);
    say(a, 'hello\r\n');
    await Promise.all([b, c].map(({ peer }) => hears(peer, said(a.peer, 'hello\r\n'))));
    c.peer.end();
    await c.peer.until(({ hasEnded }) => hasEnded);
    await Promise.all([a, b].map(({ peer }) => hears(peer, offline(c.peer))));
    await scene.next(c.socket, 'closed');
    expect(heardBy(a.peer)).toBe(entered(b.peer) + entered(c.peer) + offline(c.peer));
    expect(heardBy(b.peer)).toBe(entered(c.peer) + said(a.peer, 'hello\r\n') + offline(c.peer));
    expect(heardBy(c.peer)).toBe(said(a.peer, 'hello\r\n'));
  });

  it('loses a member that resets, says so once, and goes on', async () => {
    const { scene, a, b, c } = await room(3);
    c.peer.reset();
    await goesOnWithout(scene, c, [a, b]);
    expect(scene.story(c.socket).slice(-2)).toEqual(['reset', 'closed']);
  });

  it('disconnects a member that does not read, once and out loud, while the others go on', async () => {
    const { scene, a, b, c } = await room(3, { limits: { roomQueueBytes: mebi } });
    c.peer.pause();
    // No faster than the others hear it: nobody else may become slow.
    for (let told = piece; told <= 16 * mebi; told += piece) {
      a.peer.say(noise(piece));
      await b.peer.until(({ heard }) => heard.reduce((sum, { length }) => sum + length, 0) > told);
    }
    await goesOnWithout(scene, c, [a, b]);
    expect(scene.failures(c.socket).filter((failure) => failure === 'behave slow-member')).toHaveLength(1);
  });

  it('belongs to one listener', async () => {
    const { scene, a, b } = await room(2);
    const { local } = await scene.serve({ name: 'chat' });
    const stranger = await outside.call(local);
    stranger.say(Buffer.from('anybody?'));
    await scene.waitFor('received', ({ socket }) => scene.received(socket) === 'anybody?');
    say(a, 'us');
    await hears(b.peer, said(a.peer, 'us'));
    expect([heardBy(a.peer), heardBy(b.peer), heardBy(stranger)]).toEqual([
      entered(b.peer),
      said(a.peer, 'us'),
      '',
    ]);
  });

  it('is left by a member that takes another behaviour, and entered again', async () => {
    const { scene, a, b } = await room(2);
    await scene.run({ type: 'behave', socket: b.socket, behaviour: { name: 'echo' } });
    await hears(a.peer, offline(b.peer));
    say(b, 'alone');
    await hears(b.peer, 'alone');
    await scene.run({ type: 'behave', socket: b.socket, behaviour: { name: 'chat' } });
    await hears(a.peer, entered(b.peer));
  });

  it('hears a member that was closed at the page', async () => {
    const { scene, a, b } = await room(2);
    await scene.run({ type: 'close', socket: b.socket });
    await hears(a.peer, offline(b.peer));
  });
});
