/** A capture of others that is handed on without its secrets: nothing of them is left, and its checksums are right. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat } from '../../payload/concat.ts';
import { decodeUtf8, encodeUtf8 } from '../../payload/utf8.ts';
import { Redactor } from '../redact/redactor.ts';
import { parseSecrets } from '../redact/secrets.ts';
import { comment, interfaceBlock, packetBlock, sectionBlock } from './blocks.ts';
import { captureParts } from './capture.ts';
import { tcpPacket, udpPacket } from './packets.ts';
import type { Packet } from './packets.ts';
import { sharedCapture } from './shared-capture.ts';

const secret = 'hapy';
const [from, to] = [1, 2].map((last) => ({ host: Uint8Array.of(10, 0, 0, last), port: 7_000 + last }));
if (from === undefined || to === undefined) throw new Error('There are two ends.');
const tcp = (payload: Uint8Array) =>
  tcpPacket(from, to, { sequence: 1, acknowledgement: 1, flags: 16 }, payload);
const udp = (payload: Uint8Array) => udpPacket(from, to, payload);

async function shared(file: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const parsed = parseSecrets([secret]);
  if (!parsed.ok) throw new Error(parsed.wrong);
  const redactor = new Redactor(parsed.secrets);
  const read = (at: number, length: number) => Promise.resolve(file.slice(at, at + length));
  for await (const part of captureParts(read, file.length))
    if (part.kind === 'events') for (const event of part.events) redactor.look(event);
  redactor.rewind();
  const pieces: Uint8Array[] = [];
  for await (const piece of sharedCapture(read, file.length, redactor)) pieces.push(piece);
  return concat(pieces);
}

const fileOf = ({ bytes, size }: Packet) =>
  concat([sectionBlock([]), interfaceBlock(null), packetBlock(0n, bytes, size, [])]);

/** `payload` with two bytes at its end that bring the packet's sum to 0xffff, and so its checksum to 0. */
function summed(payload: Uint8Array, packet: (payload: Uint8Array) => Packet, checksumAt: number) {
  const { bytes } = packet(concat([payload, Uint8Array.of(0, 0)]));
  return bytes.slice(checksumAt, checksumAt + 2);
}

describe('a capture to hand on', () => {
  it('has no secret in its packets, nor in what is said of them, of their interface and of their file', async () => {
    const said = (code: number) => ({ code, value: encodeUtf8(`say ${secret}!`) });
    const options = (block: Uint8Array<ArrayBuffer>, ...codes: number[]) => {
      const more = codes.flatMap((code) => [code & 0xff, code >> 8, 9, 0, ...said(code).value, 0, 0, 0]);
      const whole = concat([block.subarray(0, -8), Uint8Array.from(more), block.subarray(-8)]);
      const view = new DataView(whole.buffer);
      view.setUint32(4, whole.length, true);
      view.setUint32(whole.length - 4, whole.length, true);
      return whole;
    };
    const { bytes, size } = tcp(encodeUtf8(`${secret} new year`));
    const file = concat([
      sectionBlock([1, 2, 3, 4, 2988].map(said)),
      options(interfaceBlock(null), 1, 2, 3, 11, 12, 15, 19372),
      packetBlock(0n, bytes, size, [1, 2989, 0x8001].map(said)),
    ]);
    const after = await shared(file);
    expect(after.length).toBe(file.length);
    expect(decodeUtf8(file).split(secret)).toHaveLength(17);
    expect(decodeUtf8(after)).not.toContain(secret);
  });

  describe.each(['section', 'interface', 'packet'] as const)(
    'has no secret in what a %s may hold',
    (where) => {
      const { bytes, size } = tcp(encodeUtf8('nothing of it'));
      const blocks = {
        section: sectionBlock([comment('first')]),
        interface: interfaceBlock('lo'),
        packet: packetBlock(0n, bytes, size, [comment('first')]),
      };
      const words = encodeUtf8(`so ${secret}!`);
      const option = (code: number, length = words.length) =>
        concat([Uint8Array.of(code & 0xff, code >> 8, length, 0), words]);
      /** The file with more in one of its blocks, in place of its last option, which ends them, or behind it. */
      const fileWith = (more: Uint8Array, behind = false) => {
        const { [where]: block } = blocks;
        const whole = concat([block.subarray(0, behind ? -4 : -8), more, block.subarray(-4)]);
        const view = new DataView(whole.buffer);
        view.setUint32(4, whole.length, true);
        view.setUint32(whole.length - 4, whole.length, true);
        return concat(Object.entries(blocks).map(([name, other]) => (name === where ? whole : other)));
      };

      it.each([
        ['behind the end of its options', fileWith(words, true)],
        ['in an option that is longer than its block', fileWith(option(1, 40))],
        [
          'in options that nobody knows',
          fileWith(concat([5, 18, 20, 100].map((code) => option(code + 100)))),
        ],
        ['in the name of a time zone', fileWith(option(18))],
        ['in numbers that are too long', fileWith(option(9))],
      ])('%s', async (_, file) => {
        expect(decodeUtf8(file)).toContain(secret);
        const after = await shared(file);
        expect(after.length).toBe(file.length);
        expect(decodeUtf8(after)).not.toContain(secret);
        expect(decodeUtf8(after)).toContain('nothing of it');
      });
    },
  );

  describe('has no secret behind what a packet says is its end', () => {
    const behind = ({ bytes }: Packet, words: string) => {
      const whole = concat([bytes, encodeUtf8(words)]);
      return { bytes: whole, size: whole.length };
    };

    it.each([
      ['TCP', tcp],
      ['UDP', udp],
    ] as const)('%s', async (_, packet) => {
      const file = fileOf(behind(packet(encodeUtf8('new year')), `\0${secret}\n`));
      expect(await shared(file)).toEqual(fileOf(behind(packet(encodeUtf8('new year')), '\0xxxx\n')));
    });

    it('also when it begins before, and leaves alone what is none', async () => {
      const file = fileOf(behind(tcp(encodeUtf8('ha')), `py ha`));
      expect(await shared(file)).toEqual(fileOf(behind(tcp(encodeUtf8('ha')), 'xx ha')));
    });
  });

  it('has its numbers as they are', async () => {
    const value = encodeUtf8(`${secret}${secret}`);
    const { bytes, size } = tcp(encodeUtf8('nothing of it'));
    const file = concat([
      sectionBlock([]),
      interfaceBlock(null),
      packetBlock(0n, bytes, size, [
        { code: 2, value: value.subarray(0, 4) },
        { code: 4, value },
      ]),
    ]);
    expect(await shared(file)).toEqual(file);
  });

  it.each([
    ['TCP', tcp, 36],
    ['UDP', udp, 26],
  ] as const)('has right checksums: %s', async (_, packet, checksumAt) => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 9 }),
        fc.uint8Array({ maxLength: 9 }),
        fc.constantFrom('any', 'before', 'after'),
        async (before, after, zero) => {
          const payload = (word: string) => concat([before, encodeUtf8(word), after]);
          const even = (before.length + after.length) % 2 === 0;
          const last =
            zero === 'any' || !even
              ? Uint8Array.of()
              : summed(payload(zero === 'before' ? secret : 'xxxx'), packet, checksumAt);
          const expected = packet(concat([payload('xxxx'), last]));
          expect(await shared(fileOf(packet(concat([payload(secret), last]))))).toEqual(fileOf(expected));
        },
      ),
      { numRuns: 300 },
    );
  });
});
