/** What we write, as Wireshark's own reader sees it. Starting it takes most of the time: each file has many cases. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasTool } from '../../../scripts/lib/tools.mjs';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { applyTo } from '@socket-playground/shared/events/reduce.ts';
import type { OwnState } from '@socket-playground/shared/events/state.ts';
import { PcapngWriter } from '@socket-playground/shared/recording/pcapng/writer.ts';
import { at, bytes, Happenings, lesson } from '../../../shared/test/happenings.ts';
import { temporaryFolder } from '../disk.ts';

const checks = ['tcp.check_checksum:TRUE', 'ip.check_checksum:TRUE', 'udp.check_checksum:TRUE'];

function tshark(path: string, ...options: readonly string[]): string {
  const asked = checks.flatMap((check) => ['-o', check]);
  return execFileSync('tshark', ['-r', path, ...asked, ...options], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

const origin = { epoch: 'one', started: '2026-11-26T05:00:00.000Z' };

function written(blocks: readonly Uint8Array[]): string {
  const path = join(temporaryFolder(), 'written.pcapng');
  writeFileSync(path, Buffer.concat(blocks));
  return path;
}

function fileOf(events: readonly SocketEvent[]): string {
  const writer = new PcapngWriter(origin);
  return written([writer.start, ...events.flatMap((event) => writer.write(event)), ...writer.end()]);
}

/** One line a packet, fields apart by tabs. */
function fields(path: string, filter: string, ...names: readonly string[]): string[][] {
  const wanted = names.flatMap((name) => ['-e', name]);
  const lines = tshark(path, '-Y', filter, '-T', 'fields', '-E', 'occurrence=f', ...wanted).split('\n');
  return lines.slice(0, -1).map((line) => line.split('\t'));
}

/** The bytes of both ways of a stream, as `follow` gives them: those of the server are indented. */
function followed(path: string, stream: number): { client: Buffer; server: Buffer } {
  const text = tshark(path, '-q', '-z', `follow,tcp,raw,${stream}`);
  const lines = text.split('\n').filter((line) => /^\t?[0-9a-f]+$/.test(line));
  const join = (some: readonly string[]) => Buffer.from(some.map((line) => line.trim()).join(''), 'hex');
  return {
    client: join(lines.filter((line) => !line.startsWith('\t'))),
    server: join(lines.filter((line) => line.startsWith('\t'))),
  };
}

const many = (size: number) => Uint8Array.from({ length: size }, (_, index) => (index * 7) % 251);
const moved = (type: 'sent' | 'received', data: Uint8Array) => ({ type, size: data.length, data });
const gaveUp = {
  type: 'failed',
  during: 'send',
  code: 'unsent',
  errno: null,
  message: '',
  hint: '',
} as const;
const sum = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');

/** Both ends ours: splitting, coalescing, a receive told before its send, half-close; then peers outside, one resets, one is reset. */
function streams() {
  const big = many(200_000);
  const late = many(90_000);
  return lesson()
    .on(2, moved('sent', big))
    .on(3, moved('received', big.subarray(0, 150_000)), moved('received', big.subarray(150_000)))
    .on(3, moved('received', late.subarray(0, 70_000)))
    .on(2, moved('sent', late))
    .on(3, moved('received', late.subarray(70_000)))
    .on(2, { type: 'ended', by: 'local' })
    .on(3, { type: 'ended', by: 'remote' })
    .says(3, 'sent', 'still here\n')
    .on(3, { type: 'ended', by: 'local' }, { type: 'closed' })
    .says(2, 'received', 'still here\n')
    .on(2, { type: 'ended', by: 'remote' }, { type: 'closed' })
    .client(5, 40_001, 9_999)
    .says(5, 'sent', 'one')
    .says(5, 'received', 'two')
    .on(5, { type: 'reset', by: 'remote' }, { type: 'closed' })
    .client(6, 40_002, 9_999)
    .says(6, 'sent', 'three')
    .on(6, { type: 'reset', by: 'local' }, { type: 'closed' });
}

describe.skipIf(!hasTool('tshark'))('Wireshark', { timeout: 60_000 }, () => {
  it('finds nothing to complain of in TCP, and the bytes that were sent', () => {
    const path = fileOf(streams().events);
    // A reset is worth a warning to Wireshark, always.
    const complaints = fields(path, '_ws.malformed || _ws.expert.severity >= 0x600000', 'tcp.flags.reset');
    expect(complaints).toEqual([['1'], ['1']]);
    const sums = fields(path, 'tcp', 'tcp.checksum.status', 'ip.checksum.status').flat();
    expect(new Set(sums)).toEqual(new Set(['1']));
    const { client, server } = followed(path, 0);
    const sent = Buffer.concat([bytes('hapy\n').data, many(200_000), many(90_000)]);
    expect([client.length, sum(client)]).toEqual([sent.length, sum(sent)]);
    expect(server.toString()).toBe('hapy\nstill here\n');
    expect(followed(path, 1)).toEqual({ client: Buffer.from('one'), server: Buffer.from('two') });
    const resets = 'tcp.flags.reset == 1 && frame.comment contains "Synthetic"';
    expect(fields(path, resets, 'tcp.stream', 'tcp.srcport', 'tcp.dstport')).toEqual([
      ['1', '9999', '40001'],
      ['2', '40002', '9999'],
    ]);
  });

  it('follows a connection over IPv6 whose sequence numbers come round, half-closed at its end', () => {
    const [local, remote] = [at(50_001, '::1'), at(9_001, '::1')];
    const far = 2 ** 32 - 100_000;
    const states = new Map<number, OwnState>();
    for (const event of new Happenings().client(7, 50_001, 9_001).events) applyTo(states, event);
    const standing = [...states.values()].map((state) => ({ ...state, local, remote, bytesSent: far }));
    const big = many(400_000);
    const { events } = new Happenings()
      .on(7, moved('sent', big.subarray(0, 150_000)), moved('sent', big.subarray(150_000)))
      .on(7, { type: 'ended', by: 'local' }, { type: 'received', ...bytes('thanks\n') })
      .on(7, { type: 'ended', by: 'remote' }, { type: 'closed' });
    const writer = new PcapngWriter(origin);
    const gap = writer.gap({ type: 'gap', from: 1, to: 5, reason: 'memory-limit' }, standing);
    const blocks = events.flatMap((event) => writer.write({ ...event, seq: event.seq + 5 }));
    const path = written([writer.start, ...gap, ...blocks, ...writer.end()]);
    expect(fields(path, '_ws.malformed || _ws.expert.severity >= 0x600000', '_ws.expert.message')).toEqual(
      [],
    );
    expect(new Set(fields(path, 'tcp', 'tcp.checksum.status').flat())).toEqual(new Set(['1']));
    const { client, server } = followed(path, 0);
    expect([client.length, sum(client)]).toEqual([big.length, sum(big)]);
    expect(server.toString()).toBe('thanks\n');
  });

  it('sees the FIN of a socket that gave up behind all that the other end read of it', () => {
    const whole = many(300_000);
    const { events } = new Happenings()
      .listener(1, 8888)
      .client(2, 50_001, 8888)
      .accepted(3, 1, 8888, 50_001)
      .on(
        2,
        moved('sent', whole.subarray(0, 200_000)),
        gaveUp,
        { type: 'ended', by: 'local' },
        { type: 'closed' },
      )
      .on(3, moved('received', whole.subarray(0, 150_000)), moved('received', whole.subarray(150_000)))
      .on(3, { type: 'ended', by: 'remote' }, { type: 'ended', by: 'local' }, { type: 'closed' });
    const path = fileOf(events);
    expect(fields(path, '_ws.malformed || _ws.expert.severity >= 0x600000', '_ws.expert.message')).toEqual(
      [],
    );
    const { client } = followed(path, 0);
    expect([client.length, sum(client)]).toEqual([whole.length, sum(whole)]);
    expect(fields(path, 'tcp.flags.fin == 1 && tcp.srcport == 50001', 'tcp.seq')).toEqual([['300001']]);
  });

  it('tells connections apart that share their addresses, one after the other or both unknown', () => {
    const rst = { type: 'reset', by: 'remote' } as const;
    const nobody = at(0, '0.0.0.0');
    const taken = { type: 'accepted', listener: 1, local: at(8888), remote: nobody } as const;
    const happened = lesson()
      .on(2, { type: 'reset', by: 'local' }, { type: 'closed' })
      .on(3, rst, { type: 'closed' })
      // From outside, and then from here, where accept comes last.
      .accepted(4, 1, 8888, 40_004)
      .says(4, 'received', 'outside')
      .on(4, rst, { type: 'closed' })
      .client(5, 40_004, 8888)
      .says(5, 'sent', 'inside')
      .on(6, taken)
      .on(7, taken)
      .says(6, 'received', 'six')
      .on(6, rst, { type: 'closed' })
      .says(7, 'received', 'seven')
      .on(7, rst, { type: 'closed' })
      .accepted(8, 1, 8888, 40_004)
      .says(8, 'received', 'inside');
    const path = fileOf(happened.events);
    const complaints = '_ws.malformed || (_ws.expert.severity >= 0x600000 && !tcp.flags.reset == 1)';
    expect(fields(path, complaints, '_ws.expert.message')).toEqual([]);
    const said = [1, 2, 3, 4].map((stream) => followed(path, stream).client.toString());
    expect(said).toEqual(['outside', 'inside', 'six', 'seven']);
    const times = fields(path, 'tcp.stream == 2 && tcp.len > 0', 'frame.comment').flat();
    expect(times[0]).toContain('"sent"');
  });

  it('sees a socket that called itself as one that speaks to itself', () => {
    const ended = (by: 'local' | 'remote') => ({ type: 'ended', by }) as const;
    const happened = new Happenings()
      .client(1, 40_001, 40_001)
      .says(1, 'sent', 'me')
      .says(1, 'received', 'me')
      .on(1, ended('local'), ended('remote'), { type: 'closed' });
    const path = fileOf(happened.events);
    expect(fields(path, '_ws.expert.severity >= 0x600000', '_ws.expert.message')).toEqual([]);
    expect(fields(path, 'tcp.len > 0', 'tcp.stream', 'tcp.payload')).toEqual([['0', '6d65']]);
  });

  it('sees each datagram whole and once, whatever its size', () => {
    const whole = many(65_507);
    const to = { remote: at(47_001) };
    const happened = new Happenings()
      .opened(1, null, 'dgram')
      .on(1, { type: 'bound', local: at(47_001, '0.0.0.0') })
      .opened(2, null, 'dgram')
      .on(2, { type: 'bound', local: at(47_002, '0.0.0.0') })
      .on(2, { ...moved('sent', whole), ...to }, { ...moved('sent', many(0)), ...to })
      .on(2, { type: 'sent', ...bytes('three'), ...to })
      .on(1, { ...moved('received', whole), remote: at(47_002) })
      .on(1, { type: 'received', ...bytes('a stranger'), remote: at(47_003) })
      .on(2, { type: 'sent', ...bytes('all'), remote: at(47_004, '224.0.0.1') });
    const path = fileOf(happened.events);
    expect(fields(path, '_ws.malformed || _ws.expert.severity >= 0x400000', '_ws.expert.message')).toEqual(
      [],
    );
    const seen = fields(path, 'udp', 'udp.srcport', 'udp.dstport', 'udp.length', 'udp.checksum.status');
    expect(seen).toEqual([
      ['47002', '47001', String(65_507 + 8), '1'],
      ['47002', '47001', '8', '1'],
      ['47002', '47001', '13', '1'],
      ['47003', '47001', '18', '1'],
      ['47002', '47004', '11', '1'],
    ]);
  });

  it('shows every event as a comment, those without a packet too', () => {
    const { events } = streams();
    const path = fileOf([...events, ...new Happenings().wait(60_000).listener(9, 1_234).events]);
    const comments = tshark(path, '-T', 'fields', '-E', 'occurrence=a', '-e', 'frame.comment');
    for (const type of ['opened', 'listening', 'accepted', 'sent', 'received', 'ended', 'reset', 'closed'])
      expect(comments).toContain(`"type":"${type}"`);
  });
});
