import { describe, expect, it } from 'vitest';
import { tcpFlags } from '@socket-playground/shared/events/tcp-flags.ts';
import { packet as drawn } from './packets.ts';
import { Sheet } from './sheet.ts';
import type { Scene } from './sheet.ts';
import { packet, sceneOf, turned, view } from './testing.ts';
import type { Packet } from './testing.ts';

const withFlags = (from: Packet['from'], flags: number, text = ''): Packet => ({
  ...packet(1, 5000, from, text),
  tcp: { sequence: 1, acknowledgement: 1, flags, window: 100 },
});

/** The sheet with all these packets on it; `lanes` in place of those that they have. */
function sheetOf(packets: readonly Packet[], lanes?: Scene['lanes']) {
  const { scene } = sceneOf(...packets);
  const sheet = new Sheet({ ...scene, lanes: lanes ?? scene.lanes }, view);
  for (const position of packets.keys()) {
    const row = scene.journal.rowAt(position);
    if (row?.kind !== 'event' || row.event.type !== 'segment') throw new Error('It is a packet.');
    drawn(sheet, row, row.event, position, sheet.y(position));
  }
  return sheet;
}

const said = ({ words }: Sheet) => words.placed([], [], view.width).map(({ text }) => text);

describe('a captured packet', () => {
  it('goes from the lane of its client to that of its server, and back', () => {
    const sheet = sheetOf([packet(1, 5000, 'client', 'ask'), packet(1, 5000, 'server', 'say')]);
    const [client, server] = [sheet.x('-1 '), sheet.x('-1')];
    const ways = sheet.arrows.map(({ from, to, tone, positions }) => [from.x, to.x, tone, ...positions]);
    expect(ways).toEqual([
      [client, server, 'go', 0],
      [server, client, 'back', 1],
    ]);
    expect(client).toBeLessThan(server ?? 0);
    expect(said(sheet)).toEqual(['ask', 'say']);
  });

  it('of which nobody knows who called goes where its addresses say', () => {
    const first = packet(1, 5000, null, 'ask');
    const { arrows } = sheetOf([first, turned(first)]);
    expect(arrows.map(({ tone }) => tone)).toEqual(['go', 'back']);
  });

  it('says what it is there for: a call, an end, a reset or bytes', () => {
    const { SYN, ACK, FIN, RST, PSH } = tcpFlags;
    const sheet = sheetOf([
      withFlags('client', SYN),
      withFlags('server', SYN | ACK),
      withFlags('client', PSH | ACK, 'ask'),
      withFlags('client', FIN | ACK),
      withFlags('server', RST),
    ]);
    expect(sheet.arrows.map(({ kind, tone }) => `${kind} ${tone}`)).toEqual([
      'call quiet',
      'call quiet',
      'data go',
      'end quiet',
      'reset trouble',
    ]);
  });

  it('without lanes is not drawn, and only said where it belongs to no conversation', () => {
    const inNone = sheetOf([packet(null, 0, null, 'who has?')]);
    expect(inNone.arrows).toEqual([]);
    expect(said(inNone)).toEqual([expect.stringContaining('10.0.0.1')]);
    const outOfView = sheetOf([packet(1, 5000, 'client', 'ask')], new Map());
    expect(outOfView.arrows).toEqual([]);
    expect(said(outOfView)).toEqual([]);
  });
});
