import { expect, test } from 'vitest';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { detailsOf } from './details.ts';

test('the ends of a connection are written as addresses, other values as they are', () => {
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
