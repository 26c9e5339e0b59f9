/** Where a new segment begins, and what its head says. */
import { expect, it } from 'vitest';
import { concat } from '../../payload/concat.ts';
import { Block } from '../../wire/block.ts';
import type { GapReason } from '../../wire/messages.ts';
import { sessionParts } from '../parts.ts';
import { readPreamble } from '../segment.ts';
import type { Stretch } from '../stretch.ts';
import { SessionWriter } from './session-writer.ts';

const gap = (from: number, to: number, reason: GapReason): Stretch => ({
  kind: 'gap',
  gap: { type: 'gap', from, to, reason },
  standing: null,
});

function events(from: number, to: number): Stretch {
  const block = new Block(from, new Uint8Array(4_096));
  for (let seq = from; seq <= to; seq += 1) block.append({ seq, time: seq, socket: 1, type: 'paused' });
  return { kind: 'events', block, from, to };
}

/** The parts of the file: of a segment its first event, the last one stored before it and why what is between is missing. */
async function writtenOf(...stretches: readonly Stretch[]): Promise<string[]> {
  const writer = new SessionWriter({
    origin: { epoch: 'e', started: '2026-11-21T04:24:05.000Z' },
    end: null,
  });
  const file = concat([
    writer.start,
    ...stretches.flatMap((stretch) => [...writer.write(stretch)]),
    ...writer.end(),
  ]);
  const parts: string[] = [];
  for await (const part of sessionParts(async (at, length) => file.slice(at, at + length), file.length)) {
    if (part.kind === 'block') parts.push(`${part.block.first} to ${part.block.last}`);
    else if (part.kind !== 'segment') parts.push(part.kind);
    else parts.push(`head ${part.head.first} behind ${part.head.follows} ${part.head.missing ?? ''}`.trim());
  }
  return parts;
}

it('without a gap there is one segment', async () => {
  expect(await writtenOf(events(1, 2), events(3, 5))).toEqual(['head 1 behind 0', '1 to 2', '3 to 5']);
});

it.each([
  ['disk', 'head 6 behind 2 disk'],
  ['memory-limit', 'head 6 behind 2 memory-limit'],
  ['keep-limit', 'head 6 behind 5 keep-limit'],
  ['not-in-file', 'head 6 behind 5 not-in-file'],
] as const)('a gap of %s is the head behind it, which says what was stored once', async (reason, head) => {
  const file = await writtenOf(events(1, 2), gap(3, 5, reason), events(6, 6));
  expect(file).toEqual(['head 1 behind 0', '1 to 2', head, '6 to 6']);
});

it('what was never in the file is not said to have been stored before its first event', async () => {
  const file = await writtenOf(gap(1, 5, 'not-in-file'), events(6, 6));
  expect(file).toEqual(['head 1 behind 0', 'head 6 behind 0 not-in-file', '6 to 6']);
});

it('gaps that meet are one for one reason, and keep their own where those differ', async () => {
  const file = await writtenOf(
    gap(1, 2, 'keep-limit'),
    gap(3, 4, 'disk'),
    gap(5, 6, 'disk'),
    gap(7, 7, 'memory-limit'),
    events(8, 8),
  );
  expect(file).toEqual([
    'head 1 behind 0',
    'head 3 behind 2 keep-limit',
    'head 7 behind 2 disk',
    'head 8 behind 2 memory-limit',
    '8 to 8',
  ]);
});

it('a gap at the end is told too', async () => {
  const file = await writtenOf(events(1, 2), gap(3, 9, 'disk'));
  expect(file).toEqual(['head 1 behind 0', '1 to 2', 'head 10 behind 2 disk']);
});

it('a copy of a session that ended says from the start with which event, in each of its segments', () => {
  const origin = { epoch: 'e', started: '2026-11-21T04:24:05.000Z' };
  const preambles = (end: number | null) => {
    const writer = new SessionWriter({ origin, end });
    const heads = [writer.start, ...writer.write(gap(1, 9, 'disk')), ...writer.end()];
    return heads.map((head) => readPreamble(head));
  };
  const ended = { state: 'ended', last: 9, size: null };
  expect(preambles(9)).toMatchObject([ended, ended]);
  const open = { state: 'open', last: null, size: null };
  expect(preambles(null)).toMatchObject([open, open]);
});
