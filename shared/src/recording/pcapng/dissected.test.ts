/** Packets on every link layer that is read, with what may stand between IP and what it carries; big endian, other blocks. */
import { describe, expect, it } from 'vitest';
import type { EventOf, SocketEvent } from '../../events/event.ts';
import { decodeUtf8, encodeUtf8 } from '../../payload/utf8.ts';
import { captureParts } from './capture.ts';
import { dissect } from './dissected.ts';
import { tcpPacket, udpPacket } from './packets.ts';

const end = (last: number, port: number) => ({ host: Uint8Array.of(10, 0, 0, last), port });
const end6 = (last: number, port: number) => ({
  host: Uint8Array.from({ length: 16 }, (_, index) => [0x20, 0x01][index] ?? (index === 15 ? last : 0)),
  port,
});
const hello = encodeUtf8('hello');
const ipv4 = udpPacket(end(1, 4_660), end(2, 53), hello).bytes;
const ipv6 = udpPacket(end6(1, 4_660), end6(2, 53), hello).bytes;
const joined = (...parts: readonly (Uint8Array | readonly number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
const zeros = (count: number) => new Array<number>(count).fill(0);

describe('a packet', () => {
  it.each([
    ['Ethernet', 1, joined(zeros(12), [8, 0], ipv4)],
    ['Ethernet, padded to 60 bytes', 1, joined(zeros(12), [8, 0], ipv4, zeros(13))],
    ['Ethernet, two VLAN tags', 1, joined(zeros(12), [0x88, 0xa8, 0, 1, 0x81, 0, 0, 2, 8, 0], ipv4)],
    ['NULL', 0, joined([2, 0, 0, 0], ipv4)],
    ['LOOP', 108, joined([0, 0, 0, 2], ipv4)],
    ['RAW', 101, ipv4],
    ['RAW by another name', 12, ipv4],
    ['IPv4', 228, ipv4],
    ['SLL', 113, joined(zeros(14), [8, 0], ipv4)],
    ['SLL2', 276, joined([8, 0], zeros(18), ipv4)],
  ])('on %s', (_, linkType, bytes) => {
    const found = dissect(bytes, bytes.length, linkType);
    expect(found).toMatchObject({
      ...{ protocol: 'UDP', size: 5, source: { host: '10.0.0.1', port: 4_660 } },
      destination: { host: '10.0.0.2', port: 53 },
    });
    expect(decodeUtf8(found.data)).toBe('hello');
  });

  it.each([
    ['none', []],
    ['hop by hop', [[0, zeros(6)]]],
    [
      'routing and destination',
      [
        [43, zeros(6)],
        [60, zeros(6)],
      ],
    ],
    ['an atomic fragment', [[44, zeros(6)]]],
    ['authentication', [[51, zeros(6)]]],
  ] as const)('of IPv6 with extension headers: %s', (_, extensions) => {
    const types = [...extensions.map(([type]) => type), 17];
    const headers = extensions.map(([type, rest], index) => [
      types[index + 1] ?? 17,
      // The authentication header counts words of four bytes, less two.
      ...[type === 51 ? 0 : (rest[0] ?? 0), ...rest],
    ]);
    const bytes = joined(ipv6.subarray(0, 40), ...headers, ipv6.subarray(40));
    bytes[6] = types[0] ?? 17;
    bytes[5] = bytes.length - 40;
    const found = dissect(bytes, bytes.length, 229);
    expect(found).toMatchObject({ protocol: 'UDP', size: 5, source: { host: '2001::1', port: 4_660 } });
    expect(decodeUtf8(found.data)).toBe('hello');
  });

  it('that is a fragment is told as one, with its bytes', () => {
    const bytes = ipv4.slice();
    bytes[6] = 0x20;
    expect(dissect(bytes, bytes.length, 101)).toMatchObject({ protocol: 'UDP fragment', size: 13 });
    bytes[6] = 0;
    bytes[7] = 1;
    const found = dissect(bytes, bytes.length, 101);
    expect(found).toMatchObject({ protocol: 'UDP fragment', source: { host: '10.0.0.1', port: 0 } });
    expect(found.note).toContain('not put together');
  });

  it('that is a later fragment of IPv6 has no headers, whatever its bytes look like', () => {
    const fragment = joined([60, 0, 0, 8, 0, 0, 0, 1], [17, 0], zeros(14));
    const bytes = joined(ipv6.subarray(0, 40), fragment);
    bytes[6] = 44;
    bytes[5] = fragment.length;
    expect(dissect(bytes, bytes.length, 229)).toMatchObject({ protocol: 'IP 60 fragment', size: 16 });
  });

  it.each([
    ['without options', 16],
    ['with options', 18],
  ])('cut anywhere says so, and keeps its size: %s', (_, flags) => {
    const { bytes } = tcpPacket(end(1, 80), end(2, 81), { sequence: 1, acknowledgement: 2, flags }, hello);
    const header = bytes.length - hello.length;
    for (let length = 0; length <= bytes.length; length += 1) {
      const found = dissect(bytes.subarray(0, length), bytes.length, 101);
      const data = hello.subarray(0, Math.max(0, length - header));
      if (length >= 40) expect(found).toMatchObject({ protocol: 'TCP', size: 5, data });
      else expect(found.protocol).not.toBe('');
    }
  });
});

class Writing {
  readonly #little: boolean;
  readonly #blocks: Uint8Array[] = [];

  constructor(little: boolean) {
    this.#little = little;
    this.block(0x0a0d0d0a, [4, 0x1a2b3c4d], [2, 1], [2, 0], [4, 0xffff_ffff], [4, 0xffff_ffff]);
  }

  /** Numbers of so many bytes each, or bytes as they are. */
  block(type: number, ...fields: readonly (readonly [bytes: 2 | 4, value: number] | Uint8Array)[]): this {
    const body = fields.flatMap((field) =>
      field instanceof Uint8Array ? [...field] : [...this.#number(...field)],
    );
    while (body.length % 4 !== 0) body.push(0);
    const length = this.#number(4, body.length + 12);
    this.#blocks.push(joined(this.#number(4, type), length, body, length));
    return this;
  }

  #number(bytes: 2 | 4, value: number): Uint8Array {
    const view = new DataView(new ArrayBuffer(bytes));
    if (bytes === 2) view.setUint16(0, value, this.#little);
    else view.setUint32(0, value, this.#little);
    return new Uint8Array(view.buffer);
  }

  async events(): Promise<EventOf<'segment'>[]> {
    const file = joined(...this.#blocks);
    const events: SocketEvent[] = [];
    const read = (at: number, length: number) => Promise.resolve(file.slice(at, at + length));
    for await (const part of captureParts(read, file.length)) {
      expect(part.kind).not.toBe('torn');
      if (part.kind === 'events') events.push(...part.events);
    }
    return events.filter((event) => event.type === 'segment');
  }
}

describe.each([true, false])('a pcapng of others (little endian: %s)', (little) => {
  it('has simple, old and enhanced packets, interfaces with clocks of their own, and blocks nobody knows', async () => {
    const size = ipv4.length;
    const events = await new Writing(little)
      .block(1, [2, 101], [2, 0], [4, 0])
      // Nanoseconds.
      .block(1, [2, 101], [2, 0], [4, 0], [2, 9], [2, 1], Uint8Array.of(9, 0, 0, 0), [4, 0])
      .block(0x0bad, [4, 1], Uint8Array.of(1, 2, 3, 4))
      .block(6, [4, 0], [4, 0], [4, 1_000_000], [4, size], [4, size], ipv4)
      .block(6, [4, 1], [4, 0], [4, 1_000_000_007], [4, size], [4, size], ipv4)
      .block(2, [2, 0], [2, 0], [4, 0], [4, 1_000_002], [4, size], [4, size], ipv4)
      .block(3, [4, size], ipv4)
      .events();
    expect(events.map(({ time }) => time)).toEqual([0, 7, 2_000, 0]);
    for (const event of events) {
      expect(event).toMatchObject({ protocol: 'UDP', size: 5, stream: 1, from: 'client' });
      expect(decodeUtf8(event.data)).toBe('hello');
    }
  });
});

describe('a pcap of others', () => {
  it.each([
    ['nothing else', 0],
    ['how long frame check sequences are', 0x4400_0000],
    ['what is reserved', 0x0001_0000],
  ])('has its link type beside %s', async (_, beside) => {
    const frame = joined(zeros(12), [8, 0], ipv4);
    const file = new Uint8Array(40 + frame.length);
    const view = new DataView(file.buffer);
    view.setUint32(0, 0xa1b2_c3d4);
    view.setUint32(20, beside + 1);
    view.setUint32(32, frame.length);
    view.setUint32(36, frame.length);
    file.set(frame, 40);
    const read = (from: number, length: number) => Promise.resolve(file.slice(from, from + length));
    for await (const part of captureParts(read, file.length))
      if (part.kind === 'events') expect(part.events).toMatchObject([{ protocol: 'UDP', size: 5 }]);
      else expect(part.kind).toBe('begin');
  });
});
