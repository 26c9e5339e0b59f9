import { describe, expect, it } from 'vitest';
import { at, Scene } from '../scene.ts';
import { overSays } from '../over.ts';
import { emptyProblem, lastSender, sendableOf, sendCommand } from './sending.ts';

const client = () => new Scene().client(1, 52144, 8888);

describe('whether a socket can send', () => {
  it.each([
    ['a listener', new Scene().listener(1, 8888), /Choose one of its connections/],
    ['a closed socket', client().happens(1, { type: 'closed' }), /is closed/],
    ['a socket that sent FIN', client().happens(1, { type: 'ended', by: 'local' }), /has sent FIN/],
    ['a fresh socket', new Scene().opened(1), /nobody to send to/],
    [
      'a socket that connects',
      new Scene().opened(1).happens(1, { type: 'connecting', remote: at(1) }),
      /not connected yet/,
    ],
  ])('%s says why not', (_, scene, why) => {
    const sendable = sendableOf(scene.of(1));
    expect(!sendable.can && sendable.why).toMatch(why);
  });

  it('a socket of a run that is over says why not', () => {
    expect(sendableOf(client().of(1), 'restarted')).toEqual({ can: false, why: overSays.restarted });
  });

  it('after the peer’s FIN it still can', () => {
    expect(sendableOf(client().happens(1, { type: 'ended', by: 'remote' }).of(1)).can).toBe(true);
  });

  it('a datagram socket needs an address unless it is connected', () => {
    expect(sendableOf(new Scene().datagram(1, 9999).of(1))).toMatchObject({
      can: true,
      needsDestination: true,
    });
    const connected = new Scene()
      .opened(1, 'dgram')
      .happens(1, { type: 'connected', local: at(1), remote: at(2) });
    expect(sendableOf(connected.of(1))).toMatchObject({ can: true, needsDestination: false });
  });

  it('nothing is a datagram, but not a stream', () => {
    expect(emptyProblem(0, sendableOf(client().of(1)))).toMatch(/A stream carries only bytes/);
    expect(emptyProblem(0, sendableOf(new Scene().datagram(1, 9999).of(1)))).toBeNull();
  });
});

describe('where a datagram goes', () => {
  it('is the last sender', () => {
    const scene = new Scene()
      .datagram(1, 9999)
      .says(1, 'received', 'a', at(5))
      .says(1, 'received', 'b', at(6));
    scene.says(1, 'sent', 'c', at(5));
    expect(lastSender(scene.eventsOf(1))).toEqual(at(6));
    expect(lastSender(new Scene().datagram(1, 9999).eventsOf(1))).toBeNull();
  });

  it('becomes send or sendto', () => {
    const bytes = Uint8Array.of(0x68, 0x69);
    expect(sendCommand(1, bytes, null)).toEqual({ type: 'send', socket: 1, data: { base64: 'aGk=' } });
    expect(sendCommand(1, bytes, at(5))).toEqual({
      type: 'sendto',
      socket: 1,
      host: '127.0.0.1',
      port: 5,
      data: { base64: 'aGk=' },
    });
  });
});
