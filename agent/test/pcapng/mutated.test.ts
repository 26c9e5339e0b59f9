/** Captures with bytes changed, cut, doubled and swapped: read, and made ready to hand on, without a throw or a hang. */
import { describe, expect, it } from 'vitest';
import { mulberry32 } from '@socket-playground/shared/random.ts';
import { captureParts } from '@socket-playground/shared/recording/pcapng/capture.ts';
import { sharedCapture } from '@socket-playground/shared/recording/pcapng/shared-capture.ts';
import { PcapngWriter } from '@socket-playground/shared/recording/pcapng/writer.ts';
import { Redactor } from '@socket-playground/shared/recording/redact/redactor.ts';
import { lesson } from '../../../shared/test/happenings.ts';

/** `npm run soak` asks for more. */
const runs = Number(process.env.MUTATED_CAPTURES ?? 400);
const seed = 20_261_126;
const slowMs = 10_000;

/** Numbers from 0 to below 1 that are the same each time. */
function random(from: number): () => number {
  const next = mulberry32(from);
  return () => next() / 2 ** 32;
}

const writer = new PcapngWriter({ epoch: 'one', started: '2026-11-26T05:00:00.000Z' });
const ours = new Uint8Array(
  Buffer.concat([writer.start, ...lesson().events.flatMap((event) => writer.write(event)), ...writer.end()]),
);
/** The same, of nobody we know: its packets are told, not its events. */
const others = ours.map((byte, at) => (at === ours.indexOf(0x53, 28) ? 0x58 : byte));

function mutated(draw: () => number): Uint8Array<ArrayBuffer> {
  const file = (draw() < 0.5 ? ours : others).slice();
  const place = () => Math.floor(draw() * file.length);
  const odd = [0, 1, 0x7f, 0x80, 0xff];
  for (let count = 1 + Math.floor(draw() * 8); count > 0; count -= 1) {
    const at = place();
    if (draw() < 0.7) file[at] = draw() < 0.5 ? (odd[Math.floor(draw() * odd.length)] ?? 0) : draw() * 256;
    else file.copyWithin(at, place(), place());
  }
  return draw() < 0.2 ? file.slice(0, place()) : file;
}

async function read(file: Uint8Array<ArrayBuffer>): Promise<void> {
  const from = (at: number, length: number) => Promise.resolve(file.slice(at, at + length));
  const redactor = new Redactor([{ is: 'text', bytes: Buffer.from('hapy') }]);
  let last = 0;
  for await (const part of captureParts(from, file.length)) {
    if (part.kind !== 'events') continue;
    for (const event of part.events) {
      if (event.seq <= last) throw new Error('out of order');
      last = event.seq;
      redactor.look(event);
    }
  }
  redactor.rewind();
  let size = 0;
  for await (const piece of sharedCapture(from, file.length, redactor)) size += piece.length;
  if (size > file.length) throw new Error('more than there was');
}

describe('a mutated capture', () => {
  it(`is never a throw or a hang: ${runs} of them`, { timeout: 20_000 + runs * 50 }, async () => {
    const draw = random(seed);
    for (let run = 0; run < runs; run += 1) {
      const file = mutated(draw);
      const begin = performance.now();
      await read(file).catch((error: unknown) => {
        throw new Error(`run ${run}`, { cause: error });
      });
      if (performance.now() - begin > slowMs) expect.fail(`run ${run} took too long`);
    }
  });
});
