import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DatagramFlow } from './join-datagrams.ts';
import type { Settled } from './join-datagrams.ts';
import { streamLimits } from './limits.ts';

type Step = { readonly sent: string } | { readonly received: string };

/** Numbers the steps from 1 and tells a flow of them. */
function settle(steps: readonly Step[], flow = new DatagramFlow()): Settled[] {
  return steps.flatMap((step, index) => {
    if ('received' in step) return flow.received(index + 1, step.received);
    flow.sent(index + 1, step.sent);
    return [];
  });
}

const steps = (text: string): Step[] =>
  text
    .split(' ')
    .map((word) => (word.startsWith('>') ? { sent: word.slice(1) } : { received: word.slice(1) }));
const joined = (sent: number, received: number) => ({ is: 'joined', sent, received });
const lost = (sent: number) => ({ is: 'lost', sent });

describe('joining datagrams', () => {
  it.each([
    ['each is the one that is under way', '>a <a >a <a', [joined(1, 2), joined(3, 4)]],
    ['the same bytes twice, and both have come', '>a >a <a <a', [joined(1, 3), joined(2, 4)]],
    ['the same bytes twice, and one has come: which one?', '>a >a <a', []],
    ['a later one has come: those before it are lost', '>a >b >c <c', [joined(3, 4), lost(1), lost(2)]],
    ['one of two has come before: nobody knows which', '>a >a <a >b <b', [joined(4, 5)]],
    ['nobody is known to have sent it', '<a >a <a', []],
    ['and after something certain it is known again', '<a >b <b >a <a', [joined(2, 3), joined(4, 5)]],
    ['no bytes are content like any other', '> <', [joined(1, 2)]],
  ])('%s', (_, text, settled) => {
    expect(settle(steps(text))).toEqual(settled);
  });

  it('what was under way when the receiver closed is lost', () => {
    const flow = new DatagramFlow();
    settle(steps('>a >b <a'), flow);
    expect(flow.end()).toEqual([lost(2)]);
    expect(flow.end()).toEqual([]);
  });

  it('says nothing of what was under way while events are missing', () => {
    const flow = new DatagramFlow();
    flow.sent(1, 'a');
    flow.forget();
    expect(flow.received(2, 'a')).toEqual([]);
    expect(flow.end()).toEqual([]);
  });

  it('remembers so many and no more', () => {
    const flow = new DatagramFlow();
    for (let number = 1; number <= streamLimits.datagramsUnderWay + 1; number += 1) flow.sent(number, 'a');
    expect(flow.end()).toHaveLength(1);
  });

  /** A queue that keeps its order and loses: what each receipt really was is known. */
  const scene = fc.array(
    fc.record({ content: fc.constantFrom('a', 'b', 'c'), isLost: fc.boolean(), takesNow: fc.nat(3) }),
    { maxLength: 60 },
  );

  function play(sends: readonly { content: string; isLost: boolean; takesNow: number }[]) {
    const told: Step[] = [];
    const truth = new Map<number, number | null>();
    const queue: { number: number; content: string }[] = [];
    const take = (count: number) => {
      for (const { number, content } of queue.splice(0, count)) {
        told.push({ received: content });
        truth.set(number, told.length);
      }
    };
    for (const { content, isLost, takesNow } of sends) {
      told.push({ sent: content });
      truth.set(told.length, null);
      if (!isLost) queue.push({ number: told.length, content });
      take(takesNow);
    }
    take(Infinity);
    return { told, truth };
  }

  it('never says what is not so, whatever is lost and however alike they are', () => {
    fc.assert(
      fc.property(scene, (sends) => {
        const { told, truth } = play(sends);
        const flow = new DatagramFlow();
        for (const one of [...settle(told, flow), ...flow.end()]) {
          expect(truth.get(one.sent)).toBe(one.is === 'joined' ? one.received : null);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('says everything when no two are alike', () => {
    fc.assert(
      fc.property(scene, (sends) => {
        const { told, truth } = play(sends.map((send, index) => ({ ...send, content: String(index) })));
        const flow = new DatagramFlow();
        const said = [...settle(told, flow), ...flow.end()];
        expect(said).toHaveLength(truth.size);
      }),
    );
  });
});
