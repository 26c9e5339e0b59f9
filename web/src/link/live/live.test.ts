import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { Block } from '@socket-playground/shared/wire/block.ts';
import { closeCodes } from '@socket-playground/shared/wire/messages.ts';
import { protocolVersion } from '@socket-playground/shared/wire/version.ts';
import { welcome } from '../testing/fake-agent.ts';
import type { LinkListener, LinkStatus } from '../link.ts';
import { LiveLink } from './live.ts';
import type { Wire, WireListener } from './wire.ts';

const event = (seq: number): SocketEvent => ({ seq, time: seq, socket: 1, type: 'paused' });

/** One batch with these events, which follow one another. */
function batchOf(first: number, ...others: number[]): ArrayBuffer {
  const block = new Block(first, new Uint8Array(1_000));
  for (const seq of [first, ...others]) block.append(event(seq));
  const batch = block.batch(first, block.last, { bytes: 1_000, events: 100, dataBytes: 0 });
  return batch?.bytes.buffer ?? new ArrayBuffer(0);
}

/** The agent's side of one connection, as far as the page can tell. */
class FakeWire implements Wire {
  readonly said: unknown[] = [];
  dropped = false;
  readonly page: WireListener;

  constructor(page: WireListener) {
    this.page = page;
  }

  send(text: string): void {
    this.said.push(JSON.parse(text));
  }

  drop(): void {
    this.dropped = true;
  }

  tell(message: object): void {
    this.page.heard(JSON.stringify(message));
  }

  welcome(epoch = 'a', from = 1): void {
    this.page.opened();
    this.tell(welcome({ epoch, from }));
  }
}

function setUp(token: string | null = 'secret') {
  const wires: FakeWire[] = [];
  const seqs: number[] = [];
  const gaps: unknown[] = [];
  const statuses: LinkStatus[] = [];
  const epochs: string[] = [];
  const listener: LinkListener = {
    status: (status) => statuses.push(status),
    welcome: ({ epoch }) => epochs.push(epoch),
    events: (events) => seqs.push(...events.map(({ seq }) => seq)),
    gap: (gap) => gaps.push(gap),
    standing: (sockets) => gaps.push(sockets),
  };
  const link = new LiveLink({
    url: 'ws://agent/ws',
    token: () => token,
    creditBytes: 800,
    open: (_url, page) => {
      const wire = new FakeWire(page);
      wires.push(wire);
      return wire;
    },
  });
  link.start(listener);
  const wire = () => wires.at(-1)!;
  const status = () => statuses.at(-1);
  return { link, wires, wire, seqs, gaps, statuses, status, epochs };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the live link', () => {
  it('says hello with the token, and gives credit after welcome', () => {
    const { wire, status } = setUp();
    expect(status()).toEqual({ is: 'connecting' });
    wire().welcome();
    expect(wire().said).toEqual([
      { type: 'hello', token: 'secret', protocol: protocolVersion },
      { type: 'credit', bytes: 800 },
    ]);
    expect(status()).toEqual({ is: 'live' });
  });

  it('gives credit back once batches are taken, in parts', () => {
    const { wire, seqs } = setUp();
    wire().welcome();
    const one = batchOf(1).byteLength;
    let seq = 0;
    let bytes = 0;
    while (bytes < 100) {
      wire().page.heard(batchOf((seq += 1)));
      bytes += one;
    }
    expect(seqs).toHaveLength(seq);
    expect(wire().said.at(-1)).toEqual({ type: 'credit', bytes });
  });

  it('resumes by epoch and number after a loss, without loss or duplicate', () => {
    const { wire, seqs } = setUp();
    wire().welcome();
    wire().page.heard(batchOf(1, 2, 3));
    wire().page.closed(1006);
    vi.advanceTimersByTime(500);
    wire().page.opened();
    expect(wire().said[0]).toMatchObject({ epoch: 'a', from: 4 });
    wire().welcome('a', 3);
    wire().page.heard(batchOf(3, 4, 5));
    expect(seqs).toEqual([1, 2, 3, 4, 5]);
  });

  it('begins again at 1 when the epoch changed', () => {
    const { wire, seqs, epochs } = setUp();
    wire().welcome('a');
    wire().page.heard(batchOf(1, 2));
    wire().page.closed(1006);
    vi.advanceTimersByTime(500);
    wire().welcome('b');
    wire().page.heard(batchOf(1));
    expect(seqs).toEqual([1, 2, 1]);
    expect(epochs).toEqual(['a', 'b']);
  });

  it('passes gaps on, and says what did not arrive', () => {
    const { wire, seqs, gaps } = setUp();
    wire().welcome();
    wire().tell({ type: 'gap', from: 1, to: 4, reason: 'memory-limit' });
    wire().tell({ type: 'standing', sockets: [] });
    wire().page.heard(batchOf(5, 6));
    wire().page.heard(batchOf(9));
    expect(seqs).toEqual([5, 6, 9]);
    expect(gaps).toEqual([
      { from: 1, to: 4, reason: 'memory-limit' },
      [],
      { from: 7, to: 8, reason: 'not-received' },
    ]);
  });

  it('asks again for what a torn batch did not bring', () => {
    const { wire, seqs, status } = setUp();
    wire().welcome();
    const batch = new Uint8Array(batchOf(1, 2));
    wire().page.heard(batch.slice(0, -3).buffer);
    expect(seqs).toEqual([1]);
    expect(status()).toMatchObject({ is: 'lost' });
    vi.advanceTimersByTime(500);
    wire().page.opened();
    expect(wire().said[0]).toMatchObject({ from: 2 });
  });

  it('waits longer after every try in vain, up to 5 s, and not at all when asked to', () => {
    const { link, wire, wires, status } = setUp();
    const waits = [500, 1000, 2000, 4000, 5000, 5000];
    for (const retryInMs of waits) {
      wire().page.closed(1006);
      expect(status()).toEqual({ is: 'lost', retryInMs });
      vi.advanceTimersByTime(retryInMs);
    }
    expect(wires).toHaveLength(waits.length + 1);
    wire().page.closed(1006);
    link.retryNow();
    expect(wires).toHaveLength(waits.length + 2);
    wire().page.closed(1006);
    expect(status()).toEqual({ is: 'lost', retryInMs: 500 });
  });

  it('counts an agent that never says welcome as lost', () => {
    const { wires, wire, status } = setUp();
    wire().page.opened();
    vi.advanceTimersByTime(5_000);
    expect(status()).toMatchObject({ is: 'lost' });
    expect(wires[0]?.dropped).toBe(true);
  });

  it.each([
    [closeCodes.refused, 'refused'],
    [closeCodes.version, 'mismatch'],
  ])('after close %i it is %s and tries no more', (code, is) => {
    const { wire, wires, status } = setUp();
    wire().page.opened();
    wire().page.closed(code);
    expect(status()).toEqual({ is });
    vi.advanceTimersByTime(60_000);
    expect(wires).toHaveLength(1);
  });

  it('does not connect without a token', () => {
    const { wires, status } = setUp(null);
    expect(wires).toHaveLength(0);
    expect(status()).toEqual({ is: 'no-token' });
  });
});

describe('commands', () => {
  const command = { type: 'pause', socket: 1 } as const;

  it('get their own replies', async () => {
    const { link, wire } = setUp();
    wire().welcome();
    const first = link.run(command);
    const second = link.run(command);
    wire().tell({ type: 'reply', id: 2, outcome: { ok: true, result: { n: 2 } } });
    wire().tell({ type: 'reply', id: 1, outcome: { ok: true, result: { n: 1 } } });
    expect(await first).toEqual({ ok: true, result: { n: 1 } });
    expect(await second).toEqual({ ok: true, result: { n: 2 } });
  });

  it('under way when the link breaks end with a problem, as do those given while it is lost', async () => {
    const { link, wire } = setUp();
    wire().welcome();
    const underWay = link.run(command);
    wire().page.closed(1006);
    expect(await underWay).toMatchObject({ ok: false, problem: { code: 'link-lost' } });
    expect(await link.run(command)).toMatchObject({ ok: false, problem: { code: 'link-lost' } });
  });

  it('say that the agent was restarted when the token was refused', async () => {
    const { link, wire } = setUp();
    wire().page.closed(closeCodes.refused);
    const outcome = await link.run(command);
    expect(outcome.ok ? '' : outcome.problem.message).toContain('restarted');
  });
});
