import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventBody } from '@socket-playground/shared/events/event.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { blockRows } from '../../../store/columns/row-block.ts';
import { noEnds } from '../../../store/rows/ends.ts';
import type { Ends } from '../../../store/rows/ends.ts';
import { Journal } from '../../../store/journal/journal.svelte.ts';
import { limits } from '../../../store/limits.ts';
import { Spoken } from '../../../store/sockets/spoken.svelte.ts';
import { at, numbered, sent } from '../../../store/testing/events.ts';
import { Shown } from '../shown.ts';
import { patternOf } from './find.ts';
import { needlesOf, withBeyond } from './match.ts';
import { parseFilter } from './parse.ts';
import { sieveOf } from './sieve.ts';
import { matcherOf } from './testing.ts';

const client: Ends = {
  socketType: 'stream',
  local: at(5000),
  remote: at(8888),
  side: 'client',
  settled: true,
};
const datagram: Ends = { ...client, socketType: 'dgram', remote: null, side: 'server' };

const text = fc.string({ unit: fc.constantFrom('a', 'A', 'b', 'é', '\0', ' '), maxLength: 6 });
const socket = fc.integer({ min: 1, max: 3 });
const transfer = fc
  .tuple(fc.constantFrom('sent', 'received'), socket, text, fc.boolean(), fc.boolean())
  .map(([type, id, said, named, cut]): EventBody => {
    const data = encodeUtf8(said);
    const rest = { ...(cut ? { captured: data.length } : {}), ...(named ? { remote: at(7000) } : {}) };
    const size = data.length + (cut ? 9 : 0);
    return { type: type === 'sent' ? 'sent' : 'received', socket: id, size, data, ...rest };
  });
const life = fc.oneof(
  socket.map((id): EventBody => ({ type: 'closed', socket: id })),
  socket.map((id): EventBody => ({ type: 'paused', socket: id })),
  socket.map((id): EventBody => ({ type: 'blocked', socket: id, queued: id * 1000 })),
  fc.constantFrom<EventBody>(
    { type: 'ended', socket: 1, by: 'local' },
    { type: 'reset', socket: 2, by: 'remote' },
    { type: 'opened', socket: 3, family: 'inet', socketType: 'stream', label: 'ab' },
    { type: 'resolved', socket: null, host: 'bab', addresses: [] },
    { type: 'failed', socket: 1, during: 'connect', code: 'EBAB', errno: 1, message: 'b', hint: '' },
  ),
);
const body = fc.oneof({ weight: 4, arbitrary: transfer }, { weight: 1, arbitrary: life });
const ends = fc.constantFrom(noEnds, client, datagram);
const act = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ is: fc.constant('rows' as const), rows: fc.array(fc.tuple(body, ends)) }),
  },
  fc.record({ is: fc.constant('gap' as const), count: fc.integer({ min: 1, max: 5 }) }),
  fc.constant({ is: 'restart' } as const),
  fc.constant({ is: 'clear' } as const),
);
const word = fc.constantFrom(
  ...['#1', '#3', 'sent', 'received', 'closed', 'failed', 'gap', 'to server', 'to client', 'tcp', 'udp'],
  ...[
    'port 7000',
    'port 8888',
    'port 5000',
    'a',
    'ab',
    'AAb',
    '"a b"',
    'é',
    'hex 61',
    'hex 6141',
    'hex 00 20',
  ],
);
const filter = fc
  .array(fc.tuple(fc.boolean(), word), { minLength: 1, maxLength: 3 })
  .map((terms) => terms.map(([not, term]) => (not ? `not ${term}` : term)).join(' '));

/** A journal that a test lets grow. */
class Growing {
  readonly journal = new Journal({ rows: 60, payloadBytes: 2_000 });
  #next = 1;

  do(what: typeof act extends fc.Arbitrary<infer Act> ? Act : never): void {
    if (what.is === 'clear') this.journal.hideAll();
    else if (what.is === 'restart') {
      this.journal.restart('');
      this.#next = 1;
    } else if (what.is === 'gap') {
      this.journal.gap({ from: this.#next, to: this.#next + what.count - 1, reason: 'memory-limit' });
      this.#next += what.count;
    } else {
      for (const [each, its] of what.rows) {
        const [event] = numbered([each], this.#next);
        if (event !== undefined) this.journal.append(event, its, null);
        this.#next += 1;
      }
    }
  }
}

function termsOf(typed: string) {
  const parsed = parseFilter(typed);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.terms;
}

/** Positions that a look at each row finds. */
function naively(journal: Journal, typed: string): number[] {
  const matches = matcherOf(termsOf(typed));
  const positions = Array.from({ length: journal.length }, (_, index) => journal.dropped + index);
  return positions.filter((position) => {
    const row = journal.rowAt(position);
    return position >= journal.hiddenBefore && row !== undefined && (matches?.(row) ?? true);
  });
}

const listed = (shown: Shown) => Array.from({ length: shown.length }, (_, index) => shown.positionAt(index));

describe('the search through columns', () => {
  it('finds what a look at each row finds, whatever came, went and was hidden between two slices', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), fc.array(fc.boolean()), filter, (acts, looks, typed) => {
        const growing = new Growing();
        const { journal } = growing;
        const sieve = sieveOf(termsOf(typed));
        let shown = new Shown(journal, sieve);
        acts.forEach((what, index) => {
          growing.do(what);
          if (looks[index] === true) journal.publish();
          if (shown.hiddenBefore !== journal.hiddenBefore) shown = new Shown(journal, sieve);
          shown.update(journal, () => false);
        });
        journal.publish();
        do shown.update(journal, () => false);
        while (!shown.isDone);
        expect(listed(shown)).toEqual(naively(journal, typed));
      }),
      { numRuns: 400 },
    );
  });

  it('looks at one block of rows at a time, and says how far it has come', () => {
    const journal = new Journal();
    const events = numbered(Array.from({ length: 2 * blockRows + 1 }, (_, n) => sent(1, `ping ${n}`)));
    for (const event of events) journal.append(event, client, 0);
    const shown = new Shown(journal, sieveOf(termsOf('"ping 32768"')));
    const seen = [0, 1, 2].map(() => {
      shown.update(journal, () => false);
      return [shown.isDone, shown.length, Math.round(shown.progress * 100)];
    });
    expect(seen).toEqual([
      [false, 0, 50],
      [false, 0, 100],
      [true, 1, 100],
    ]);
    expect(listed(shown)).toEqual([2 * blockRows]);
  });

  it('knows of payloads that go on elsewhere what was found there, of the others where they end, and of no other row a length', () => {
    const journal = new Journal();
    const data = new Uint8Array(limits.prefixBytes).fill(0x61);
    const whole: EventBody = { type: 'sent', socket: 1, size: data.length, data };
    const cut: EventBody = { ...whole, size: data.length + 1, captured: data.length };
    // A capture that was cut has the rest nowhere.
    const short: EventBody = { ...whole, data: data.subarray(0, 3), captured: 3 };
    for (const event of numbered([cut, cut, whole, { type: 'closed', socket: 1 }, short]))
      journal.append(event, client, null);
    const found = (typed: string, beyond: readonly number[] = []) => {
      const terms = withBeyond(termsOf(typed), () => new Set(beyond));
      const shown = new Shown(journal, sieveOf(terms));
      shown.update(journal);
      return listed(shown);
    };
    expect(found('matches /a$/')).toEqual([2, 4]);
    expect(found('matches /a$/', [2])).toEqual([1, 2, 4]);
    expect(found('contains "b"', [1, 4])).toEqual([0]);
    expect(found('not contains "b"', [1])).toEqual([1, 2, 3, 4]);
    expect(found('len >= 0')).toEqual([0, 1, 2, 4]);
  });

  it('takes nothing that was found in this run for what a run before had under the same number', () => {
    const journal = new Journal();
    const data = new Uint8Array(limits.prefixBytes).fill(0x61);
    const cut: EventBody = { type: 'sent', socket: 1, size: data.length + 1, data, captured: data.length };
    for (const event of numbered([cut])) journal.append(event, client, null);
    journal.restart('');
    for (const event of numbered([cut])) journal.append(event, client, null);
    for (const typed of ['contains "b"', 'matches /b/']) {
      const terms = withBeyond(termsOf(`sent ${typed}`), () => new Set([1]));
      const shown = new Shown(journal, sieveOf(terms, new Spoken(journal)));
      shown.update(journal);
      const rows = listed(shown).map((position) => journal.rowAt(position ?? -1));
      expect(rows.map((row) => [row?.kind, row?.run])).toEqual([
        ['restart', 1],
        ['event', 1],
      ]);
    }
  });

  it.each(['"b"', 'not contains "b"', 'sent or not (matches /b/ and udp)'])(
    '%j: what is looked for is to be looked for in whole payloads, wherever it stands in the filter',
    (typed) => expect(needlesOf(termsOf(typed))).toHaveLength(1),
  );

  it('finds a failure by its code and by what the system says of it', () => {
    const journal = new Journal();
    const failure = { type: 'failed', socket: 1, during: 'connect', errno: 1, hint: '' } as const;
    const [event] = numbered([{ ...failure, code: 'ECONNREFUSED', message: 'nobody is there' }]);
    if (event !== undefined) journal.append(event, client, null);
    for (const typed of ['econnrefused', '"nobody is"']) {
      const shown = new Shown(journal, sieveOf(termsOf(typed)));
      shown.update(journal);
      expect([typed, ...listed(shown)]).toEqual([typed, 0]);
    }
  });

  it('does not find what begins in one payload and ends in the next', () => {
    const journal = new Journal();
    for (const event of numbered([sent(1, 'xxhap'), sent(1, 'pyxx'), sent(1, 'happy')])) {
      journal.append(event, client, 0);
    }
    const shown = new Shown(journal, sieveOf(termsOf('happy')));
    shown.update(journal);
    expect(listed(shown)).toEqual([2]);
  });
});

describe('a pattern', () => {
  const few = fc.uint8Array({ max: 3, maxLength: 40 }).map((bytes) => bytes.map((byte) => 0x3f + byte));
  it('is found where it first stands within the range', () => {
    const range = fc.tuple(fc.nat(40), fc.nat(40));
    fc.assert(
      fc.property(few, few, range, (bytes, long, [from, length]) => {
        const part = long.subarray(0, 4);
        const to = Math.min(bytes.length, from + length);
        const within = String.fromCharCode(...bytes.subarray(from, to)).indexOf(String.fromCharCode(...part));
        const expected = within < 0 || from > to ? -1 : from + within;
        fc.pre(part.length > 0 && from <= to);
        expect(patternOf(part, false).indexIn(bytes, from, to)).toBe(expected);
      }),
    );
  });

  it('has no case in ASCII when it is text, and only there', () => {
    const find = (part: number[], bytes: number[]) =>
      patternOf(Uint8Array.from(part), true).indexIn(Uint8Array.from(bytes), 0, bytes.length);
    expect(find([0x41, 0x62], [0x20, 0x61, 0x42])).toBe(1);
    expect(find([0x40, 0x5b], [0x60, 0x7b])).toBe(-1);
  });
});
