import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { expect, it } from 'vitest';
import { at } from '../../store/testing/events.ts';
import { markWords } from './words.ts';

const packet = (protocol: string, port: number): SocketEvent => ({
  ...{ seq: 1, time: 1, socket: null, type: 'segment', protocol, stream: null, from: null },
  ...{ source: at(port), destination: at(port, '::1'), size: 2, data: Uint8Array.of(1, 2) },
});

it('a captured packet has the ports that it has', () => {
  expect(markWords(packet('UDP', 53))).toBe('UDP  127.0.0.1:53 → [::1]:53  2 bytes');
  expect(markWords(packet('ICMP', 0))).toBe('ICMP  127.0.0.1 → [::1]  2 bytes');
});
