import { expect, it } from 'vitest';
import type { EventOf, SocketEvent } from '@socket-playground/shared/events/event.ts';
import { detailsOf, emptyWords } from './details.ts';

const captured = (protocol: string, more: Partial<EventOf<'segment'>> = {}): EventOf<'segment'> => ({
  ...{ seq: 1, time: 1, socket: null, type: 'segment', protocol, stream: 1, from: 'server' },
  ...{ source: null, destination: null, size: 0, data: new Uint8Array() },
  ...more,
});

it('the ends of a connection are written as addresses, other values as they are', () => {
  const event: SocketEvent = {
    ...{ type: 'accepted', seq: 6, time: 1, socket: 2, listener: 1 },
    ...{ local: { host: '127.0.0.1', port: 8888 }, remote: { host: '::1', port: 50001 } },
  };
  expect(detailsOf(event)).toEqual([
    ['listener', '1'],
    ['local', '127.0.0.1:8888'],
    ['remote', '[::1]:50001'],
  ]);
});

it('a field that says nothing is left out', () => {
  const event: SocketEvent = {
    ...{ type: 'opened', seq: 1, time: 1, socket: 1 },
    ...{ family: 'inet', socketType: 'stream', label: null },
  };
  expect(detailsOf(event)).toEqual([
    ['family', 'inet'],
    ['socketType', 'stream'],
  ]);
});

it('what carries nothing is called what it is', () => {
  const tcp = { sequence: 944, acknowledgement: 139, flags: 4, window: 100 };
  const datagram = 'An empty datagram: a header, and no bytes after it.';
  expect(emptyWords({ seq: 1, time: 1, socket: 1, type: 'sent', size: 0, data: new Uint8Array() })).toBe(
    datagram,
  );
  expect(emptyWords(captured('UDP'))).toBe(datagram);
  expect(emptyWords(captured('TCP', { tcp }))).toBe(
    'A TCP header, and no bytes after it: RST, seq 944, ack 139.',
  );
  expect(emptyWords(captured('ARP', { note: 'cut short' }))).toBe('cut short.');
});
