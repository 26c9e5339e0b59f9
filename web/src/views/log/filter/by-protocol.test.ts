import { describe, expect, it, vi } from 'vitest';
import type { EventBody } from '@socket-playground/shared/events/event.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { noEnds } from '../../../store/rows/ends.ts';
import { Journal } from '../../../store/journal/journal.svelte.ts';
import { plain, Spoken } from '../../../store/sockets/spoken.svelte.ts';
import { echoScene, numbered, received, sent } from '../../../store/testing/events.ts';
import { Told } from '../../../store/testing/told.ts';
import { Shown } from '../shown.ts';
import { parseFilter } from './parse.ts';
import { sieveOf } from './sieve.ts';

const request = sent(2, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';
const hello = Uint8Array.of(0x81, 5, ...encodeUtf8('Hello'));
const frame = { type: 'received', socket: 2, size: hello.length, data: hello } as const;
const jsonText = sent(3, '{"a":1}\n');
const words = sent(3, 'happy new year\n');

/** The log of one connection that these were sent and received on. */
function setUp(...bodies: readonly EventBody[]) {
  const { journal } = new Told().tell(...echoScene, ...bodies);
  const spoken = new Spoken(journal);
  const found = (typed: string) => {
    const parsed = parseFilter(typed, { protocols: null, shown: [] });
    const shown = new Shown(journal, sieveOf(parsed.ok ? parsed.terms : [], spoken));
    shown.update(journal);
    const rows = Array.from({ length: shown.length }, (_, index) => shown.positionAt(index) ?? -1);
    return rows.map((position) => position - echoScene.length);
  };
  return { journal, spoken, found };
}

describe('rows of a protocol', () => {
  it('are found once it is known what payloads look like', async () => {
    const { spoken, found } = setUp(request, words, jsonText, received(2, upgrade));
    expect(found('proto == http')).toEqual([]);
    await spoken.load();
    expect(found('proto == http')).toEqual([0, 3]);
    expect(found('proto == json')).toEqual([2]);
    expect(found('proto == lines')).toEqual([1]);
    expect(found('proto == http and sent')).toEqual([0]);
    expect(found('sent and proto != http')).toEqual([1, 2]);
  });

  it('are frames only after the handshake that says so', async () => {
    const without = setUp(frame);
    await without.spoken.load();
    expect(without.found('proto == websocket')).toEqual([]);
    const { spoken, found } = setUp(received(2, upgrade), frame);
    await spoken.load();
    expect(found('proto == websocket')).toEqual([1]);
  });

  it('are those that somebody said to be, as far as they can', async () => {
    const { journal, spoken, found } = setUp(request, words);
    await spoken.load();
    const row = journal.at(echoScene.length);
    if (row?.kind !== 'event') throw new Error('no row');
    spoken.choose(row, 'lines');
    expect([found('proto == http'), found('proto == lines')]).toEqual([[], [0, 1]]);
    spoken.choose(row, plain);
    expect([found('proto == http'), found('proto == lines')]).toEqual([[], [1]]);
  });

  it('are looked for a few at a time, and only among what columns leave', async () => {
    const journal = new Journal();
    const ends = { ...noEnds, socketType: 'stream' } as const;
    const bodies = Array.from({ length: 2_000 }, () => request);
    for (const event of numbered(bodies)) journal.append(event, ends, 0);
    const spoken = new Spoken(journal);
    await spoken.load();
    const parsed = parseFilter('proto == http and time > 1999ms', { protocols: null, shown: [] });
    const shown = new Shown(journal, sieveOf(parsed.ok ? parsed.terms : [], spoken));
    const asked = vi.spyOn(spoken, 'protocolOf');
    let parts = 0;
    do {
      shown.update(journal, () => false);
      parts += 1;
    } while (!shown.isDone);
    expect(parts).toBeGreaterThan(3);
    expect(shown.length).toBe(1);
    expect(asked).toHaveBeenCalledTimes(1);
  });
});
