/** What the checker promises when several learners, or one who tries a lot, are in the same log. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  act,
  after,
  echo,
  interleaved,
  lessonOf,
  piecesOf,
  started,
  until,
  word,
} from '../../test/lesson-conduct.ts';
import type { Act } from '../../test/lesson-conduct.ts';
import { PartlyKnownLog } from '../../test/lesson-log.ts';
import { advance } from './attempt.ts';

describe('two learners at once', () => {
  const says = (who: number, text: string): Act => ({ who, does: 'say', text });
  /** Comes, and says it in these pieces. */
  const script = (who: number, pieces: readonly string[]): Act[] => [
    { who, does: 'join' },
    ...pieces.map((text) => says(who, text)),
  ];

  it('do not make up a line together', () => {
    const halves = fc.integer({ min: 1, max: word.length }).chain((at) => {
      const line = `${word}\n`;
      return interleaved([script(0, [line.slice(0, at)]), script(1, [line.slice(at)])]);
    });
    fc.assert(
      fc.property(halves, (acts) => {
        const { log, listener, attempt } = started(echo);
        act(log, listener, acts);
        expect(after(echo, attempt, log).now.step).toBe(1);
      }),
    );
  });

  it('pass when one of them does it all, whatever the other says without ending a line', () => {
    const idle = ['mar', 'ble', 'velous'].map((text) => says(1, text));
    const answered: Act = { who: 0, does: 'answer', text: `${word}\n` };
    const both = piecesOf(`${word}\n`).chain((pieces) =>
      interleaved([[...script(0, pieces), answered], idle]),
    );
    fc.assert(
      fc.property(both, (acts) => {
        const { log, listener, attempt } = started(echo);
        act(log, listener, [{ who: 1, does: 'join' }, ...acts]);
        expect(after(echo, attempt, log).now.step).toBe(2);
      }),
    );
  });

  it('are not one: who leaves is who spoke', () => {
    const left = lessonOf({
      check: [
        { see: 'accepted', where: { listener: '$srv' }, as: 'c' },
        { stream: '$c', dir: 'received', line: '${WORD}' },
        { see: 'ended', where: { socket: '$c', by: 'remote' } },
      ],
    });
    fc.assert(
      fc.property(fc.boolean(), (isSame) => {
        const { log, listener, attempt } = started(left);
        const [one, other] = [log.join(listener), log.join(listener)];
        log.received(one.server, `${word}\n`);
        log.leave(isSame ? one : other);
        expect(after(left, attempt, log).now.step).toBe(isSame ? 1 : 0);
      }),
    );
  });
});

describe('a learner who tried a lot', () => {
  it('passes all the same', () => {
    const calls = lessonOf({
      check: [
        {
          order: [
            { see: 'opened', where: { socketType: 'stream' }, as: 'mine' },
            { see: 'bound', where: { socket: '$mine' } },
            { see: 'listening', where: { socket: '$mine' } },
          ],
        },
      ],
    });
    fc.assert(
      fc.property(fc.nat({ max: 300 }), (tries) => {
        const { log, listener, attempt } = started(calls);
        for (let left = tries; left > 0; left -= 1) log.visit(listener);
        log.serve();
        expect(after(calls, attempt, log).now.step).toBe(1);
      }),
      { numRuns: 20 },
    );
  });

  it('passes with the last of many connections', () => {
    fc.assert(
      fc.property(fc.nat({ max: 200 }), (others) => {
        const { log, listener, attempt } = started(echo);
        for (let left = others; left > 0; left -= 1) log.visit(listener);
        const { server } = log.join(listener);
        log.received(server, `${word}\n`);
        log.sent(server, `${word}\n`);
        expect(after(echo, attempt, log).now.step).toBe(2);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the other end of a connection', () => {
  it('is not outside when it is ours, whenever one looks', () => {
    const outside = lessonOf({
      check: [{ see: 'accepted', where: { listener: '$srv', peer: 'external' } }],
    });
    fc.assert(
      fc.property(fc.nat({ max: 10 }), fc.boolean(), (look, isOutside) => {
        const { log, listener, attempt } = started(outside);
        const first = log.latest;
        if (isOutside) log.visit(listener);
        else log.join(listener);
        const early = after(outside, attempt, until(log, Math.min(log.latest, first + look))).now;
        expect(after(outside, early, log).now.step).toBe(isOutside ? 1 : 0);
      }),
    );
  });
});

describe('payloads of which only the beginning is known', () => {
  it('are asked for, and judged like any other', () => {
    fc.assert(
      fc.property(piecesOf(`${word}\n`), fc.nat({ max: 6 }), (pieces, known) => {
        const { log, listener, attempt } = started(echo);
        const { server } = log.join(listener);
        pieces.forEach((piece) => log.received(server, piece));
        log.sent(server, `${word}\n`);
        const partly = new PartlyKnownLog(log, known);
        let { attempt: now, needs } = advance(echo, attempt, partly);
        for (let rounds = 0; needs.length > 0 && rounds < 20; rounds += 1) {
          partly.ask(needs);
          ({ attempt: now, needs } = advance(echo, now, partly));
        }
        expect(needs).toEqual([]);
        expect(now.step).toBe(2);
      }),
    );
  });
});
