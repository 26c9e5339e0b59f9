/** What is written comes back, whatever happened; what others write is read, and nothing makes the reader throw or hang. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyEvent } from '../../../test/any-event.ts';
import { at, bytes, Happenings, lesson } from '../../../test/happenings.ts';
import { carriesBytes } from '../../events/event.ts';
import type { SocketEvent } from '../../events/event.ts';
import type { SocketState } from '../../events/state.ts';
import { encodeUtf8 } from '../../payload/utf8.ts';
import type { Gap } from '../../wire/messages.ts';
import { sessionLimits } from '../../limits.ts';
import { comment, holderBlock, interfaceBlock, packetBlock, sectionBlock } from './blocks.ts';
import { captureParts, isCapture } from './capture.ts';
import type { CapturePart } from './capture.ts';
import { PcapngWriter } from './writer.ts';

type Step =
  { readonly event: SocketEvent } | { readonly gap: Gap; readonly standing: readonly SocketState[] | null };

const origin = { epoch: 'one', started: '2026-11-26T05:00:00.000Z' };

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  pieces.reduce((start, piece) => (whole.set(piece, start), start + piece.length), 0);
  return whole;
}

function fileOf(steps: readonly Step[]): Uint8Array<ArrayBuffer> {
  const writer = new PcapngWriter(origin);
  const pieces = steps.flatMap((step) =>
    'event' in step ? writer.write(step.event) : writer.gap(step.gap, step.standing),
  );
  return joined([writer.start, ...pieces, ...writer.end()]);
}

async function partsOf(file: Uint8Array<ArrayBuffer>): Promise<CapturePart[]> {
  const parts: CapturePart[] = [];
  const read = (from: number, length: number) => Promise.resolve(file.subarray(from, from + length).slice());
  for await (const part of captureParts(read, file.length)) parts.push(part);
  return parts;
}

const stepsIn = (parts: readonly CapturePart[]): Step[] =>
  parts.flatMap((part): Step[] => {
    if (part.kind === 'events') return part.events.map((event) => ({ event }));
    return part.kind === 'gap' ? [{ gap: part.gap, standing: part.standing }] : [];
  });

const eventsIn = (parts: readonly CapturePart[]) =>
  parts.flatMap((part) => (part.kind === 'events' ? part.events : []));

/** Few sockets and ends, so that what is sent may meet what is received, and often does not. */
const few = fc.constantFrom(at(7), at(8), at(7, '::1'), at(9, '0.0.0.0'), at(1, 'no address'));
const anyStep = fc.oneof({
  weight: 3,
  arbitrary: fc.record({
    event: anyEvent,
    socket: fc.integer({ min: 1, max: 3 }),
    end: few,
    skip: fc.constantFrom(0, 0, 0, 0, 2),
  }),
});

function sequence(
  drawn: readonly { event: SocketEvent; socket: number; end: { host: string; port: number }; skip: number }[],
): Step[] {
  const steps: Step[] = [];
  let next = 1;
  for (const { event, socket, end, skip } of drawn) {
    if (skip > 0) {
      steps.push({
        gap: { type: 'gap', from: next, to: next + skip - 1, reason: 'memory-limit' },
        standing: skip > 1 ? [] : null,
      });
      next += skip;
    }
    const placed = event.type === 'segment' ? event : { ...event, socket };
    const local = 'local' in placed ? { ...placed, local: end } : placed;
    steps.push({ event: { ...local, seq: next, time: next * 1_000 } });
    next += 1;
  }
  return steps;
}

/** Comparing megabytes byte by byte takes the test's own reader a minute. */
const summed = (event: SocketEvent) =>
  carriesBytes(event)
    ? {
        ...event,
        data: event.data.reduce((sum, byte) => (sum * 31 + byte) % 1_000_000_007, event.data.length),
      }
    : event;

const many = (size: number) => Uint8Array.from({ length: size }, (_, index) => (index * 7) % 251);

describe('a pcapng of ours', () => {
  it('is what it was made of, whatever that was', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 40 }), async (drawn) => {
        const steps = sequence(drawn);
        const parts = await partsOf(fileOf(steps));
        expect(parts[0]).toEqual({ kind: 'begin', ...origin });
        expect(stepsIn(parts)).toEqual(steps);
      }),
      { numRuns: 150 },
    );
  });

  it('holds writes larger than any block, and what both ends tell of them in any order', async () => {
    const big = many(3_000_000);
    const moved = (type: 'sent' | 'received', data: Uint8Array) =>
      ({ type, size: data.length, data }) as const;
    const { events } = lesson()
      .on(3, moved('received', big.subarray(0, 2_000_000)))
      .on(2, moved('sent', big))
      .on(3, moved('received', big.subarray(2_000_000)))
      .on(3, moved('sent', big.subarray(0, 9)), { type: 'ended', by: 'local' }, { type: 'closed' });
    const file = fileOf(events.map((event) => ({ event })));
    expect(eventsIn(await partsOf(file)).map(summed)).toEqual(events.map(summed));
  });

  it('can be read again from any of its parts', async () => {
    const happened = new Happenings().client(1, 50_000, 80);
    for (let count = 0; count < 3_000; count += 1)
      happened.says(1, count % 2 === 0 ? 'sent' : 'received', `say ${count}`);
    const file = fileOf(happened.events.map((event) => ({ event })));
    const read = (from: number, length: number) => Promise.resolve(file.slice(from, from + length));
    const parts = await partsOf(file);
    expect(parts.filter(({ kind }) => kind === 'events').length).toBeGreaterThan(2);
    for (const part of parts) {
      if (part.kind !== 'events') continue;
      const again: CapturePart[] = [];
      for await (const one of captureParts(read, part.end, part.start, part.resume)) again.push(one);
      expect(eventsIn(again)).toEqual(part.events);
    }
  });

  it('out of which somebody took packets and comments can be read again, and says what is missing', async () => {
    const happened = new Happenings().client(1, 50_000, 80);
    for (let count = 0; count < 30; count += 1) happened.says(1, 'sent', `say ${count}`);
    const file = fileOf(happened.events.map((event) => ({ event })));
    const text = new TextDecoder('latin1').decode(file);
    const [bracket, space] = [0x7b, 0x20];
    // A comment that does not begin with its bracket is anybody's; the first block has those of 1 to 3, the others one each.
    for (const seq of [2, 9, 10]) {
      const at = text.indexOf(`{"seq":${seq},`);
      expect(file[at]).toBe(bracket);
      file[at] = space;
    }
    const parts = await partsOf(file);
    const missing = parts.flatMap((part) => (part.kind === 'gap' ? [part.gap] : []));
    expect(missing.map(({ from, to, reason }) => [from, to, reason])).toEqual([
      [2, 2, 'not-in-file'],
      [9, 10, 'not-in-file'],
    ]);
    const read = (from: number, length: number) => Promise.resolve(file.slice(from, from + length));
    for (const part of parts) {
      if (part.kind !== 'events') continue;
      const again: CapturePart[] = [];
      for await (const one of captureParts(read, part.end, part.start, part.resume)) again.push(one);
      expect(eventsIn(again)).toEqual(expect.arrayContaining([...part.events]));
    }
  });

  it('says apart what is missing in it and what was taken out of it', async () => {
    const opened = { type: 'opened', family: 'inet', socketType: 'dgram', label: null } as const;
    const gap = { type: 'gap', from: 3, to: 4, reason: 'disk' } as const;
    const file = fileOf([
      { event: { seq: 1, time: 0, socket: 1, ...opened } },
      { gap, standing: [] },
      { event: { seq: 5, time: 0, socket: 2, ...opened } },
    ]);
    const taken = { type: 'gap', from: 2, to: 2, reason: 'not-in-file' };
    expect(stepsIn(await partsOf(file)).slice(1, 3)).toEqual([
      { gap: taken, standing: null },
      { gap, standing: [] },
    ]);
  });

  it('written anew by a program that keeps comments only has all its events: what is missing is cut, never made up', async () => {
    const { events } = lesson()
      .says(2, 'sent', 'one two')
      .on(3, { type: 'received', ...bytes('one') }, { type: 'received', ...bytes(' two and') });
    const file = fileOf(events.map((event) => ({ event })));
    // Another number makes `data` an option that nobody knows.
    for (let at = 0; at < file.length; at += 4) if (file[at] === 1 && file[at + 1] === 0x80) file[at] = 9;
    const known = new Set<string>();
    for (const [index, event] of eventsIn(await partsOf(file)).entries()) {
      const was = events[index];
      const isCut = carriesBytes(event) && event.captured === 0;
      if (isCut) known.add(event.type);
      expect(isCut ? { ...event, data: null, captured: null } : event).toEqual(
        isCut ? { ...was, data: null, captured: null } : was,
      );
    }
    expect([...known]).toEqual(['received']);
    expect(eventsIn(await partsOf(file))).toHaveLength(events.length);
  });

  it('is torn before an event that no record can hold', async () => {
    const { events } = lesson();
    const seq = (events.at(-1)?.seq ?? 0) + 1;
    const heard = { seq, time: seq, socket: 9, type: 'received', ...bytes('hi') } as const;
    const foul = { ...heard, remote: at(7, 'größe.example') };
    const parts = await partsOf(fileOf([...events, foul].map((event) => ({ event }))));
    expect(eventsIn(parts)).toEqual(events);
    expect(parts.at(-1)?.kind).toBe('torn');
  });

  it('torn anywhere gives what came before, and says where', async () => {
    const { events } = lesson();
    const whole = fileOf(events.map((event) => ({ event })));
    for (let end = 30; end < whole.length; end += 37) {
      const parts = await partsOf(whole.slice(0, end));
      const found = eventsIn(parts);
      expect(found).toEqual(events.slice(0, found.length));
      expect(parts.at(-1)?.kind === 'torn' || found.length <= events.length).toBe(true);
    }
  });
});

describe('any file', () => {
  it('is read without a throw or a hang, whatever its bytes', { timeout: 60_000 }, async () => {
    const { events } = lesson();
    const sound = fileOf(events.map((event) => ({ event })));
    const flips = fc.array(fc.tuple(fc.nat({ max: sound.length - 1 }), fc.nat({ max: 255 })), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(flips, async (changed) => {
        const file = sound.slice();
        for (const [place, value] of changed) file[place] = value;
        for (const { seq } of eventsIn(await partsOf(file))) expect(seq).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('that is random is none of ours', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (random) => {
        const file = random.slice();
        expect(isCapture(file)).toBe(false);
        const last = (await partsOf(file)).at(-1);
        expect(last).toEqual({ kind: 'foreign' });
      }),
    );
  });
});

/** A classic pcap of Ethernet frames, in either byte order. */
function classic(little: boolean, frames: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const head = new DataView(new ArrayBuffer(24));
  head.setUint32(0, 0xa1b2_c3d4, little);
  head.setUint32(16, 65_535, little);
  head.setUint32(20, 1, little);
  const records = frames.flatMap((frame, index) => {
    const record = new DataView(new ArrayBuffer(16));
    record.setUint32(0, 1_000 + index, little);
    record.setUint32(8, frame.length, little);
    record.setUint32(12, frame.length, little);
    return [new Uint8Array(record.buffer), frame];
  });
  return joined([new Uint8Array(head.buffer), ...records]);
}

/** Every view into a buffer that is reached from here. */
function viewsIn(value: unknown): ArrayBufferView[] {
  if (ArrayBuffer.isView(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(viewsIn) : [];
}

describe('a capture of ours that somebody has written in', () => {
  const event = (hint: string): SocketEvent => ({
    ...{ seq: 1, time: 0, socket: 1, type: 'failed', during: 'connect', code: 'EIO', errno: null },
    ...{ message: '', hint },
  });
  const openOf = (sockets: object) => comment(JSON.stringify({ type: 'standing', sockets }));

  it('ends before more words than an event may have', async () => {
    const sound = fileOf([{ event: event('x') }]);
    expect(eventsIn(await partsOf(sound))).toHaveLength(1);
    const parts = await partsOf(fileOf([{ event: event('x'.repeat(sessionLimits.fieldsBytes)) }]));
    expect(parts.map(({ kind }) => kind)).toEqual(['begin', 'torn']);
  });

  it('tells nothing of sockets that are none, however many there are', async () => {
    const none = Array.from({ length: 20_000 }, () => ({}));
    const file = joined([fileOf([{ event: event('x') }]), holderBlock(0n, [openOf(none)])]);
    expect(stepsIn(await partsOf(file))).toEqual([{ event: event('x') }]);
  });
});

describe('a capture of others', () => {
  const hex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const link = '000000000001000000000002';
  // 10.0.0.1:4660 → 10.0.0.2:80, SYN; behind a VLAN tag.
  const syn = hex(
    `${link}8100000108004500002800004000400600000a0000010a0000021234005000000001000000005002200000000000`,
  );
  const arp = hex(`${link}0806${'00'.repeat(28)}`);

  it.each([true, false])('gives its packets as segments (little endian: %s)', async (little) => {
    const parts = await partsOf(classic(little, [syn, arp]));
    expect(parts[0]).toEqual({ kind: 'begin', epoch: null, started: '1970-01-01T00:16:40.000Z' });
    const [first, second] = eventsIn(parts);
    expect(first).toMatchObject({
      ...{
        seq: 1,
        time: 0,
        socket: null,
        type: 'segment',
        protocol: 'TCP',
        stream: 1,
        from: 'client',
        size: 0,
      },
      source: { host: '10.0.0.1', port: 4_660 },
      destination: { host: '10.0.0.2', port: 80 },
      tcp: { sequence: 1, acknowledgement: 0, flags: 2, window: 0x2000 },
    });
    expect(second).toMatchObject({ seq: 2, time: 1e9, protocol: 'ARP', stream: null, from: null, size: 28 });
  });

  it('keeps none of its bytes for those who read on from one of its parts', async () => {
    const frame = new Uint8Array(400_000);
    const words = { code: 2, value: encodeUtf8('what it says of itself') };
    const [section, on, packet] = [
      sectionBlock([words]),
      interfaceBlock('lo'),
      packetBlock(0n, frame, frame.length, []),
    ];
    const parts = await partsOf(
      joined([section, on, packet, on, packet, packet, section, on, packet, packet]),
    );
    const kept = parts.flatMap((part) => (part.kind === 'events' ? viewsIn(part.resume) : []));
    expect(kept.length).toBeGreaterThan(0);
    for (const view of kept) expect(view.buffer.byteLength).toBe(words.value.length);
  });

  it('is told without the bytes of ours: packets that somebody else kept are packets', async () => {
    const file = fileOf([
      {
        event: {
          seq: 1,
          time: 0,
          socket: 1,
          type: 'opened',
          family: 'inet',
          socketType: 'dgram',
          label: null,
        },
      },
      { event: { seq: 2, time: 1, socket: 1, type: 'bound', local: at(7) } },
      { event: { seq: 3, time: 2, socket: 1, type: 'sent', ...bytes('hello'), remote: at(8) } },
    ]);
    const renamed = file.slice();
    renamed[renamed.indexOf(0x53, 28)] = 0x58;
    const text = new TextDecoder().decode(renamed.subarray(0, 200));
    expect(text).toContain('Xocket');
    expect(eventsIn(await partsOf(renamed))).toMatchObject([{ type: 'segment', protocol: 'UDP', size: 5 }]);
  });
});
