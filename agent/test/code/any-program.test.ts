/** Whatever happened, and whoever chose the words: what comes out is a Python program, and nothing got out of a literal. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { expressionOf } from '@socket-playground/shared/code/python/bytes.ts';
import { comment, quoted } from '@socket-playground/shared/code/python/text.ts';
import { tokens } from '@socket-playground/shared/code/python/tokens.ts';
import * as z from 'zod/mini';
import { anyEvent } from '../../../shared/test/any-event.ts';
import { hasTool } from '../../../scripts/lib/tools.mjs';
import { start } from '../interop/program.ts';
import { serverProgram, socketProgram } from './made.ts';

const worlds = 300;

/** Answers each line of a batch, one Python run for all of them. */
async function askPython(answer: string, batch: readonly unknown[]): Promise<unknown[]> {
  const script = `
import ast, json, sys
def fault(program):
    try:
        ast.parse(program)
    except SyntaxError as error:
        return f"{error}: {program}"
print(json.dumps([${answer} for it in json.load(sys.stdin)]))`;
  const { stdout, stderr, code } = await start('python3', '-c', script).eof(JSON.stringify(batch)).ended();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return z.parse(z.array(z.unknown()), JSON.parse(stdout.toString()));
}

const opened = (socket: number, socketType: 'stream' | 'dgram', listener?: number): SocketEvent => ({
  type: 'opened',
  seq: 0,
  time: 0,
  socket,
  socketType,
  family: 'inet',
  label: null,
  ...(listener === undefined ? {} : { listener }),
});

/** Any events at all, in any order, of up to three sockets: a listener, and two that it accepted. */
const anyWorld = fc
  .record({
    socketType: fc.constantFrom('stream' as const, 'dgram' as const),
    events: fc.array(fc.tuple(anyEvent, fc.integer({ min: 1, max: 3 })), { maxLength: 40 }),
  })
  .map(({ socketType, events }) => {
    const first = [opened(1, socketType), opened(2, 'stream', 1), opened(3, 'stream', 1)];
    const rest = events
      .filter(([{ type }]) => type !== 'opened')
      .map(([event, socket]): SocketEvent => (event.type === 'segment' ? event : { ...event, socket }));
    return [...first, ...rest].map((event, index) => ({ ...event, seq: index + 1, time: index * 1e6 }));
  });

const programsOf = (events: readonly SocketEvent[]): string[] => [
  socketProgram(events, 1),
  socketProgram(events, 2),
  serverProgram(events, 1),
];

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('"', "'", '\\', '\n', '\r', '#', '{', '}', '\0', '\u2028', '\u202e', '\ud800', 'é'),
  }),
);

describe.skipIf(!hasTool('python3'))('python3', () => {
  it('parses the program of any events', async () => {
    const programs = fc.sample(anyWorld, worlds).flatMap(programsOf);
    const faults = await askPython('fault(it)', programs);
    expect(faults.filter((fault) => fault !== null)).toEqual([]);
  });

  it('finds the same program under any label', async () => {
    const labels = fc.sample(text, worlds);
    const program = (label: string | null) => {
      const plain = opened(1, 'stream');
      return socketProgram([{ ...plain, seq: 1, ...('label' in plain ? { label } : {}) }], 1);
    };
    const same = await askPython(
      'ast.dump(ast.parse(it[0])) == ast.dump(ast.parse(it[1]))',
      labels.map((label) => [program(label), program(null)]),
    );
    expect(same).toEqual(labels.map(() => true));
  });

  it('reads back any text and any bytes', async () => {
    const texts = fc.sample(text, worlds);
    expect(await askPython('ast.literal_eval(it)', texts.map(quoted))).toEqual(texts);
    const bytes = fc.sample(
      fc.oneof(
        fc.uint8Array({ maxLength: 5000 }),
        text.map((said) => new TextEncoder().encode(said)),
        fc
          .tuple(fc.uint8Array({ minLength: 1, maxLength: 70 }), fc.nat(900))
          .map(([unit, size]) => unit.slice(0, 1 + (size % unit.length))),
      ),
      worlds,
    );
    const sources = bytes.map(
      (data) => `(${expressionOf({ size: data.length, bytes: data }).lines.join('\n')})`,
    );
    const short = bytes.map((data) => data.length <= 4096);
    const found = await askPython('list(eval(it))', sources);
    for (const [index, data] of bytes.entries())
      if (short[index]) expect(found[index], sources[index]).toEqual([...data]);
      else expect(found[index]).toHaveLength(data.length);
  });
});

it('comments are one line, whatever they say', () => {
  fc.assert(
    fc.property(text, (said) => {
      expect(comment(said)).toMatch(/^#[^\p{Cc}\p{Zl}\p{Zp}\p{Cs}]*$/u);
    }),
  );
});

it('the stretches of a line are the line', () => {
  fc.assert(
    fc.property(anyWorld, (events) => {
      for (const line of programsOf(events).join('').split('\n'))
        expect(
          tokens(line)
            .map((token) => token.text)
            .join(''),
        ).toBe(line);
    }),
  );
});
