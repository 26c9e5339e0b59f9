/** The small services of the RFCs. */
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../payload/utf8.ts';
import { chargenBlock } from './chargen.ts';
import { daytimeLine } from './daytime.ts';
import { peer, TestPeer } from '../../test/test-peer.ts';
import { timeOf } from './time.ts';

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);

describe('echo (RFC 862)', () => {
  it('sends every byte back, and ends when the peer does', () => {
    const talk = new TestPeer({ name: 'echo' }).join().say(everyByte).say('more').fin();
    expect(talk.actions).toEqual([
      { type: 'send', data: everyByte },
      { type: 'send', data: encodeUtf8('more') },
      { type: 'end' },
    ]);
  });

  it('answers every datagram with its equal, the empty one too', () => {
    const talk = new TestPeer({ name: 'echo' }, 'dgram').join().say('a').say('').say('b');
    expect(talk.take()).toEqual(['a', '', 'b']);
  });
});

describe('discard (RFC 863)', () => {
  it('never answers', () => {
    expect(new TestPeer({ name: 'discard' }).join().say('a').say('b').take()).toEqual([]);
    expect(new TestPeer({ name: 'discard' }, 'dgram').join().say('a').say('').take()).toEqual([]);
  });

  it('ends when the peer does', () => {
    expect(new TestPeer({ name: 'discard' }).join().fin().take()).toEqual(['end']);
  });
});

describe('chargen (RFC 864)', () => {
  const lines = decodeUtf8(chargenBlock).split('\r\n');

  it('writes 72 characters a line, each line one further in the ring of printable ASCII', () => {
    expect(lines).toHaveLength(96);
    expect(lines.pop()).toBe('');
    expect(lines[0]).toBe(
      String.raw` !"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_` + '`abcdefg',
    );
    expect(lines[1]).toBe(
      String.raw`!"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_` + '`abcdefgh',
    );
    expect(lines[94]).toBe(
      String.raw`~ !"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_` + '`abcdef',
    );
    for (const line of lines) expect(line).toHaveLength(72);
  });

  it('goes on as the peer takes it, whatever the peer says, until the peer ends', () => {
    const talk = new TestPeer({ name: 'chargen' }).join();
    expect(talk.sent()).toEqual(chargenBlock);
    talk.say('stop').feed({ type: 'drained' }, { type: 'drained' }).fin().feed({ type: 'drained' });
    expect(talk.sent()).toHaveLength(3 * chargenBlock.length);
    expect(talk.actions.at(-1)).toEqual({ type: 'end' });
  });

  it('answers a datagram with 0 to 512 characters: 513 answers have each length once', () => {
    const talk = new TestPeer({ name: 'chargen' }, 'dgram').join();
    for (let asked = 0; asked < 513; asked += 1) talk.say('');
    const answers = talk.take();
    expect(answers[0]).toBe(`${lines[0] ?? ''}\r\n`);
    expect(new Set(answers.map((answer) => answer.length)).size).toBe(513);
    expect(Math.max(...answers.map((answer) => answer.length))).toBe(512);
  });
});

describe('daytime (RFC 867)', () => {
  const line = 'Saturday, November 21, 2026 04:24:05-UTC\r\n';

  it('sends one line and ends, whatever the peer says', () => {
    expect(new TestPeer({ name: 'daytime' }).join().say('x').fin().take()).toEqual([line, 'end']);
  });

  it('answers every datagram', () => {
    expect(new TestPeer({ name: 'daytime' }, 'dgram').join().say('').say('x').take()).toEqual([line, line]);
  });

  it.each([
    [0, 'Thursday, January 1, 1970 00:00:00-UTC\r\n'],
    [Date.UTC(2028, 1, 29, 23, 59, 59, 999), 'Tuesday, February 29, 2028 23:59:59-UTC\r\n'],
  ])('%i ms is %j', (nowMs, expected) => {
    expect(daytimeLine(nowMs)).toBe(expected);
  });
});

describe('time (RFC 868)', () => {
  // The first four are the examples of the RFC.
  it.each([
    [Date.UTC(1970, 0, 1), 2_208_988_800],
    [Date.UTC(1976, 0, 1), 2_398_291_200],
    [Date.UTC(1980, 0, 1), 2_524_521_600],
    [Date.UTC(1983, 4, 1), 2_629_584_000],
    [Date.UTC(2026, 10, 21, 4, 24, 5, 999), 4_004_223_845],
    [Date.UTC(2036, 1, 7, 6, 28, 15), 0xffff_ffff],
    [Date.UTC(2036, 1, 7, 6, 28, 16), 0],
  ])('%i ms is %i s', (nowMs, seconds) => {
    expect(new DataView(timeOf(nowMs).buffer).getUint32(0)).toBe(seconds);
  });

  it('sends 4 bytes and ends; answers every datagram', () => {
    expect(new TestPeer({ name: 'time' }).join().actions).toEqual([
      { type: 'send', data: Uint8Array.of(0xee, 0xab, 0x9b, 0x65) },
      { type: 'end' },
    ]);
    const asked = new TestPeer({ name: 'time' }, 'dgram').join().say('').say('x');
    expect(asked.sent()).toHaveLength(8);
  });

  it('says nothing to a datagram socket that nobody asked', () => {
    expect(new TestPeer({ name: 'time' }, 'dgram').feed({ type: 'joined', peer }).take()).toEqual([]);
  });
});
