/** What every behaviour promises, whatever it does. A new one is tested here by its line in the registry. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SocketType } from '../events/address.ts';
import { encodeUtf8 } from '../payload/utf8.ts';
import type { Action, Input } from './behaviour.ts';
import { behaviourConfig, behaviours } from './index.ts';
import type { BehaviourConfig } from './index.ts';
import { behaviourProblem, behavioursServing } from './serves.ts';
import { peer, sliced, TestPeer } from '../../test/test-peer.ts';
import { wouldLoop } from './would-loop.ts';

const names = Object.keys(behaviours);
const configs: readonly BehaviourConfig[] = [
  ...names.map((name) => behaviourConfig.parse({ name })),
  { name: 'echo', once: true },
  { name: 'ok', once: true },
];
const cases = configs.flatMap((config) =>
  behaviours[config.name].serves.map((socketType) => ({ config, socketType, title: JSON.stringify(config) })),
);

const lastOn: Record<SocketType, readonly Action['type'][]> = {
  stream: ['end', 'reset', 'fail'],
  dgram: ['close'],
};
const usualOn: Record<SocketType, readonly Action['type'][]> = { stream: ['send', 'tell'], dgram: ['send'] };

const requestText = 'POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.0\r\n\r\n';
const data = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.array(fc.constantFrom(...Array.from(requestText))).map((characters) => encodeUtf8(characters.join(''))),
  fc.constant(encodeUtf8(requestText)),
);
const received = data.map((bytes): Input => ({ type: 'received', data: bytes, from: peer }));
const drained = fc.constant<Input>({ type: 'drained' });
const middle = fc.array(fc.oneof(received, drained), { maxLength: 12 });
const joined: Input = { type: 'joined', peer };
const ended: Input = { type: 'ended' };
const left: Input = { type: 'left', peer };

/** A life as the agent tells it: nothing is received after the peer's FIN. */
const life = (socketType: SocketType) =>
  fc
    .tuple(middle, fc.boolean(), fc.array(drained, { maxLength: 2 }))
    .map(([inputs, hasFin, after]) =>
      socketType === 'stream' && hasFin
        ? [joined, ...inputs, ended, ...after, left]
        : [joined, ...inputs, left],
    );

describe.each(cases)('$title on $socketType', ({ config, socketType }) => {
  it('does only what its kind of socket can do, and nothing after its last action', () => {
    fc.assert(
      fc.property(life(socketType), (inputs) => {
        const actions = new TestPeer(config, socketType).feed(...inputs).actions.map(({ type }) => type);
        const end = actions.findIndex((type) => lastOn[socketType].includes(type));
        const before = end < 0 ? actions : actions.slice(0, end);
        const after = end < 0 ? [] : actions.slice(end + 1);
        expect(before.filter((type) => !usualOn[socketType].includes(type))).toEqual([]);
        expect(after.filter((type) => type !== 'tell')).toEqual([]);
      }),
    );
  });

  it('does the same again with the same inputs', () => {
    fc.assert(
      fc.property(life(socketType), (inputs) => {
        const [first, second] = [new TestPeer(config, socketType), new TestPeer(config, socketType)];
        const [once, again] = [first.feed(...inputs).actions, second.feed(...inputs).actions];
        // Vitest compares bytes one by one, and chargen has megabytes to say.
        expect(isDeepStrictEqual(once, again)).toBe(true);
      }),
    );
  });

  it('has nothing to say to `drained` unless it asks for it', () => {
    if (behaviours[config.name].begin(config).talksOn) return;
    const asks = new TestPeer(config, socketType).feed(joined);
    asks.take();
    expect(asks.feed({ type: 'drained' }, { type: 'drained' }).take()).toEqual([]);
  });

  it('leaves what it received as it was', () => {
    fc.assert(
      fc.property(data, (bytes) => {
        const before = bytes.slice();
        new TestPeer(config, socketType).feed(joined, { type: 'received', data: bytes, from: peer }, left);
        expect(bytes).toEqual(before);
      }),
    );
  });

  it('when it leaves, tells at most others', () => {
    fc.assert(
      fc.property(middle, (inputs) => {
        const one = new TestPeer(config, socketType).feed(joined, ...inputs);
        one.take();
        expect(
          one
            .feed(left)
            .others()
            .filter((type) => type !== 'tell'),
        ).toEqual([]);
        expect(one.sent()).toHaveLength(0);
      }),
    );
  });

  it('takes a socket that has no peer yet', () => {
    expect(() =>
      new TestPeer(config, socketType).feed({ type: 'joined', peer: null }).say('x'),
    ).not.toThrow();
  });
});

describe.each(cases.filter(({ socketType }) => socketType === 'stream'))('$title and FIN', ({ config }) => {
  it('ends, after what it owes', () => {
    const last = new TestPeer(config).join().fin().actions.at(-1);
    expect(last?.type).toBe(config.name === 'none' ? undefined : 'end');
  });
});

describe.each(names)('%s', (name) => {
  it('is begun by a config of its own name, and by no other', () => {
    const behaviour = behaviourOf(name);
    expect(() => behaviour.begin({ name })).not.toThrow();
    for (const wrong of [{}, { name: 'nobody' }, { name, extra: 1 }, null, name]) {
      expect(() => behaviour.begin(wrong)).toThrow();
    }
  });

  it('has a summary in a few words', () => {
    const { summary, serves } = behaviourOf(name);
    for (const socketType of serves) expect(summary[socketType]).toMatch(/^[a-zA-Z0-9/.,:; ]{5,50}$/);
    if (serves.includes('dgram')) expect(summary.dgram).not.toMatch(/until|without end|closes/);
  });

  it('is refused where it does not serve', () => {
    const config = behaviourConfig.parse({ name });
    for (const socketType of ['stream', 'dgram'] as const) {
      const serves = behaviourOf(name).serves.includes(socketType);
      expect(behaviourProblem(config, socketType)?.code).toBe(serves ? undefined : 'behaviour-socket-type');
    }
  });
});

function behaviourOf(name: string) {
  const found = Object.entries(behaviours).find(([key]) => key === name);
  if (!found) throw new Error(`No behaviour ${name}`);
  return found[1];
}

it('stand in the order of the form', () => {
  const first = 'none echo ok welcome collect upper chat http daytime time chargen discard reset'.split(' ');
  expect(names.slice(0, first.length)).toEqual(first);
  expect(behavioursServing('dgram').slice(0, 8).join(' ')).toBe(
    'none echo ok upper daytime time chargen discard',
  );
  expect(behavioursServing('stream')).toEqual(names);
});

describe('defined by the stream, not by its chunks', () => {
  const streams: BehaviourConfig['name'][] = [
    'echo',
    'upper',
    'collect',
    'http',
    'discard',
    'daytime',
    'time',
    'none',
  ];
  const cuts = fc.array(fc.nat(), { maxLength: 10 });

  it.each(streams)('%s sends the same for any slicing', (name) => {
    fc.assert(
      fc.property(data, cuts, (bytes, places) => {
        const whole = new TestPeer({ name }).join();
        if (bytes.length > 0) whole.say(bytes);
        const parts = new TestPeer({ name }).join();
        for (const part of sliced(bytes, places)) parts.say(part);
        expect(parts.fin().sent()).toEqual(whole.fin().sent());
        expect(parts.others()).toEqual(whole.others());
      }),
    );
  });
});

describe('wouldLoop', () => {
  const both: readonly SocketType[] = ['stream', 'dgram'];
  const loops = (a: BehaviourConfig, b: BehaviourConfig) => both.filter((type) => wouldLoop(a, b, type));

  it.each<[BehaviourConfig, BehaviourConfig, readonly SocketType[]]>([
    [{ name: 'echo' }, { name: 'echo' }, ['stream', 'dgram']],
    [{ name: 'echo' }, { name: 'chargen' }, ['dgram']],
    [{ name: 'chargen' }, { name: 'chargen' }, ['dgram']],
    [{ name: 'daytime' }, { name: 'time' }, ['dgram']],
    [{ name: 'welcome' }, { name: 'ok' }, ['stream']],
    [{ name: 'upper' }, { name: 'ok' }, ['stream', 'dgram']],
    [{ name: 'echo', once: true }, { name: 'echo' }, []],
    [{ name: 'echo', once: false }, { name: 'echo' }, ['stream', 'dgram']],
    [{ name: 'echo' }, { name: 'discard' }, []],
    [{ name: 'echo' }, { name: 'none' }, []],
    [{ name: 'http' }, { name: 'http' }, []],
    [{ name: 'echo' }, { name: 'collect' }, []],
  ])('%j facing %j: %j', (a, b, expected) => {
    expect(loops(a, b)).toEqual(expected);
    expect(loops(b, a)).toEqual(expected);
  });

  it('knows every pair of datagram behaviours that goes on after one datagram', () => {
    const around100 = (first: BehaviourConfig, second: BehaviourConfig) => {
      const ends = [new TestPeer(first, 'dgram').join(), new TestPeer(second, 'dgram').join()] as const;
      let datagram: Uint8Array | undefined = encodeUtf8('x');
      for (let turn = 0; turn < 100 && datagram; turn += 1) {
        const end: TestPeer = turn % 2 === 0 ? ends[0] : ends[1];
        const [answer]: Action[] = end.say(datagram).actions.splice(0);
        datagram = answer?.type === 'send' ? answer.data : undefined;
      }
      return datagram !== undefined;
    };
    const served = configs.filter(({ name }) => behaviours[name].serves.includes('dgram'));
    for (const a of served) {
      for (const b of served) expect([a, b, around100(a, b)]).toEqual([a, b, wouldLoop(a, b, 'dgram')]);
    }
  });
});
