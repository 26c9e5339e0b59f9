/** Journal, disk, outbox and link together: a page that comes and goes at random has everything once, in order. */
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventBody, SocketEvent } from '@socket-playground/shared/events/event.ts';
import { readBatch } from '@socket-playground/shared/wire/unpack.ts';
import type { Gap } from '@socket-playground/shared/wire/messages.ts';
import { Outbox } from '../../src/gateway/pages/outbox.ts';
import type { Recipient } from '../../src/gateway/pages/outbox.ts';
import { copyOf, DiskRig, temporaryFolder } from '../disk.ts';
import { memoryJournal } from '../memory-journal.ts';
import type { EventSource } from '../../src/journal/source.ts';

const outboxLimits = {
  flushMs: 0,
  floodFlushMs: 0,
  floodBytesPerMs: Infinity,
  floodEventsPerMs: Infinity,
  batchBytes: 700,
  batchEvents: 1_000,
  livePayloadBytes: 64,
  creditBytes: 100_000,
  linkQueueBytes: 2_000,
};
const sizes = { journalBytes: 2_048, journalEvents: 12, blockBytes: 1_024 };

/** What one page has, over all its connections. Bytes in flight are lost when its connection breaks. */
class Page {
  readonly events: SocketEvent[] = [];
  readonly gaps: Gap[] = [];
  cursor = 1;

  take(bytes: Uint8Array): void {
    for (const event of readBatch(bytes).events) {
      expect(event.seq).toBe(this.cursor);
      this.cursor += 1;
      this.events.push(copyOf(event));
    }
  }

  miss(gap: Gap): void {
    expect(gap.from).toBe(this.cursor);
    this.gaps.push(gap);
    this.cursor = gap.to + 1;
  }
}

/** A connection that delivers what is in flight only when told to, and breaks anywhere. */
class Wire implements Recipient {
  readonly #page: Page;
  #inFlight: ({ bytes: Uint8Array; taken: () => void } | { gap: Gap })[] = [];

  constructor(page: Page) {
    this.#page = page;
  }

  get queued(): number {
    return this.#inFlight.reduce((sum, part) => sum + ('bytes' in part ? part.bytes.length : 0), 0);
  }

  gap(gap: Gap): void {
    this.#inFlight.push({ gap });
  }

  batch(bytes: Uint8Array, taken: () => void): void {
    this.#inFlight.push({ bytes, taken });
  }

  deliver(count = Infinity): void {
    for (const part of this.#inFlight.splice(0, count)) {
      if ('gap' in part) this.#page.miss(part.gap);
      else {
        this.#page.take(part.bytes);
        part.taken();
      }
    }
  }
}

const received = fc.uint8Array({ maxLength: 300 }).map((data): EventBody => ({
  socket: 1,
  type: 'received',
  size: data.length,
  data,
}));
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      bodies: fc.array(received, { maxLength: 10 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('credit' as const), bytes: fc.integer({ min: 1, max: 3_000 }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('deliver' as const), count: fc.nat(4) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('turns' as const), count: fc.nat(10) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
const steps = fc.array(step, { maxLength: 60, size: 'max' });

interface Run {
  readonly source: EventSource;
  readonly model: SocketEvent[];
  append(body: EventBody): void;
  settle(): Promise<void>;
}

/** One page through one agent run: it resumes wherever its connection broke, and reads to the end. */
async function follow(run: Run, page: Page, taken: readonly Step[]): Promise<void> {
  const outbox = new Outbox(run.source, outboxLimits, () => performance.now());
  let wire = new Wire(page);
  let subscription = outbox.add(wire, page.cursor);
  for (const each of taken) {
    if (each.do === 'append') each.bodies.forEach((body) => run.append(body));
    else if (each.do === 'credit') subscription.grant(each.bytes);
    else if (each.do === 'deliver') wire.deliver(each.count);
    else if (each.do === 'turns') for (let turn = 0; turn < each.count; turn += 1) await setImmediate();
    else {
      subscription.end();
      wire = new Wire(page);
      subscription = outbox.add(wire, page.cursor);
    }
  }
  await run.settle();
  while (page.cursor <= run.model.length) {
    subscription.grant(10_000);
    await setImmediate();
    wire.deliver();
  }
  subscription.end();
}

function cut(event: SocketEvent): SocketEvent {
  const most = outboxLimits.livePayloadBytes;
  if (!('data' in event) || event.data.length <= most) return event;
  return { ...event, data: event.data.slice(0, most), captured: most };
}

function onDisk(folder: string): Run & { rig: DiskRig } {
  const rig = DiskRig.in(folder, sizes);
  const { journal: source, model } = rig;
  return { rig, source, model, append: (body) => void rig.append(body), settle: () => rig.journal.settle() };
}

test(
  'a page that resumes from (epoch, seq) gets everything once, most of it from disk',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(steps, steps, async (first, second) => {
        for (const taken of [first, second]) {
          // A new run of the agent is a new epoch: the page begins with it again.
          const page = new Page();
          const run = onDisk(temporaryFolder());
          await run.rig.session.prepare();
          await follow(run, page, taken);
          expect(page.gaps).toEqual([]);
          expect(page.events).toEqual(run.model.map(cut));
          await run.rig.session.end();
          await run.rig.session.index.close();
        }
      }),
      { numRuns: 60 },
    );
  },
);

test('without a disk it gets everything that memory still holds, and explicit gaps', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const source = memoryJournal({ limits: sizes, now: () => 1 });
      const model: SocketEvent[] = [];
      const page = new Page();
      const append = (body: EventBody) => void model.push(copyOf(source.append(body)));
      await follow({ source, model, append, settle: () => source.settle() }, page, taken);
      for (const { reason } of page.gaps) expect(reason).toBe('memory-limit');
      const isMissing = (seq: number) => page.gaps.some(({ from, to }) => from <= seq && seq <= to);
      expect(page.events).toEqual(model.filter(({ seq }) => !isMissing(seq)).map(cut));
    }),
    { numRuns: 60 },
  );
});
