import { describe, expect, it } from 'vitest';
import type { EventBody } from '@socket-playground/shared/events/event.ts';
import { advanceEnds, directionOf, noEnds, sourceAndDestination } from './ends.ts';
import { Lanes } from './lanes.ts';
import { at, echoScene, numbered, opened, received, sent } from '../testing/events.ts';

const udp: EventBody = { type: 'opened', socket: 1, family: 'inet', socketType: 'dgram', label: null };
const bound: EventBody = { type: 'bound', socket: 1, local: at(9999) };
const behaving: EventBody = { type: 'behaving', socket: 1, behaviour: { name: 'echo' } };
const datagram = { ...received(1, 'x'), remote: at(47021) };

const endsAfter = (...bodies: EventBody[]) => numbered(bodies).reduce(advanceEnds, noEnds);
const sideAfter = (...bodies: EventBody[]) => endsAfter(...bodies).side;

describe('which side a socket is', () => {
  it('a listener and what it accepts are servers, what connects is a client', () => {
    const of = (socket: number) => echoScene.filter((body) => body.socket === socket);
    expect([1, 2, 3].map((socket) => sideAfter(...of(socket)))).toEqual(['server', 'client', 'server']);
  });

  it('a bound datagram socket is a server until it speaks first', () => {
    expect(sideAfter(udp, bound)).toBe('server');
    expect(sideAfter(udp, bound, datagram)).toBe('server');
    expect(sideAfter(udp, bound, sent(1, 'x'))).toBe('client');
    expect(sideAfter(udp, sent(1, 'x'))).toBe('client');
    expect(sideAfter(udp, bound, behaving, sent(1, 'x'))).toBe('server');
  });

  it('bytes go to the server that receives and to the client that receives', () => {
    expect(directionOf('client', 'sent')).toBe('to-server');
    expect(directionOf('server', 'received')).toBe('to-server');
    expect(directionOf('server', 'sent')).toBe('to-client');
    expect(directionOf('client', 'received')).toBe('to-client');
  });
});

describe('source and destination', () => {
  it('are the socket’s own: sent goes from it, received comes to it', () => {
    const client = endsAfter(...echoScene.filter(({ socket }) => socket === 2));
    const [out, back] = numbered([sent(2, 'x'), received(2, 'x')]);
    expect(sourceAndDestination(client, out!)).toEqual({ source: at(5000), destination: at(8888) });
    expect(sourceAndDestination(client, back!)).toEqual({ source: at(8888), destination: at(5000) });
  });

  it('of a FIN or RST are those of whoever sent it, at either end', () => {
    const server = endsAfter(...echoScene.filter(({ socket }) => socket === 3));
    const [own, theirs] = numbered([
      { type: 'ended', socket: 3, by: 'local' },
      { type: 'reset', socket: 3, by: 'remote' },
    ]);
    expect(sourceAndDestination(server, own!)).toEqual({ source: at(8888), destination: at(5000) });
    expect(sourceAndDestination(server, theirs!)).toEqual({ source: at(5000), destination: at(8888) });
  });

  it('of a datagram are those of the datagram', () => {
    const [event] = numbered([datagram]);
    expect(sourceAndDestination(endsAfter(udp, bound), event!)).toEqual({
      source: at(47021),
      destination: at(9999),
    });
  });
});

describe('lanes', () => {
  const marks = (bodies: readonly EventBody[]) => {
    const lanes = new Lanes();
    return numbered(bodies).map((event) => lanes.at(event));
  };

  it('last from opened to closed, both included, and are used again', () => {
    const closed: EventBody = { type: 'closed', socket: 1 };
    expect(marks([opened(1), opened(2), closed, opened(3)])).toEqual([
      { taken: 0b1, own: 0 },
      { taken: 0b11, own: 1 },
      { taken: 0b11, own: 0 },
      { taken: 0b11, own: 0 },
    ]);
  });

  it('are six; the seventh socket has only its number', () => {
    const all = marks([1, 2, 3, 4, 5, 6, 7].map((socket) => opened(socket)));
    expect(all.at(-1)).toEqual({ taken: 0b111111, own: -1 });
  });
});
