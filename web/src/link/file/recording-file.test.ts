/** Files that somebody made on purpose, or that lost something: bounded, told, and saved again as they are. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { toJsonEvent } from '@socket-playground/shared/events/json.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { writeSegmentHead } from '@socket-playground/shared/recording/segment.ts';
import { Block } from '@socket-playground/shared/wire/block.ts';
import { roomFor } from '@socket-playground/shared/wire/write-record.ts';
import { epoch, exact, started } from '../testing/fake-agent.ts';
import type { LinkStatus } from '../link.ts';
import { RecordedBlocks } from './recorded-blocks.ts';
import { RecordedLink } from './recorded.ts';

const paused = (seq: number): SocketEvent => ({ seq, time: seq, socket: 1, type: 'paused' });
const head = (first: number, changes: object = {}) =>
  writeSegmentHead({ epoch, started, pid: 1, first, follows: first - 1, standing: [], ...changes });

function blockOf(...seqs: number[]): Uint8Array<ArrayBuffer> {
  const block = new Block(seqs[0] ?? 1, new Uint8Array(seqs.length * roomFor(paused(99_999))));
  for (const seq of seqs) block.append(paused(seq));
  return block.bytesFrom(0);
}

const lines = (...values: object[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');

async function read(parts: BlobPart[], name = 'an.session') {
  const link = new RecordedLink(new File(parts, name, { lastModified: 0 }));
  const told: unknown[] = [];
  let status: LinkStatus = { is: 'connecting' };
  let began = '';
  link.start({
    status: (now) => (status = now),
    welcome: (run) => (began = run.started),
    events: (events) => told.push(...events.map(({ seq }) => seq)),
    gap: ({ from, to, reason }) => told.push(`${reason} ${from} to ${to}`),
    standing: (sockets) => told.push(sockets),
  });
  await vi.waitFor(() => expect(['read', 'unreadable']).toContain(status.is), { timeout: 20_000 });
  return { link, told, status, began };
}

async function saved(link: RecordedLink, format: 'session' | 'json' | 'csv'): Promise<string> {
  const download = await link.save(exact(format));
  return download.is === 'stream' ? new Response(download.stream).text() : download.message;
}

describe('a session file', () => {
  it('of segments that follow one another says nothing between them', async () => {
    const { told } = await read([head(1), blockOf(1, 2), head(3), blockOf(3)]);
    expect(told).toEqual([1, 2, 3]);
  });

  it('is saved as lines and as CSV with its gaps', async () => {
    const { link } = await read([
      head(3, { missing: 'keep-limit' }),
      blockOf(3),
      head(6, { follows: 3 }),
      blockOf(6),
    ]);
    const gaps = [
      { type: 'gap', from: 1, to: 2, reason: 'keep-limit' },
      { type: 'gap', from: 4, to: 5, reason: 'disk' },
    ] as const;
    expect(await saved(link, 'json')).toBe(lines(gaps[0], paused(3), gaps[1], paused(6)));
    const csv = (await saved(link, 'csv')).split('\r\n').slice(1, -1);
    expect(csv.map((line) => line.split(',')[3])).toEqual(['gap', 'paused', 'gap', 'paused']);
  });

  it('is saved as a session byte for byte', async () => {
    const parts = [head(1), blockOf(1, 2)];
    const { link } = await read(parts);
    expect(await saved(link, 'session')).toBe(await new Blob(parts).text());
  });

  it('whose blocks are tiny is read block by block and remembered as one place', async () => {
    const count = 5_000;
    const parts = [head(1), ...Array.from({ length: count }, (_, index) => blockOf(index + 1))];
    const { link, told } = await read(parts);
    expect(told).toHaveLength(count);
    const { signal } = new AbortController();
    const what = { is: 'bytes', bytes: encodeUtf8('x'), anyCase: false } as const;
    const query = { what, longerThan: 0, from: 1, to: count, signal };
    expect(await link.search(query)).toEqual({ is: 'found', seqs: [], next: null });
  });
});

describe('a file of JSON Lines', () => {
  it('with a hole behind every event tells each, and costs no more than its bytes', async () => {
    const count = 20_000;
    const { told, status } = await read(
      [Array.from({ length: count }, (_, index) => lines(paused(2 * index + 1))).join('')],
      'an.jsonl',
    );
    expect(status).toEqual({ is: 'read', holds: 'events', tornBytes: 0 });
    expect(told).toHaveLength(2 * count - 1);
    expect(told.slice(-2)).toEqual([`not-in-file ${2 * count - 2} to ${2 * count - 2}`, 2 * count - 1]);
  });

  it('gives payloads across its holes', async () => {
    const data = encodeUtf8('across');
    const sent: SocketEvent = { seq: 5, time: 5, socket: 1, type: 'sent', size: data.length, data };
    const { link } = await read([lines(paused(1), toJsonEvent(sent))], 'an.jsonl');
    const answer = await link.payload(5);
    expect(answer.is === 'data' && [...answer.data]).toEqual([...data]);
    expect(await link.payload(3)).toEqual({ is: 'gone' });
  });

  it('says for each stretch of a hole why it is there', async () => {
    const gap = { type: 'gap', from: 4, to: 5, reason: 'memory-limit' };
    const { told } = await read([lines(paused(1), gap, paused(7))], 'an.jsonl');
    expect(told).toEqual([1, 'not-in-file 2 to 3', 'memory-limit 4 to 5', 'not-in-file 6 to 6', 7]);
  });

  it('began when its name says so, else when the file was made', async () => {
    const named = await read([lines(paused(1))], '2026-11-21T04-24-05-0badcafe.jsonl');
    expect(named.began).toBe('2026-11-21T04:24:05.000Z');
    expect((await read([lines(paused(1))], 'renamed.jsonl')).began).toBe('1970-01-01T00:00:00.000Z');
    expect((await read([lines(paused(1))], '2026-99-99T04-24-05-x')).began).toBe('1970-01-01T00:00:00.000Z');
  });

  it.each([
    ['a size no record can hold', { type: 'sent', size: 2 ** 40, captured: 0, data: '' }],
    ['another size than its data', { type: 'sent', size: 4, data: 'AAAA' }],
    [
      'a host no record can hold',
      { type: 'sent', size: 0, data: '', remote: { host: 'h'.repeat(256), port: 1 } },
    ],
    [
      'a host that is not ASCII beside a payload',
      { type: 'received', size: 1, data: 'AA==', remote: { host: 'größe.example', port: 1 } },
    ],
    ['more bytes than there were', { type: 'sent', size: 1, captured: 3, data: 'AAAA' }],
    [
      'more words than a record may have',
      {
        type: 'resolved',
        host: 'many.example',
        addresses: Array<object>(30_000).fill({ host: '127.0.0.1', family: 'inet' }),
      },
    ],
    ['a socket no record can hold', { type: 'paused', socket: 2 ** 33 }],
    ['a gap that ends before it begins', { type: 'gap', from: 9, to: 2, reason: 'disk' }],
  ])('ends before %s', async (_, fields) => {
    const event = fields.type === 'gap' ? fields : { seq: 2, time: 2, socket: 1, ...fields };
    const { told, status } = await read([lines(paused(1), event)], 'an.jsonl');
    expect(told).toEqual([1]);
    expect(status).toEqual({ is: 'read', holds: 'events', tornBytes: encodeUtf8(lines(event)).length });
  });

  it('is saved as it is, and never as a session: it does not say of which run it is', async () => {
    const text = lines(paused(1));
    const { link } = await read([text], 'an.jsonl');
    expect(await saved(link, 'json')).toBe(text);
    expect(await saved(link, 'session')).toMatch(/^JSON Lines do not say/);
  });
});

describe('a long file', () => {
  const count = 20_000;
  const long = lines(...Array.from({ length: count }, (_, index) => paused(index + 1)));

  /** How many turns of the event loop others have had since. */
  function othersTurns(): () => number {
    let turns = 0;
    let next = setImmediate(function turn() {
      turns += 1;
      next = setImmediate(turn);
    });
    onTestFinished(() => clearImmediate(next));
    return () => turns;
  }

  it('leaves the page its turns while it is read, and searched', async () => {
    // However fast the machine, each look at the clock finds a millisecond gone: eight are a turn's work.
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 1));
    onTestFinished(() => void vi.restoreAllMocks());
    const reading = othersTurns();
    const { link, told } = await read([long], 'long.jsonl');
    expect(told).toHaveLength(count);
    expect(reading()).toBeGreaterThan(1_000);
    const searching = othersTurns();
    const { signal } = new AbortController();
    const what = { is: 'bytes', bytes: encodeUtf8('x'), anyCase: true } as const;
    await link.search({ what, longerThan: 0, from: 1, to: count, signal });
    expect(searching()).toBeGreaterThan(20);
  });

  it('is read no further once its link is stopped', async () => {
    const link = new RecordedLink(new File([long], 'long.jsonl'));
    let told = 0;
    const none = () => undefined;
    await new Promise<void>((resolve) => {
      const events = (more: readonly SocketEvent[]) => {
        told += more.length;
        resolve();
      };
      link.start({ status: none, welcome: none, events, gap: none, standing: none });
    });
    link.stop();
    const before = told;
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve));
    expect(told).toBe(before);
    expect(told).toBeLessThan(count);
  });
});

describe('a file that goes away', () => {
  const gone = Object.assign(new File(['{}'], 'gone.session'), {
    slice: () => Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(new Error('NotReadable')) }),
  });

  it('is unreadable, in words', async () => {
    const link = new RecordedLink(gone);
    const statuses: LinkStatus[] = [];
    const none = () => undefined;
    link.start({
      status: (now) => statuses.push(now),
      welcome: none,
      events: none,
      gap: none,
      standing: none,
    });
    await vi.waitFor(() => expect(statuses.at(-1)).toMatchObject({ problem: { code: 'file-changed' } }));
    expect(await link.save(exact('csv'))).toMatchObject({ is: 'unreachable' });
  });
});

describe('the places of a file', () => {
  const block = (first: number) => new Block(first, new Uint8Array(0));

  it('are joined where they are small neighbours, and only there', () => {
    const blocks = new RecordedBlocks(() => Promise.resolve([]));
    blocks.add({ block: block(1), start: 0, end: 100 });
    blocks.add({ block: block(2), start: 100, end: 200 });
    expect(blocks.size).toBe(1);
    blocks.add({ block: block(3), start: 300, end: 400 });
    expect(blocks.size).toBe(2);
    blocks.add({ block: block(4), start: 400, end: 400 + 1024 * 1024 });
    expect(blocks.size).toBe(3);
  });
});
