/** A session as a file for others: what is missing stays missing, and nothing else does. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EventBody, SocketEvent } from '@socket-playground/shared/events/event.ts';
import { toJsonEvent } from '@socket-playground/shared/events/json.ts';
import type { FormatName } from '@socket-playground/shared/recording/export/formats.ts';
import type { Writer } from '@socket-playground/shared/recording/export/writer.ts';
import { writers } from '@socket-playground/shared/recording/export/writers.ts';
import { redactedWriter } from '@socket-playground/shared/recording/redact/redacted-writer.ts';
import { Block } from '@socket-playground/shared/wire/block.ts';
import { gapReason } from '@socket-playground/shared/wire/messages.ts';
import type { Gap, GapReason } from '@socket-playground/shared/wire/messages.ts';
import { DiskRig, eventsIn, readAll, temporaryFolder, testEpoch } from '../../../test/disk.ts';
import { memoryJournal } from '../../../test/memory-journal.ts';
import { originOf } from '../../journal/source.ts';
import type { EventSource } from '../../journal/source.ts';
import { KeptSession } from '../../sessions/kept-session.ts';
import { redactorOf } from './redactor-of.ts';
import { written } from './written.ts';

const fileOf = (source: EventSource, format: FormatName): Promise<Buffer> =>
  writtenBy(writerOf(format, source), source);

const writerOf = (format: FormatName, { epoch }: EventSource): Writer =>
  writers[format]({ origin: originOf(epoch), end: null, pieceBytes: 1_000 });

async function writtenBy(writer: Writer, source: EventSource): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const options = { from: 1, follow: false, signal: new AbortController().signal };
  for await (const piece of written(source, writer, options)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

async function reopened(bytes: Buffer): Promise<KeptSession> {
  const path = join(temporaryFolder(), 'exported');
  writeFileSync(path, bytes);
  const kept = await KeptSession.open([{ path, bytes: bytes.length }]);
  if (kept === null) throw new Error('no session');
  return kept;
}

/** The same events and the same gaps with the same reasons and sockets, however they are cut into blocks. */
async function expectSame(source: EventSource, copy: EventSource): Promise<void> {
  const [read, again] = [await readAll(source), await readAll(copy)];
  expect(eventsIn(again)).toEqual(eventsIn(read));
  const gaps = (stretches: typeof read) =>
    stretches.flatMap((stretch) => (stretch.kind === 'gap' ? [stretch] : []));
  expect(gaps(again)).toEqual(gaps(read));
  expect(copy.latest).toBe(source.latest);
  expect(copy.epoch).toEqual(source.epoch);
}

const body = fc.oneof(
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.uint8Array({ maxLength: 400 }))
    .map(([socket, data]): EventBody => ({
      socket,
      type: 'received',
      size: data.length,
      data,
    })),
  fc.integer({ min: 1, max: 3 }).map((socket): EventBody => ({
    socket,
    type: 'opened',
    family: 'inet',
    socketType: 'stream',
    label: '=1',
  })),
);
const bodies = fc.array(body, { maxLength: 80 });

function fromMemory(appended: readonly EventBody[]) {
  const limits = { journalBytes: 4_096, journalEvents: 30, blockBytes: 1_024 };
  const journal = memoryJournal({ limits, now: () => 7 });
  for (const each of appended) journal.append(each);
  return journal;
}

/** A session of several segments whose oldest are gone. */
async function fromDisk(appended: readonly EventBody[], dropped: number): Promise<DiskRig> {
  const rig = DiskRig.in(temporaryFolder(), { journalBytes: 2_048, journalEvents: 10, segmentBytes: 2_048 });
  await rig.session.prepare();
  for (const each of appended) {
    rig.append(each);
    await rig.journal.settle();
  }
  for (let count = 0; count < dropped; count += 1) await rig.session.dropOldest();
  return rig;
}

describe('a session exported and opened again is the same', () => {
  it('from memory only, with what memory let go of', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, async (appended) => {
        const journal = fromMemory(appended);
        const copy = await reopened(await fileOf(journal, 'session'));
        await expectSame(journal, copy);
        await copy.close();
      }),
    );
  });

  it('as it was when it began, though the journal uses its memory again meanwhile', async () => {
    const blockBytes = 4_096;
    const journal = memoryJournal({
      limits: { journalBytes: 2 * blockBytes, journalEvents: 1e6, blockBytes },
    });
    const say = (letter: string, count: number) => {
      for (let index = 0; index < count; index += 1) {
        const data = Buffer.from(letter.repeat(100 + (index % 20)));
        journal.append({ socket: 1, type: 'received', size: data.length, data });
      }
    };
    say('a', 20);
    const options = { from: 1, follow: false, signal: new AbortController().signal };
    let text = '';
    for await (const piece of written(journal, writerOf('json', journal), options)) {
      text += Buffer.from(piece).toString();
      say('b', 200);
    }
    const lines = text.trim().split('\n');
    const expected = Buffer.from('a'.repeat(99)).toString('base64');
    expect(lines.map((line) => line.includes(expected))).toEqual(Array<boolean>(20).fill(true));
  });

  it('from disk, with what was removed', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(bodies, fc.nat(5), async (appended, dropped) => {
        const rig = await fromDisk(appended, dropped);
        const copy = await reopened(await fileOf(rig.journal, 'session'));
        await expectSame(rig.journal, copy);
        const twice = await reopened(await fileOf(copy, 'session'));
        await expectSame(copy, twice);
        await Promise.all([copy.close(), twice.close(), rig.session.index.close()]);
      }),
      { numRuns: 40 },
    );
  });
});

/** Stretches of these lengths, each of events or missing for a reason, as a source of its own. */
function sourceOf(parts: readonly (readonly [GapReason | 'events', number])[]): EventSource {
  const gaps: Gap[] = [];
  let latest = 0;
  for (const [is, length] of parts) {
    if (is !== 'events') gaps.push({ type: 'gap', from: latest + 1, to: latest + length, reason: is });
    latest += length;
  }
  return {
    ...{ epoch: testEpoch, first: 1, latest },
    gapAt(cursor) {
      const gap = gaps.find(({ from, to }) => from <= cursor && cursor <= to);
      return gap ? { ...gap, from: cursor } : null;
    },
    blockOf(seq) {
      const end = gaps.find(({ from }) => from > seq)?.from ?? latest + 1;
      const block = new Block(seq, new Uint8Array(100 * (end - seq)));
      for (let at = seq; at < end; at += 1) block.append({ seq: at, time: at, socket: 1, type: 'paused' });
      return block;
    },
    standingAfter: () => Promise.resolve([]),
    subscribe: () => () => undefined,
  };
}

/** How many events in a row are there, or are missing for which reason. */
async function shapeOf(source: EventSource): Promise<[string, number][]> {
  const shape: [string, number][] = [];
  for (const stretch of await readAll(source)) {
    const is = stretch.kind === 'gap' ? stretch.gap.reason : 'events';
    const { from, to } = stretch.kind === 'gap' ? stretch.gap : stretch;
    const last = shape.at(-1);
    if (last?.[0] === is) last[1] += to - from + 1;
    else shape.push([is, to - from + 1]);
  }
  return shape;
}

describe('gaps that meet, and one at the end', () => {
  const part = fc.tuple(fc.constantFrom('events', ...gapReason.options), fc.integer({ min: 1, max: 4 }));

  it('keep each its reason and its events in a copy, and in a copy of that', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 8 }), async (parts) => {
        const source = sourceOf(parts);
        const copy = await reopened(await fileOf(source, 'session'));
        expect(await shapeOf(copy)).toEqual(await shapeOf(source));
        const twice = await reopened(await fileOf(copy, 'session'));
        expect(await shapeOf(twice)).toEqual(await shapeOf(source));
        await Promise.all([copy.close(), twice.close()]);
      }),
    );
  });
});

describe('JSON lines and CSV', () => {
  it('have one line for each event and each gap, whole payloads', async () => {
    const rig = await fromDisk(
      Array.from({ length: 30 }, (_, index): EventBody => {
        const data = new Uint8Array(300).fill(index);
        return { socket: 1, type: 'received', size: 300, data };
      }),
      2,
    );
    const [first, ...rest] = (await fileOf(rig.journal, 'json')).toString().split('\n').slice(0, -1);
    const to = rig.model.length - rest.length;
    expect(JSON.parse(first ?? '')).toEqual({ type: 'gap', from: 1, to, reason: 'keep-limit' });
    expect(rest.map((text) => JSON.parse(text) as unknown)).toEqual(
      rig.model.slice(to).map((event: SocketEvent) => toJsonEvent(event)),
    );
    const rows = (await fileOf(rig.journal, 'csv')).toString().split('\r\n');
    expect(rows).toHaveLength(rest.length + 3);
    await rig.session.index.close();
  });
});

describe('what a kept file no longer holds so that it can be read', () => {
  /** Three events in one file that somebody changes once it is open. */
  async function changed(change: (bytes: Buffer) => Buffer): Promise<KeptSession> {
    const opened = { type: 'opened', family: 'inet', socketType: 'stream' } as const;
    const labels = ['one', 'two', 'three'];
    const rig = await fromDisk(
      labels.map((label, index) => ({ ...opened, socket: index + 1, label })),
      0,
    );
    await rig.session.end();
    const path = rig.session.index.segments[0]?.file.path ?? '';
    const bytes = readFileSync(path);
    const kept = await KeptSession.open([{ path, bytes: bytes.length }]);
    if (kept === null) throw new Error('no session');
    onTestFinished(() => kept.close());
    writeFileSync(path, change(bytes));
    return kept;
  }

  const spoilt = (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replace('"two"', '"two '), 'latin1');

  it.each(['json', 'csv', 'pcapng'] as const)(
    'is a gap in %s that says so, also for sharing',
    async (format) => {
      const kept = await changed(spoilt);
      const redacted = redactedWriter(writerOf(format, kept), await redactorOf(kept, []));
      for (const writer of [writerOf(format, kept), redacted]) {
        const text = (await writtenBy(writer, kept)).toString();
        expect(text).toContain('not-in-file');
        expect(text).toContain('three');
      }
    },
  );

  it('so is all of a block that is cut off', async () => {
    const kept = await changed((bytes) => bytes.subarray(0, -1));
    const gap = { type: 'gap', from: 1, to: 3, reason: 'not-in-file' };
    expect(JSON.parse((await fileOf(kept, 'json')).toString())).toEqual(gap);
  });
});

describe('a session for sharing', () => {
  const secret = 'Basic c2VjcmV0';
  const text = `GET / HTTP/1.1\r\nAuthorization: ${secret}\r\nX-Key: k-123456\r\n\r\n`;

  it('has no trace of a secret in any format, however it is cut, and every size as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 12 }), async (sizes) => {
        const journal = fromMemory(cut(text, sizes));
        const kept = await readAll(journal);
        const redactor = await redactorOf(journal, [{ is: 'text', bytes: Buffer.from('k-123456') }]);
        expect(redactor.places).toBe(2);
        const exported = (format: FormatName) => {
          const writer = redactedWriter(writerOf(format, journal), redactor);
          redactor.rewind();
          return writtenBy(writer, journal);
        };
        const copy = await reopened(await exported('session'));
        const whole = Buffer.concat(eventsIn(await readAll(copy)).map(dataOf)).toString();
        const hide = (found: string) => 'x'.repeat(found.length);
        expect(whole).toBe(text.replace(secret, hide).replace('k-123456', hide));
        const lines = (await exported('json')).toString().trim().split('\n');
        expect(Buffer.concat(lines.map(base64Of)).toString()).toBe(whole);
        expect((await exported('csv')).toString()).not.toMatch(/c2Vj|3456/);
        expect(await exported('pcapng')).toEqual(await fileOf(copy, 'pcapng'));
        expect(eventsIn(await readAll(journal))).toEqual(eventsIn(kept));
        await copy.close();
      }),
      { numRuns: 20 },
    );
  });
});

function cut(text: string, sizes: readonly number[]): EventBody[] {
  const bodies: EventBody[] = [];
  let at = 0;
  for (const size of [...sizes, text.length]) {
    const data = Buffer.from(text.slice(at, at + size));
    at += size;
    if (data.length > 0) bodies.push({ socket: 1, type: 'received', size: data.length, data });
  }
  return bodies;
}

const dataOf = (event: SocketEvent) => ('data' in event ? event.data : new Uint8Array(0));
function base64Of(line: string): Buffer {
  const found = /"data":"([^"]*)"/.exec(line);
  return Buffer.from(found?.[1] ?? '', 'base64');
}
