/** Files that leave without their secrets: every format, our own recordings and captures of others; the file stays as it is. */
import { describe, expect, it } from 'vitest';
import { Happenings } from '../../../../../shared/test/happenings.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { concat } from '@socket-playground/shared/payload/concat.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { tcpPacket } from '@socket-playground/shared/recording/pcapng/packets.ts';
import { PcapngWriter } from '@socket-playground/shared/recording/pcapng/writer.ts';
import { readPreamble, writeSegmentHead } from '@socket-playground/shared/recording/segment.ts';
import { exact } from '../../testing/fake-agent.ts';
import { RecordedLink } from '../recorded.ts';
import type { FormatName } from '@socket-playground/shared/recording/export/formats.ts';

const secret = 'Basic aGFweTpvdHRlcg==';
const pin = 'pin 4711';
const said = `GET / HTTP/1.1\r\nAuthorization: ${secret}\r\n\r\n${pin}`;
const hidden = said.replace(secret, 'x'.repeat(secret.length)).replace(pin, 'x'.repeat(pin.length));

async function save(file: File, format: FormatName, hide: readonly string[] | null) {
  const shares: number[] = [];
  const request = { ...exact(format), hide, looked: (share: number) => void shares.push(share) };
  const download = await new RecordedLink(file).save(request);
  if (download.is === 'unreachable') return { text: download.message, shares };
  const bytes = new Uint8Array(await new Response(download.stream).arrayBuffer());
  return { bytes, shares, hidden: download.hidden, share: download.share?.() };
}

const latin1 = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);

/** What a client of ours sent, cut anywhere. */
function ours(): File {
  const happened = new Happenings().client(1, 50_000, 80);
  for (const part of [said.slice(0, 20), said.slice(20, 45), said.slice(45)]) happened.says(1, 'sent', part);
  const writer = new PcapngWriter({ epoch: 'one', started: '2026-11-26T05:00:00.000Z' });
  const pieces = happened.events.flatMap((event: SocketEvent) => writer.write(event));
  return new File([concat([writer.start, ...pieces, ...writer.end()])], 'ours.pcapng');
}

/** The same as somebody's pcap, the second segment in front of the first. */
function others(): File {
  const end = (port: number) => ({ host: Uint8Array.of(10, 0, 0, 1), port });
  const bytes = encodeUtf8(said);
  const packets = [
    [0, 20],
    [45, said.length],
    [20, 45],
  ].map(([from = 0, to = 0]) =>
    tcpPacket(
      end(50_000),
      end(80),
      { sequence: from, acknowledgement: 0, flags: 0x18 },
      bytes.subarray(from, to),
    ),
  );
  const head = new DataView(new ArrayBuffer(24));
  head.setUint32(0, 0xa1b2_c3d4, true);
  head.setUint32(16, 65_535, true);
  head.setUint32(20, 101, true);
  const records = packets.flatMap(({ bytes: packet }) => {
    const record = new DataView(new ArrayBuffer(16));
    record.setUint32(8, packet.length, true);
    record.setUint32(12, packet.length, true);
    return [new Uint8Array(record.buffer), packet];
  });
  return new File([concat([new Uint8Array(head.buffer), ...records])], 'others.pcap');
}

/** The Internet checksum of a TCP packet over IPv4 with its pseudo header, which is 0 for a right one. */
function sumOf(packet: Uint8Array): number {
  const words = [...packet.subarray(12, packet.length), ...(packet.length % 2 === 0 ? [] : [0])];
  let sum = 6 + packet.length - 20;
  for (let at = 0; at < words.length; at += 2) sum += ((words[at] ?? 0) << 8) + (words[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return ~sum & 0xffff;
}

it('a session that is written anew says as before with which event it ended', async () => {
  const head = {
    epoch: 'e',
    started: '2026-11-26T05:00:00.000Z',
    pid: 0,
    first: 1,
    follows: 0,
    standing: [],
  };
  for (const end of [7, null]) {
    const { bytes } = await save(new File([writeSegmentHead(head, end)], 'a.session'), 'session', ['4711']);
    expect(readPreamble(bytes ?? new Uint8Array(0))?.last).toBe(end);
  }
});

describe('saved without secrets', () => {
  it.each(['session', 'json', 'csv', 'pcapng'] as const)('our own as %s', async (format) => {
    const file = ours();
    const before = new Uint8Array(await file.arrayBuffer());
    const { bytes = new Uint8Array(), hidden: places, shares, share } = await save(file, format, ['4711']);
    expect([places, shares.at(-1), share]).toEqual([2, 1, 1]);
    const text = latin1(bytes);
    for (const word of ['aGFweTp', 'YUdGd2VU', '4711', 'NDcxM']) expect(text).not.toContain(word);
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(before);
  });

  it.each(['session', 'pcapng'] as const)(
    '%s: nor does it tell the name of the file it was made of',
    async (format) => {
      const secretly = new File([others()], `otters of ${pin}.pcap`);
      const named = await save(secretly, 'session', null);
      const again = new File([named.bytes ?? ''], 'made.session');
      for (const file of format === 'session' ? [secretly, again] : [again]) {
        expect(latin1((await save(file, format, null)).bytes ?? new Uint8Array())).toContain(pin);
        const { bytes = new Uint8Array() } = await save(file, format, [pin]);
        expect(latin1(bytes)).toContain('otters of xxxxxxxx.pcap');
        expect(latin1(bytes)).not.toContain(pin);
      }
    },
  );

  it.each(['session', 'pcapng'] as const)(
    '%s: a long name that is hidden leaves a file that opens',
    async (format) => {
      const capture = new File([others()], `${'密'.repeat(100)}.pcap`);
      const named = new File([(await save(capture, 'session', null)).bytes ?? ''], 'a.session');
      const { bytes = new Uint8Array() } = await save(named, format, ['密']);
      const again = await save(new File([bytes], `again.${format}`), 'json', null);
      const lines = latin1(again.bytes ?? new Uint8Array()).split('\n').length;
      expect(lines).toBe(
        latin1((await save(named, 'json', null)).bytes ?? new Uint8Array()).split('\n').length,
      );
    },
  );

  it('packets of others stay packets, with right checksums', async () => {
    const { bytes = new Uint8Array() } = await save(others(), 'pcapng', [String.raw`/pin \d+/`]);
    const link = new RecordedLink(new File([bytes], 'again.pcapng'));
    const lines = await save(new File([bytes], 'again.pcapng'), 'json', null);
    const events = latin1(lines.bytes ?? new Uint8Array())
      .trim()
      .split('\n');
    const data = events.map((line) => atob(/"data":"([^"]*)"/.exec(line)?.[1] ?? ''));
    expect([data[0], data[2], data[1]].join('')).toBe(hidden);
    link.stop();
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < bytes.length; at += view.getUint32(at + 4, true)) {
      if (view.getUint32(at, true) !== 6) continue;
      const packet = bytes.slice(at + 28, at + 28 + view.getUint32(at + 20, true));
      expect(sumOf(packet)).toBe(0);
    }
    const pcapng = new File([bytes], 'again.pcapng');
    const again = await save(pcapng, 'pcapng', []);
    expect(again.bytes).toEqual(bytes);
    expect((await save(pcapng, 'pcapng', null)).share).toBeUndefined();
  });

  it('of a file that cannot be read is refused in the words for that file', async () => {
    const packed = new File([Uint8Array.of(0x1f, 0x8b, 8, 0)], 'packed.session.gz');
    expect((await save(packed, 'csv', [])).text).toBe('This file is compressed.');
  });

  it('refuses what it cannot look for, and stops when nobody waits any more', async () => {
    expect((await save(ours(), 'csv', ['/(/'])).text).toContain('not closed');
    const signal = AbortSignal.abort();
    const request = { ...exact('csv'), hide: [], signal };
    expect(await new RecordedLink(ours()).save(request)).toMatchObject({ is: 'unreachable' });
  });
});

describe('a file on its way out', () => {
  it('gets no further once nobody waits for it any more', async () => {
    const abort = new AbortController();
    const download = await new RecordedLink(ours()).save({ ...exact('csv'), signal: abort.signal });
    const reader = download.is === 'stream' ? download.stream.getReader() : null;
    expect((await reader?.read())?.done).toBe(false);
    abort.abort();
    await expect(reader?.read().then(() => reader.read())).rejects.toThrow(/abort/i);
  });
});
