import { describe, expect, it } from 'vitest';
import type { EventBody } from '@socket-playground/shared/events/event.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { plain, Spoken } from '../../store/sockets/spoken.svelte.ts';
import { echoScene, received, sent } from '../../store/testing/events.ts';
import { Told } from '../../store/testing/told.ts';
import type { EventRow } from '../../store/rows/rows.ts';
import { dissected } from './dissected.ts';

/** The last row of a connection that this was sent and received on, and what is known of it. */
async function lastOf(...bodies: readonly EventBody[]): Promise<{ row: EventRow; spoken: Spoken }> {
  const { journal } = new Told().tell(...echoScene, ...bodies);
  const row = journal.at(journal.length - 1);
  if (row?.kind !== 'event') throw new Error('no row');
  const spoken = new Spoken(journal);
  await spoken.load();
  return { row, spoken };
}

async function said(...bodies: readonly EventBody[]) {
  const { row, spoken } = await lastOf(...bodies);
  return dissected(row, spoken);
}

const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';
const bytes = Uint8Array.of(0x81, 5, ...encodeUtf8('Hello'));
const frame = { type: 'received', socket: 2, size: bytes.length, data: bytes } as const;

describe('a row says', () => {
  it('what a known message means', async () => {
    const text = 'GET /index.html HTTP/1.1\r\nHost: x\r\n\r\n';
    const info = { is: 'message', verb: 'sent', text: 'GET /index.html HTTP/1.1' };
    expect(await said(sent(2, text))).toEqual({ protocol: 'HTTP', info });
  });

  it('the text itself, where that says it best', async () => {
    expect(await said(sent(2, 'happy new year\n'))).toBeNull();
    expect(await said(sent(2, '{"a":1}\n'))).toEqual({ protocol: 'JSON', info: null });
  });

  it('nothing of a message that began before', async () => {
    expect(await said(received(3, 'ost: x\r\n\r\n'))).toBeNull();
  });

  it('that it is a frame, once the connection was upgraded', async () => {
    expect(await said(frame)).toBeNull();
    const info = { is: 'message', verb: 'received', text: 'text “Hello”' };
    expect(await said(received(2, upgrade), frame)).toEqual({ protocol: 'WebSocket', info });
  });

  it('what somebody chose for its socket', async () => {
    const { row, spoken } = await lastOf(sent(2, 'GET / HTTP/1.1\r\n\r\n'));
    spoken.choose(row, plain);
    expect(dissected(row, spoken)).toBeNull();
    spoken.choose(row, 'http');
    expect(dissected(row, spoken)?.protocol).toBe('HTTP');
    spoken.choose(row, 'dns');
    expect(dissected(row, spoken)).toBeNull();
  });
});
