import { describe, expect, it } from 'vitest';
import type { EventOf } from '@socket-playground/shared/events/event.ts';
import { CapturedEnds } from './captured-ends.ts';

const segment = (protocol: string): EventOf<'segment'> => ({
  ...{ seq: 1, time: 1, socket: null, type: 'segment', protocol, stream: null, from: null },
  source: { host: '10.0.0.1', port: 1 },
  destination: { host: '10.0.0.2', port: 2 },
  ...{ size: 0, data: new Uint8Array(0) },
});

describe('the ends of a captured segment', () => {
  it.each([
    ['TCP', 'stream'],
    ['UDP', 'dgram'],
    ['ICMP', null],
    ['constructor', null],
    ['toString', null],
  ])('of %s are of a socket of type %s', (protocol, socketType) => {
    expect(new CapturedEnds().of(segment(protocol)).socketType).toBe(socketType);
  });
});
