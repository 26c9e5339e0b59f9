import { describe, expect, it } from 'vitest';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import { parseBase64 } from '@socket-playground/shared/payload/base64.ts';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import { commandsFor, deliver, pieceBytes } from './parcel.ts';

const went: Outcome = { ok: true, result: { size: 1, queued: 0 } };
const refused: Outcome = {
  ok: false,
  problem: { code: 'queue-full', message: 'Too much waits already.', hint: 'Wait.' },
};

const bytesOf = (size: number) => Uint8Array.from({ length: size }, (_, index) => (index * 7) % 251);

function dataOf(command: Command): Uint8Array {
  const parsed =
    'data' in command && 'base64' in command.data ? parseBase64(command.data.base64) : { ok: false as const };
  return parsed.ok ? parsed.bytes : new Uint8Array();
}

describe('a parcel', () => {
  it('goes in pieces that are the whole again, each within one request', async () => {
    const bytes = bytesOf(2 * pieceBytes + 5);
    const sent: Command[] = [];
    const handed: number[] = [];
    const run = (command: Command) => Promise.resolve((sent.push(command), went));
    expect(await deliver(run, { socket: 3, bytes, to: null }, (size) => handed.push(size))).toEqual(went);
    expect(Buffer.concat(sent.map(dataOf)).equals(bytes)).toBe(true);
    expect(Math.max(...sent.map((command) => JSON.stringify(command).length))).toBeLessThan(1024 * 1024);
    expect(handed).toEqual([pieceBytes, 2 * pieceBytes, bytes.length]);
  });

  it('ends with the first piece that is refused', async () => {
    const answers = [went, refused];
    const handed: number[] = [];
    const parcel = { socket: 3, bytes: bytesOf(3 * pieceBytes), to: null };
    const run = () => Promise.resolve(answers.shift() ?? went);
    expect(await deliver(run, parcel, (size) => handed.push(size))).toEqual(refused);
    expect([handed, answers]).toEqual([[pieceBytes], []]);
  });

  it('may be empty: a datagram of no bytes', () => {
    const to = { host: '127.0.0.1', port: 9 };
    expect([...commandsFor({ socket: 3, bytes: new Uint8Array(), to })]).toEqual([
      { type: 'sendto', socket: 3, ...to, data: { base64: '' } },
    ]);
  });
});
