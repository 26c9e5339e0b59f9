import { describe, expect, it } from 'vitest';
import { Scene } from '../scene.ts';
import { nextOf, numbersText, programsOf } from './model.ts';
import { sidesOf } from './sides.ts';
import type { Sides } from './sides.ts';
import { Wholes } from './wholes.svelte.ts';

const echo = () => new Scene().listener(1, 8888).client(2, 52144, 8888).accepted(3, 1, 8888, 52144);

const sides = (scene: Scene, selected: number, before: number | null = null): Sides =>
  sidesOf(
    scene.of(selected),
    { sockets: scene.sockets, who: scene.who, eventsOf: (socket) => scene.eventsOf(socket) },
    before,
  );
const ofServer = ({ server }: Sides): unknown => {
  if (server?.is !== 'listener') return server?.socket.socket ?? null;
  return [server.listener, ...server.clients].map(({ socket }) => socket);
};
const headings = (scene: Scene, selected: number) =>
  programsOf(sides(scene, selected), {
    sockets: scene.sockets,
    eventsOf: (socket) => scene.eventsOf(socket),
    whole: () => null,
  }).shown.map(({ heading, file }) => [heading, file]);

describe('the numbers of a line', () => {
  it.each([
    [[10], 'No. 10'],
    [[8, 9], 'No. 8, 9'],
    [[5, 6, 7], 'No. 5 to 7'],
    [[1, 2, 3, 5, 9], 'No. 1 to 3, 5, 9'],
    [[1, 3, 5, 7, 8, 9], 'No. 1, 3, 5 and 3 more'],
  ])('%j are %s', (seqs, text) => expect(numbersText(seqs)).toBe(text));

  it('are gone through one by one', () => {
    const line = { seqs: [4, 7, 9] };
    expect([null, 3, 4, 7, 9].map((picked) => nextOf(line, picked))).toEqual([4, 4, 7, 9, 4]);
    expect(nextOf({ seqs: [] }, 4)).toBeNull();
  });
});

describe('the sides', () => {
  it('are the same from either end of a connection', () => {
    for (const selected of [2, 3]) {
      const found = sides(echo(), selected);
      expect([found.client, ofServer(found)]).toEqual([2, [1, 3]]);
    }
  });

  it('of a listener have the client that was shown, or the newest', () => {
    const two = echo().client(4, 52145, 8888).accepted(5, 1, 8888, 52145);
    expect(sides(two, 1).client).toBe(4);
    expect(sides(two, 1, 2).client).toBe(2);
    expect(ofServer(sides(two, 1))).toEqual([1, 3, 5]);
  });

  it('of a client of an outside server, and of an outside client, are one', () => {
    const alone = new Scene().client(1, 5000, 80).listener(2, 90).accepted(3, 2, 90, 6000);
    expect(sides(alone, 1)).toEqual({ client: 1, server: null });
    const served = sides(alone, 3);
    expect([served.client, ofServer(served)]).toEqual([null, [2, 3]]);
  });

  it('outlive the listener', () => {
    const found = sides(echo().happens(1, { type: 'closed' }), 3);
    expect(ofServer(found)).toEqual([1, 3]);
  });

  it('of datagrams are found by where the first one went', () => {
    const to = { host: '127.0.0.1', port: 9 };
    const scene = new Scene().datagram(1, 9).opened(2, 'dgram').says(2, 'sent', 'x', to);
    scene.says(1, 'received', 'x', { host: '127.0.0.1', port: 5000 });
    for (const selected of [1, 2]) {
      const found = sides(scene, selected);
      expect([found.client, ofServer(found)]).toEqual([2, 1]);
    }
  });

  it('of a busy listener are its first clients and the one that is looked at', () => {
    const busy = new Scene().listener(1, 80);
    for (let socket = 2; socket < 42; socket += 1) busy.accepted(socket, 1, 80, 5000 + socket);
    const { server } = sides(busy, 41);
    expect(
      server?.is === 'listener' && [server.clients.length, server.clients.at(-1)?.socket, server.more],
    ).toEqual([24, 41, 16]);
  });
});

it('programs are named after their sockets', () => {
  expect(headings(echo(), 2)).toEqual([
    ['client #2', 'client-2.py'],
    ['server #1, #3', 'server-1.py'],
  ]);
  expect(headings(new Scene().opened(7), 7)).toEqual([['socket #7', 'socket-7.py']]);
});

it('a payload is asked for once, and again when nobody could be asked', async () => {
  const asked: number[] = [];
  let reachable = false;
  const wholes = new Wholes((seq) => {
    asked.push(seq);
    return Promise.resolve(
      reachable ? { is: 'data', data: Uint8Array.of(seq) } : { is: 'unreachable', message: '' },
    );
  });
  wholes.want([4, 4]);
  await Promise.resolve();
  expect(wholes.get(4)).toBeUndefined();
  reachable = true;
  wholes.want([4]);
  await Promise.resolve();
  wholes.want([4]);
  expect(asked).toEqual([4, 4]);
  expect(wholes.get(4)).toEqual(Uint8Array.of(4));
});
