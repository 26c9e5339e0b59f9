/** A session file in order, part by part, wherever its bytes are: on the agent's disk or in a file the page was given. */
import { sessionLimits } from '../limits.ts';
import { Block } from '../wire/block.ts';
import { headerBytes } from '../wire/layout.ts';
import { preambleBytes, readPreamble, readSegmentHead, segmentVersion } from './segment.ts';
import type { Preamble, SegmentHead } from './segment.ts';

const windowBytes = 2 * sessionLimits.blockBytes;

/** Reads up to `length` bytes from byte `at` on; fewer only at the end. */
export type ReadAt = (at: number, length: number) => Promise<Uint8Array<ArrayBuffer>>;

export type SessionPart =
  /** `at` is where the bytes of this part begin. */
  | { readonly kind: 'segment'; readonly head: SegmentHead; readonly preamble: Preamble; readonly at: number }
  /** Sound, and numbered right behind what came before. */
  | { readonly kind: 'block'; readonly block: Block; readonly at: number }
  /** From byte `at` on nothing can be read: a tail that was not written whole, or damage. The last part. */
  | { readonly kind: 'torn'; readonly at: number; readonly bytes: number }
  /** These bytes are no session file, or one of a later version. The last part. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'newer'; readonly version: number };

/** Never throws because of what the bytes are; only `read` may. Memory is bounded, whatever the bytes say of their sizes. */
export async function* sessionParts(readAt: ReadAt, size: number, from = 0): AsyncGenerator<SessionPart> {
  const read = ahead(readAt, size);
  let expected: number | null = null;
  let epoch: string | null = null;
  let at = from;
  while (at < size) {
    const torn = { kind: 'torn', at, bytes: size - at } as const;
    const window = await read(at, Math.min(sessionLimits.blockBytes, size - at));
    const preamble = readPreamble(window);
    if (preamble !== null) {
      if (preamble.version > segmentVersion) {
        yield { kind: 'newer', version: preamble.version };
        return;
      }
      const head = await readHead(read, at, preamble);
      const isNext =
        head !== null && (epoch === null || (head.epoch === epoch && head.first >= (expected ?? 1)));
      if (!isNext) {
        yield epoch === null ? { kind: 'foreign' } : torn;
        return;
      }
      [epoch, expected] = [head.epoch, head.first];
      yield { kind: 'segment', head, preamble, at };
      at += preambleBytes + preamble.headBytes;
      continue;
    }
    const block: Block | null =
      expected === null ? null : ((await readBlock(read, at, window))?.sound() ?? null);
    if (block?.first !== expected) {
      yield expected === null ? { kind: 'foreign' } : torn;
      return;
    }
    yield { kind: 'block', block, at };
    expected = block.last + 1;
    at += block.used;
  }
  if (epoch === null) yield { kind: 'foreign' };
}

/** Many small blocks cost no more reads than a few large ones: what was read ahead is kept. */
function ahead(read: ReadAt, size: number): ReadAt {
  let start = 0;
  let kept = new Uint8Array(0);
  return async (at, length) => {
    const isKept = at >= start && at + length <= start + kept.length;
    if (!isKept) {
      [start, kept] = [at, await read(at, Math.min(Math.max(length, windowBytes), size - at))];
    }
    return kept.subarray(at - start, at - start + length);
  };
}

async function readHead(read: ReadAt, at: number, { headBytes }: Preamble): Promise<SegmentHead | null> {
  if (headBytes > sessionLimits.headBytes) return null;
  const bytes = await read(at + preambleBytes, headBytes);
  return bytes.length === headBytes ? readSegmentHead(bytes) : null;
}

/** A window holds every block whole but for one of a single large record. */
async function readBlock(read: ReadAt, at: number, window: Uint8Array<ArrayBuffer>): Promise<Block | null> {
  const block = Block.read(window);
  if (block !== null || window.length < headerBytes) return block;
  const length = new DataView(window.buffer, window.byteOffset).getUint32(0, true);
  if (length <= window.length || length > sessionLimits.recordBytes) return null;
  return Block.read(await read(at, length));
}
