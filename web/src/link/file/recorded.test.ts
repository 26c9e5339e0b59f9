/** What a file tells is what a live page was told: checked on files made by the code that writes them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyEvent } from '../../../../shared/test/any-event.ts';
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { toJsonEvent } from '@socket-playground/shared/events/json.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { sessionParts } from '@socket-playground/shared/recording/parts.ts';
import { writeSegmentHead } from '@socket-playground/shared/recording/segment.ts';
import { Block } from '@socket-playground/shared/wire/block.ts';
import type { GapReason } from '@socket-playground/shared/wire/messages.ts';
import { exact } from '../testing/fake-agent.ts';
import type { LinkListener, LinkStatus } from '../link.ts';
import { RecordedLink } from './recorded.ts';

const whole = anyEvent.filter((event) => !isTransfer(event) || event.captured === undefined);
const story = fc
  .array(whole, { maxLength: 30 })
  .map((events) => events.map((event, index) => ({ ...event, seq: index + 1 })));

const run = { epoch: 'e', started: '2026-11-21T04:24:05.000Z' };

function segment(
  events: readonly SocketEvent[],
  first = events[0]?.seq ?? 1,
  follows = 0,
): Uint8Array<ArrayBuffer>[] {
  const head = { ...run, pid: 1, first, follows, standing: [] };
  const block = new Block(first, new Uint8Array(1 << 18));
  for (const event of events) block.append(event);
  return [writeSegmentHead(head), block.bytesFrom(0)];
}

const jsonLines = (events: readonly SocketEvent[]) =>
  events.map((event) => `${JSON.stringify(toJsonEvent(event))}\n`).join('');

/** Reads a file to its end. */
async function read(...parts: BlobPart[]) {
  const link = new RecordedLink(new File(parts, 'test.session'));
  const events: SocketEvent[] = [];
  const gaps: unknown[] = [];
  let epoch = '';
  const end = await new Promise<LinkStatus>((resolve) => {
    const listener: LinkListener = {
      status: (status) => (status.is === 'reading' ? undefined : resolve(status)),
      welcome: (welcome) => (epoch = welcome.epoch),
      events: (more) => events.push(...more),
      gap: (gap) => gaps.push(gap),
      standing: () => undefined,
    };
    link.start(listener);
  });
  return { link, events, gaps, epoch, end };
}

const cut = (event: SocketEvent): SocketEvent =>
  isTransfer(event) && event.data.length > 256
    ? { ...event, data: event.data.slice(0, 256), captured: 256 }
    : event;
const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

describe.each([
  ['a session file', (events: readonly SocketEvent[]) => segment(events, 1)],
  ['JSON Lines', (events: readonly SocketEvent[]) => [jsonLines(events)]],
])('%s', (_, fileOf) => {
  it('tells every event once, in order, with the first bytes of its payload', async () => {
    await fc.assert(
      fc.asyncProperty(
        story.filter(({ length }) => length > 0),
        async (events) => {
          const { events: told, end } = await read(...fileOf(events));
          expect(end).toEqual({ is: 'read', holds: 'events', tornBytes: 0 });
          expect(plain(told)).toEqual(plain(events.map(cut)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives whole payloads, and finds bytes anywhere in them', async () => {
    const data = encodeUtf8(`${'.'.repeat(1_000)}needle${'.'.repeat(1_000)}`);
    const { link } = await read(
      ...fileOf([
        { seq: 1, time: 1, socket: 1, type: 'paused' },
        { seq: 2, time: 2, socket: 1, type: 'received', size: data.length, data },
      ]),
    );
    const answer = await link.payload(2);
    expect(answer.is === 'data' ? [...answer.data] : answer).toEqual([...data]);
    expect(await link.payload(1)).toEqual({ is: 'gone' });
    expect(await link.payload(3)).toEqual({ is: 'gone' });
    const { signal } = new AbortController();
    const what = { is: 'bytes', bytes: encodeUtf8('NEEDLE'), anyCase: true } as const;
    const query = { what, longerThan: 256, from: 1, to: 9, signal };
    expect(await link.search(query)).toEqual({ is: 'found', seqs: [2], next: null });
    const asWritten = { ...query, what: { ...what, anyCase: false } };
    expect(await link.search(asWritten)).toEqual({ is: 'found', seqs: [], next: null });
  });

  it('runs nothing', async () => {
    const { link } = await read(...fileOf([{ seq: 1, time: 1, socket: 1, type: 'paused' }]));
    expect(await link.run()).toMatchObject({ ok: false, problem: { code: 'recording' } });
  });

  it('can be saved again as lines that tell the same', async () => {
    const events: SocketEvent[] = [
      { seq: 1, time: 1, socket: 1, type: 'paused' },
      { seq: 2, time: 2, socket: 1, type: 'sent', size: 3, data: Uint8Array.of(1, 2, 3) },
    ];
    const { link } = await read(...fileOf(events));
    const saved = await link.save(exact('json'));
    expect(saved.is === 'stream' ? await new Response(saved.stream).text() : saved).toBe(jsonLines(events));
  });
});

/** What the segments of a session file say was stored before each. */
async function followsIn(bytes: Uint8Array<ArrayBuffer>): Promise<number[]> {
  const follows: number[] = [];
  const readAt = async (at: number, length: number) => bytes.slice(at, at + length);
  for await (const part of sessionParts(readAt, bytes.length))
    if (part.kind === 'segment') follows.push(part.head.follows);
  return follows;
}

describe('what is missing', () => {
  const event = (seq: number): SocketEvent => ({ seq, time: seq, socket: 1, type: 'paused' });

  it('between two segments is a gap', async () => {
    const { events, gaps } = await read(...segment([event(1), event(2)]), ...segment([event(7)]));
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 7]);
    expect(gaps).toEqual([{ from: 3, to: 6, reason: 'disk' }]);
  });

  it('was never stored, or was and is gone: each has its own gap, also in a copy', async () => {
    const ofTwo = [...segment([event(1)]), ...segment([event(9)], 9, 5)];
    const reasons = [
      { from: 2, to: 5, reason: 'not-in-file' },
      { from: 6, to: 8, reason: 'disk' },
    ];
    const { link, gaps } = await read(...ofTwo);
    expect(gaps).toEqual(reasons);
    const saved = await link.save({ ...exact('session'), hide: ['nothing of it'] });
    if (saved.is !== 'stream') throw new Error(saved.message);
    const copy = new Uint8Array(await new Response(saved.stream).arrayBuffer());
    expect((await read(copy)).gaps).toEqual(reasons);
    expect(await followsIn(copy)).toEqual([0, 5, 5]);
  });

  it('for two reasons that meet has a gap for each, also before the first event and behind the last, and in a copy', async () => {
    const head = (first: number, follows: number, missing?: GapReason) =>
      writeSegmentHead({ ...run, pid: 1, first, follows, standing: [], ...(missing && { missing }) });
    const reasons = [
      { from: 1, to: 2, reason: 'keep-limit' },
      { from: 3, to: 4, reason: 'disk' },
      { from: 6, to: 7, reason: 'memory-limit' },
      { from: 8, to: 8, reason: 'not-in-file' },
    ] as const;
    const [, block = new Uint8Array(0)] = segment([event(5)]);
    const file = [head(1, 0), head(3, 2, 'keep-limit'), head(5, 2, 'disk'), block];
    const { link, gaps } = await read(...file, head(8, 5, 'memory-limit'), head(9, 8, 'not-in-file'));
    expect(gaps).toEqual(reasons);
    const saved = await link.save({ ...exact('session'), hide: ['nothing of it'] });
    if (saved.is !== 'stream') throw new Error(saved.message);
    expect((await read(await new Response(saved.stream).blob())).gaps).toEqual(reasons);
  });

  it('before the first event was removed, when it was stored', async () => {
    expect((await read(...segment([event(9)], 9, 8))).gaps).toEqual([
      { from: 1, to: 8, reason: 'keep-limit' },
    ]);
    expect((await read(...segment([event(9)], 9, 5))).gaps).toEqual([
      { from: 1, to: 5, reason: 'keep-limit' },
      { from: 6, to: 8, reason: 'disk' },
    ]);
  });

  it('in JSON Lines is a gap, whether a line says so or not', async () => {
    const told = `${JSON.stringify({ type: 'gap', from: 2, to: 4, reason: 'keep-limit' })}\n`;
    const { events, gaps } = await read(jsonLines([event(1)]) + told + jsonLines([event(5), event(9)]));
    expect(events.map(({ seq }) => seq)).toEqual([1, 5, 9]);
    expect(gaps).toEqual([
      { from: 2, to: 4, reason: 'keep-limit' },
      { from: 6, to: 8, reason: 'not-in-file' },
    ]);
  });

  it('in front of JSON Lines that begin later is not laid to anybody', async () => {
    const { gaps } = await read(jsonLines([event(500)]));
    expect(gaps).toEqual([{ from: 1, to: 499, reason: 'not-in-file' }]);
  });

  it('at a torn end is said, wherever it is torn', async () => {
    const [head = new Uint8Array(0), block = new Uint8Array(0)] = segment([event(1), event(2), event(3)]);
    for (let bytes = 0; bytes < block.length; bytes += 1) {
      const { events, end } = await read(head, block.slice(0, bytes));
      const each = block.length / 3;
      const kept = Math.floor(bytes / each);
      expect(events).toHaveLength(kept);
      expect(end).toEqual({ is: 'read', holds: 'events', tornBytes: bytes - kept * each });
    }
  });

  it('behind a torn end is a gap where the file says how far it went', async () => {
    const [, block = new Uint8Array(0)] = segment([event(1), event(2), event(3)]);
    const head = writeSegmentHead({ ...run, pid: 0, first: 1, follows: 0, standing: [] }, 3);
    const { gaps, end } = await read(head, block.slice(0, -1));
    expect(gaps).toEqual([{ from: 3, to: 3, reason: 'not-in-file' }]);
    expect(end).toMatchObject({ is: 'read', tornBytes: block.length / 3 - 1 });
    expect((await read(head, block)).gaps).toEqual([]);
  });
});

describe('what is no recording', () => {
  it.each([
    ['an empty file', '', 'empty-file'],
    ['a packed file', Uint8Array.of(0x1f, 0x8b, 8, 0), 'packed-file'],
    ['text', 'hello\n', 'not-a-session'],
    ['another JSON', '{"name":"package"}\n', 'bad-line'],
    ['half a preamble', 'SOCKPLAY', 'not-a-session'],
    ['an event out of order behind none', '{"seq":0}\n', 'bad-line'],
  ])('%s is refused with words', async (_, text, code) => {
    expect((await read(text)).end).toMatchObject({ is: 'unreadable', problem: { code } });
  });

  it('of a later version says so', async () => {
    const [head = new Uint8Array(0)] = segment([], 1);
    head[8] = 0xff;
    expect((await read(head)).end).toMatchObject({ is: 'unreadable', problem: { code: 'newer-session' } });
  });

  it('is never a throw, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), story, fc.nat(), async (bytes, events, at) => {
        await read(Uint8Array.from(bytes));
        const parts = segment(events, 1);
        const damaged = new Uint8Array(await new Blob(parts).arrayBuffer());
        damaged.set(Uint8Array.from(bytes.slice(0, 8)), Math.min(at % damaged.length, damaged.length - 8));
        await read(damaged);
      }),
      { numRuns: 100 },
    );
  });
});
