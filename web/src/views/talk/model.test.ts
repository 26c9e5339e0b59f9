import { describe, expect, it } from 'vitest';
import { at, Scene } from '../scene.ts';
import { overSays } from '../over.ts';
import { acceptsOf, actsOf, chooseWords, pairOf } from './model.ts';

const possible = (scene: Scene, socket = 1) =>
  actsOf(scene.of(socket))
    .filter((act) => act.possible)
    .map(({ name }) => name);

describe('what can be done to a socket', () => {
  it.each([
    ['a connection', new Scene().client(1, 5, 80), ['Pause', 'End', 'Close', 'Reset']],
    [
      'a paused one',
      new Scene().client(1, 5, 80).happens(1, { type: 'paused' }),
      ['Resume', 'End', 'Close', 'Reset'],
    ],
    [
      'after FIN',
      new Scene().client(1, 5, 80).happens(1, { type: 'ended', by: 'local' }),
      ['Pause', 'Close', 'Reset'],
    ],
    ['a listener', new Scene().listener(1, 80), ['Close']],
    ['a datagram socket', new Scene().datagram(1, 9999), ['Pause', 'Close']],
    ['a closed client', new Scene().client(1, 5, 80).happens(1, { type: 'closed' }), ['Connect again']],
    ['one that was refused', new Scene().refused(1, 80), ['Connect again']],
    ['a closed server', new Scene().listener(1, 80).happens(1, { type: 'closed' }), []],
    ['a closed connection of it', new Scene().accepted(1, 9, 80, 5).happens(1, { type: 'closed' }), []],
  ])('%s', (_, scene, names) => expect(possible(scene)).toEqual(names));

  it('of a run that is over: nothing, and why', () => {
    const acts = actsOf(new Scene().client(1, 5, 80).of(1), 'restarted');
    const says = overSays.restarted;
    expect(acts.map((act) => [act.possible, act.says])).toEqual(acts.map(() => [false, says]));
  });

  it('in a recording: nothing is even there', () => {
    expect(actsOf(new Scene().client(1, 5, 80).of(1), 'recording')).toEqual([]);
  });
});

describe('the two ends', () => {
  const scene = () => new Scene().listener(1, 8888).client(2, 52144, 8888).accepted(3, 1, 8888, 52144);

  it('stand the same way whichever of them is selected', () => {
    const { sockets, who } = scene();
    const pairs = [2, 3].map((id) => {
      const socket = sockets.get(id);
      return socket && pairOf(socket, sockets, who);
    });
    for (const pair of pairs) {
      expect(pair?.client).toMatchObject({ socket: 2, address: at(52144), note: 'this page' });
      expect(pair?.server).toMatchObject({ socket: 3, address: at(8888) });
    }
  });

  it('say who is not ours', () => {
    const outside = new Scene().listener(1, 8888).accepted(2, 1, 8888, 40312);
    expect(pairOf(outside.of(2), outside.sockets, outside.who)?.client).toEqual({
      side: 'client',
      socket: null,
      address: at(40312),
      note: 'outside',
    });
    const datagrams = new Scene().datagram(1, 9999);
    expect(pairOf(datagrams.of(1), datagrams.sockets, datagrams.who)?.client.note).toBe('anyone');
  });

  it('say where a client waits that nobody has accepted', () => {
    const waiting = new Scene().listener(1, 8888).client(2, 52144, 8888);
    const pair = (socket: number) => pairOf(waiting.of(socket), waiting.sockets, waiting.who);
    expect(pair(2)?.server).toEqual({
      side: 'server',
      socket: 1,
      address: at(8888),
      note: 'not accepted yet',
    });
    waiting.accepted(3, 1, 8888, 52144);
    expect(pair(2)?.server).toMatchObject({ socket: 3 });
    const elsewhere = new Scene().listener(1, 8888).client(2, 52144, 8889);
    expect(pairOf(elsewhere.of(2), elsewhere.sockets, elsewhere.who)?.server.note).toBe('outside');
  });

  it('are none for a listener', () => {
    const { sockets, who } = scene();
    const listener = sockets.get(1);
    expect(listener && pairOf(listener, sockets, who)).toBeNull();
  });

  it('are listed at the listener', () => {
    const accepts = acceptsOf(1, scene().sockets, scene().who);
    expect(accepts).toMatchObject({
      earlier: 0,
      open: 1,
      shown: [{ socket: 3, remote: at(52144), closed: false }],
    });
  });
});

describe('what can be chosen', () => {
  it('is a packet only where there are some', () => {
    expect(chooseWords(false, true)).toBe('Choose a socket to see what it says and hears.');
    expect(chooseWords(true, true)).toContain('Select a captured packet');
    expect(chooseWords(true, false)).toBe('No socket was found in this recording.');
  });
});
