import { describe, expect, it } from 'vitest';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import { parseBase64 } from '@socket-playground/shared/payload/base64.ts';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import { limits } from '../../store/limits.ts';
import { deliver } from './parcel.ts';

const went: Outcome = { ok: true, result: { size: 1, queued: 0 } };
const problem = { code: 'queue-full', message: 'Too much waits already.', hint: 'Wait.' };
const { sendPieceBytes } = limits;

const bytesOf = (size: number) => Uint8Array.from({ length: size }, (_, index) => (index * 7) % 251);

function dataOf(command: Command): Uint8Array {
  const parsed =
    'data' in command && 'base64' in command.data ? parseBase64(command.data.base64) : { ok: false as const };
  return parsed.ok ? parsed.bytes : new Uint8Array();
}

function watched() {
  const handed: number[] = [];
  return { handed, goesOn: () => true, onpiece: (size: number) => void handed.push(size) };
}

describe('a parcel', () => {
  it.each(['message', 'file'])('that is a %s goes in pieces that are the whole again', async (is) => {
    const bytes = bytesOf(2 * sendPieceBytes + 5);
    const sent: Command[] = [];
    const watch = watched();
    const run = (command: Command) => Promise.resolve((sent.push(command), went));
    const parcel = { socket: 3, to: null, bytes: is === 'file' ? new Blob([bytes]) : bytes };
    expect(await deliver(run, parcel, watch)).toBeNull();
    expect(Buffer.concat(sent.map(dataOf)).equals(bytes)).toBe(true);
    expect(Math.max(...sent.map((command) => JSON.stringify(command).length))).toBeLessThan(1024 * 1024);
    expect(watch.handed).toEqual([sendPieceBytes, 2 * sendPieceBytes, bytes.length]);
  });

  it('ends with the first piece that is refused, and says why', async () => {
    const answers: Outcome[] = [went, { ok: false, problem }];
    const watch = watched();
    const run = () => Promise.resolve(answers.shift() ?? went);
    expect(await deliver(run, { socket: 3, to: null, bytes: bytesOf(3 * sendPieceBytes) }, watch)).toBe(
      problem,
    );
    expect([watch.handed, answers]).toEqual([[sendPieceBytes], []]);
  });

  it('ends between two pieces when it is stopped', async () => {
    const watch = watched();
    const parcel = { socket: 3, to: null, bytes: bytesOf(3 * sendPieceBytes) };
    const goesOn = () => watch.handed.length < 2;
    expect(await deliver(() => Promise.resolve(went), parcel, { ...watch, goesOn })).toBeNull();
    expect(watch.handed).toEqual([sendPieceBytes, 2 * sendPieceBytes]);
  });

  it('of a file that is gone says so', async () => {
    const file = new Blob(['x']);
    file.slice = () => {
      throw new DOMException('gone', 'NotFoundError');
    };
    const parcel = { socket: 3, to: null, bytes: file };
    expect(await deliver(() => Promise.resolve(went), parcel, watched())).toMatchObject({
      code: 'file-unreadable',
    });
  });

  it('may be empty: a datagram of no bytes', async () => {
    const sent: Command[] = [];
    const to = { host: '127.0.0.1', port: 9 };
    const run = (command: Command) => Promise.resolve((sent.push(command), went));
    await deliver(run, { socket: 3, to, bytes: new Uint8Array() }, watched());
    expect(sent).toEqual([{ type: 'sendto', socket: 3, ...to, data: { base64: '' } }]);
  });
});
