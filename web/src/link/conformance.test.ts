/** What every link promises, whatever stands behind it: a running agent, a kept session, or a file of either kind. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { toJsonEvent } from '@socket-playground/shared/events/json.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { writeSegmentHead } from '@socket-playground/shared/recording/segment.ts';
import { numbered, opened, received, sent } from '../store/testing/events.ts';
import { SocketIndex } from '../store/sockets/socket-index.ts';
import { agentWith, dataFetch, epoch, established, started } from './testing/fake-agent.ts';
import type { Stretch } from './testing/fake-agent.ts';
import type { Link, LinkStatus } from './link.ts';
import { LiveLink } from './live/live.ts';
import { blockOf } from './file/block-of.ts';
import { RecordedLink } from './file/recorded.ts';

const dots = '.'.repeat(2_000);
const long = `${dots}Needle${dots}`;
const before = numbered([
  opened(1),
  sent(1, 'needle in front'),
  sent(1, long),
  { type: 'paused', socket: 1 },
]);
const behind = numbered([received(1, long), sent(1, ''), { type: 'closed', socket: 1 }], 8);
const gap = { type: 'gap', from: 5, to: 7, reason: 'keep-limit' } as const;
const standing = statesAfter(before);
const stretches: readonly Stretch[] = [
  { is: 'events', block: blockOf(before) },
  { is: 'gap', gap, standing },
  { is: 'events', block: blockOf(behind) },
];

function statesAfter(events: readonly SocketEvent[]): readonly SocketState[] {
  const index = new SocketIndex(10);
  for (const event of events) index.apply(event);
  return [...index.snapshot().values()];
}

function segment(events: readonly SocketEvent[], changes: object): Uint8Array<ArrayBuffer>[] {
  const block = blockOf(events);
  const head = { epoch, started, pid: 1, first: block.first, follows: 0, standing: [], ...changes };
  return [writeSegmentHead(head), block.bytesFrom(0)];
}

const lines = (values: readonly object[]) => values.map((value) => `${JSON.stringify(value)}\n`);
const options = { url: 'ws://agent/ws', token: () => 'secret', creditBytes: 1 << 20 };

interface Kind {
  readonly make: () => Link;
  /** Whether commands can be given. */
  readonly canRun: boolean;
  /** Whether it knows who is open behind a gap. */
  readonly knowsStanding: boolean;
  readonly end: LinkStatus['is'];
}

const kinds: Readonly<Record<string, Kind>> = {
  'a running agent': {
    make: () => {
      vi.stubGlobal('fetch', dataFetch(stretches, '/api'));
      return new LiveLink({ ...options, open: agentWith(stretches, null) });
    },
    canRun: true,
    knowsStanding: true,
    end: 'live',
  },
  'a kept session': {
    make: () => {
      vi.stubGlobal('fetch', dataFetch(stretches, '/api/sessions/an-id'));
      return new LiveLink({ ...options, session: 'an-id', open: agentWith(stretches, 'an-id') });
    },
    canRun: false,
    knowsStanding: true,
    end: 'read',
  },
  'a session file': {
    make: () =>
      new RecordedLink(
        new File(
          [...segment(before, {}), ...segment(behind, { follows: 7, missing: 'keep-limit', standing })],
          'an.session',
        ),
      ),
    canRun: false,
    knowsStanding: true,
    end: 'read',
  },
  'a file of JSON Lines': {
    make: () =>
      new RecordedLink(
        new File(lines([...before.map(toJsonEvent), gap, ...behind.map(toJsonEvent)]), 'an.jsonl'),
      ),
    canRun: false,
    knowsStanding: false,
    end: 'read',
  },
};

/** Starts a link and waits until it has told everything. */
async function read({ make, end }: Kind) {
  const link = make();
  const told: unknown[] = [];
  const events: SocketEvent[] = [];
  const welcomes: string[] = [];
  const statuses: LinkStatus[] = [];
  link.start({
    status: (status) => statuses.push(status),
    welcome: (run) => welcomes.push(run.started),
    events: (more) => {
      events.push(...more);
      told.push(...more.map(({ seq }) => seq));
    },
    gap: ({ from, to, reason }) => told.push({ from, to, reason }),
    standing: (sockets) => told.push(sockets.map(({ socket }) => socket)),
  });
  await vi.waitFor(() => {
    expect(statuses.at(-1)?.is).toBe(end);
    expect(events.at(-1)?.seq).toBe(behind.at(-1)?.seq);
  });
  return { link, told, events, welcomes, statuses };
}

afterEach(() => vi.unstubAllGlobals());

describe.each(Object.entries(kinds))('%s', (_, kind) => {
  it('says when it began, then tells every event once, in order, with its gaps', async () => {
    const { link, told, welcomes } = await read(kind);
    const missing = { from: 5, to: 7, reason: 'keep-limit' };
    expect(told).toEqual([1, 2, 3, 4, missing, ...(kind.knowsStanding ? [[1]] : []), 8, 9, 10]);
    expect(welcomes).toHaveLength(1);
    link.stop();
  });

  it('tells the first 256 bytes of a payload, and that there are more', async () => {
    const { link, events } = await read(kind);
    expect(events[2]).toMatchObject({
      size: long.length,
      captured: 256,
      data: encodeUtf8(dots.slice(0, 256)),
    });
    expect(events[1]).not.toHaveProperty('captured');
    link.stop();
  });

  it('gives every payload whole, and none where there is none', async () => {
    const { link } = await read(kind);
    for (const seq of [3, 8]) {
      const answer = await link.payload(seq);
      expect(answer.is === 'data' && [...answer.data]).toEqual([...encodeUtf8(long)]);
    }
    for (const seq of [4, 6, 99]) expect(await link.payload(seq)).toEqual({ is: 'gone' });
    link.stop();
  });

  it('finds bytes anywhere in payloads, in either case when asked to', async () => {
    const { link } = await read(kind);
    const { signal } = new AbortController();
    const what = { is: 'bytes', bytes: encodeUtf8('needle'), anyCase: true } as const;
    const asWritten = { ...what, anyCase: false };
    const query = { what, longerThan: 256, from: 1, to: 10, signal };
    expect(await link.search(query)).toEqual({ is: 'found', seqs: [3, 8], next: null });
    expect(await link.search({ ...query, from: 4 })).toMatchObject({ seqs: [8] });
    expect(await link.search({ ...query, what: asWritten })).toMatchObject({ seqs: [] });
    expect(await link.search({ ...query, what: asWritten, longerThan: 0 })).toMatchObject({ seqs: [2] });
    link.stop();
  });

  it('finds patterns anywhere in payloads, and says what is wrong with one', async () => {
    const { link } = await read(kind);
    const { signal } = new AbortController();
    const query = { longerThan: 255, from: 1, to: 10, signal };
    const ask = (words: string) => link.search({ ...query, what: { is: 'pattern', words } });
    expect(await ask('/nee[a-z]le.+$/i')).toEqual({ is: 'found', seqs: [3, 8], next: null });
    expect(await ask('/^needle/i')).toMatchObject({ seqs: [] });
    expect(await ask('/(/')).toMatchObject({ is: 'refused', problem: { code: 'bad-pattern' } });
    const what = { is: 'pattern', words: '/e/' } as const;
    const forgotten = { ...query, what, signal: AbortSignal.abort() };
    expect(await link.search(forgotten)).toEqual({ is: 'unreachable' });
    link.stop();
  });

  it(kind.canRun ? 'runs commands' : 'runs nothing, and says so', async () => {
    const { link } = await read(kind);
    const outcome = await link.run({ type: 'close', socket: 1 });
    if (kind.canRun) expect(outcome).toEqual({ ok: true, result: {} });
    else expect(outcome).toMatchObject({ ok: false, problem: { code: 'recording' } });
    link.stop();
  });

  it(kind.canRun ? 'shows what the kernel sees' : 'has no kernel to look into, and says so', async () => {
    const { link } = await read(kind);
    const view = await link.kernel([1]);
    if (kind.canRun) expect(view).toEqual({ available: true, time: 1, sockets: [established(1)] });
    else expect(view).toEqual({ available: false, reason: 'recording' });
    link.stop();
  });

  it('tells nothing any more once it is stopped', async () => {
    const link = kind.make();
    const told: unknown[] = [];
    const note = (what: unknown) => void told.push(what);
    link.start({ status: () => undefined, welcome: note, events: note, gap: note, standing: note });
    link.stop();
    await new Promise((resolve) => setTimeout(resolve));
    expect(told).toEqual([]);
  });
});

const torso = {
  'a kept session': () =>
    new LiveLink({ ...options, session: 'an-id', open: agentWith(stretches.slice(0, 2), 'an-id') }),
  'a session file': () => {
    const behindAll = segment([], { first: 8, follows: 7, missing: 'keep-limit', standing });
    return new RecordedLink(new File([...segment(before, {}), ...behindAll], 'an.session'));
  },
  'a file of JSON Lines': () =>
    new RecordedLink(new File(lines([...before.map(toJsonEvent), gap]), 'an.jsonl')),
};

it.each(Object.entries(torso))('%s that ends in a gap is read to its end', async (_, make) => {
  const link = make();
  const statuses: LinkStatus[] = [];
  const gaps: object[] = [];
  link.start({
    status: (status) => statuses.push(status),
    welcome: () => undefined,
    events: () => undefined,
    gap: ({ from, to, reason }) => gaps.push({ from, to, reason }),
    standing: () => undefined,
  });
  await vi.waitFor(() => expect(statuses.at(-1)?.is).toBe('read'));
  expect(gaps).toEqual([{ from: 5, to: 7, reason: 'keep-limit' }]);
  link.stop();
});
