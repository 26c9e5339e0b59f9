import { describe, expect, it } from 'vitest';
import { at, Scene } from '../scene.ts';
import { conversationOf, rememberedRuns, spanKey, spanOf, stepBefore } from './turns.ts';
import type { ChunkTurn } from './turns.ts';

const read = (scene: Scene, socket: number, from: number | null = null) => {
  const events = scene.eventsOf(socket);
  return conversationOf(events, spanOf(events, from), {
    side: scene.who.sideOf(socket),
    runs: rememberedRuns(),
  });
};
const chunks = (scene: Scene, socket: number) =>
  read(scene, socket).filter((turn): turn is ChunkTurn => turn.kind === 'chunk');

describe('a conversation', () => {
  it('points right to the server and left to the client, at both ends', () => {
    const scene = new Scene().listener(1, 8888).client(2, 52144, 8888).accepted(3, 1, 8888, 52144);
    scene
      .says(2, 'sent', 'happy\n')
      .says(3, 'received', 'happy\n')
      .says(3, 'sent', 'ok')
      .says(2, 'received', 'ok');
    const ways = (socket: number) =>
      chunks(scene, socket).map(({ type, direction }) => `${type} ${direction}`);
    expect(ways(2)).toEqual(['sent to-server', 'received to-client']);
    expect(ways(3)).toEqual(['received to-server', 'sent to-client']);
  });

  it('writes control bytes as the composer takes them', () => {
    const scene = new Scene().client(1, 52144, 8888).says(1, 'sent', 'a\u202eb\n');
    expect(chunks(scene, 1)[0]?.runs).toEqual([
      { text: 'a', escaped: false },
      { text: String.raw`\xe2\x80\xae`, escaped: true },
      { text: 'b', escaped: false },
      { text: String.raw`\n`, escaped: true },
    ]);
  });

  it('says how many bytes of a chunk are not here', () => {
    const scene = new Scene().client(1, 52144, 8888);
    scene.happens(1, { type: 'received', size: 70_000, data: new Uint8Array(256) });
    expect(chunks(scene, 1)[0]).toMatchObject({ size: 70_000, missing: 69_744 });
  });

  it('marks idle time', () => {
    const scene = new Scene().client(1, 52144, 8888).says(1, 'sent', 'a').wait(6300).says(1, 'received', 'b');
    expect(read(scene, 1).map(({ kind }) => kind)).toEqual(['note', 'chunk', 'pause', 'chunk']);
    expect(read(scene, 1)[2]).toMatchObject({ text: '6.3 s' });
  });

  it('tells what happens to the connection in between', () => {
    const scene = new Scene().client(1, 52144, 8888);
    scene.happens(1, { type: 'ended', by: 'remote' }, { type: 'reset', by: 'remote' }, { type: 'closed' });
    const notes = read(scene, 1).map((turn) => (turn.kind === 'note' ? turn.text : turn.kind));
    expect(notes.slice(1)).toEqual([
      'FIN received: the other side sends no more',
      'RST received: the other side gave up',
      'closed',
    ]);
  });

  it('explains a failure', () => {
    const scene = new Scene().refused(1, 9000);
    expect(read(scene, 1).find(({ kind }) => kind === 'failure')).toMatchObject({
      code: 'ECONNREFUSED',
    });
  });

  it('names the peer of a datagram where it changes', () => {
    const scene = new Scene().datagram(1, 9999);
    scene.says(1, 'received', 'a', at(5)).says(1, 'sent', 'b', at(5)).says(1, 'received', '', at(6));
    expect(chunks(scene, 1).map(({ peer, size }) => [peer, size])).toEqual([
      ['127.0.0.1:5', 1],
      [null, 1],
      ['127.0.0.1:6', 0],
    ]);
  });

  it('is bounded at its tail, and stands still for a reader', () => {
    const scene = new Scene().client(1, 52144, 8888);
    for (let index = 0; index < 500; index += 1) scene.says(1, 'sent', String(index));
    expect(read(scene, 1)).toHaveLength(60);
    const events = scene.eventsOf(1);
    const from = stepBefore(events, spanOf(events, null));
    const before = read(scene, 1, from);
    for (let index = 0; index < 3000; index += 1) scene.says(1, 'sent', String(index));
    expect(read(scene, 1, from).slice(0, before.length)).toEqual(before);
    expect(read(scene, 1, from)).toHaveLength(1000);
    const key = spanKey(scene.eventsOf(1), spanOf(scene.eventsOf(1), from));
    scene.says(1, 'sent', 'one more');
    expect(spanKey(scene.eventsOf(1), spanOf(scene.eventsOf(1), from))).toBe(key);
  });
});

describe('times', () => {
  const timesOf = (...ns: readonly number[]) => {
    const scene = new Scene().client(1, 52144, 8888);
    for (const _ of ns) scene.says(1, 'sent', 'a');
    const said = scene.events.filter(({ type }) => type === 'sent');
    const events = said.map((event, at) => ({ ...event, time: ns[at] ?? 0 }));
    return conversationOf(events, spanOf(events, null), { side: 'client', runs: rememberedRuns() });
  };

  it.each([
    [3_872_140_000, 3_872_688_000, { same: '3.872', fresh: '688' }],
    [9_999_999_000, 10_000_000_000, { same: '', fresh: '10.000000' }],
    [3_872_140_000, 3_900_000_000, { same: '3.', fresh: '900000' }],
  ])('after %d ns only what changed is dark', (before, ns, time) => {
    expect(timesOf(before, ns)).toMatchObject([{}, { time }]);
  });

  it('are those of the log: cut and not rounded', () => {
    expect(timesOf(1_234_567)).toMatchObject([{ time: { same: '', fresh: '0.001234' } }]);
  });

  it.each([
    [6.3e9, '6.3 s'],
    [125e9, '2 min 5 s'],
    [12_000e9, '3 h 20 min'],
  ])('a pause of %d ns is %s', (ns, text) => {
    expect(timesOf(0, ns)).toMatchObject([{}, { kind: 'pause', text }, {}]);
  });
});
