/** A file as what a link tells of it, part by part. */
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { sessionParts } from '@socket-playground/shared/recording/parts.ts';
import type { ReadAt } from '@socket-playground/shared/recording/parts.ts';
import type { SegmentHead } from '@socket-playground/shared/recording/segment.ts';
import { Block } from '@socket-playground/shared/wire/block.ts';
import type { GapReason } from '@socket-playground/shared/wire/messages.ts';
import { fileProblems } from './file-problems.ts';

export type RecordedPart =
  | { readonly kind: 'begin'; readonly epoch: { readonly epoch: string; readonly started: string } }
  /** Events before `first` that have not come are missing for this reason; null: who is open is not known. */
  | {
      readonly kind: 'segment';
      readonly first: number;
      readonly reason: GapReason;
      readonly standing: readonly SocketState[] | null;
    }
  /** It was made of the file's bytes from `start` to `end`. */
  | { readonly kind: 'block'; readonly block: Block; readonly start: number; readonly end: number }
  | { readonly kind: 'torn'; readonly bytes: number }
  | { readonly kind: 'unreadable'; readonly problem: Problem };

/** Reads a file in slices. */
export const readerOf =
  (file: Blob): ReadAt =>
  async (at, length) =>
    new Uint8Array(await file.slice(at, at + length).arrayBuffer());

export async function* sessionFile(file: Blob): AsyncGenerator<RecordedPart> {
  let hasBegun = false;
  let last = 0;
  for await (const part of sessionParts(readerOf(file), file.size)) {
    switch (part.kind) {
      case 'segment': {
        const { epoch, started } = part.head;
        if (!hasBegun) yield { kind: 'begin', epoch: { epoch, started } };
        hasBegun = true;
        yield* beginningOf(part.head, last);
        break;
      }
      case 'block':
        last = part.block.last;
        yield { kind: 'block', block: part.block, start: part.at, end: part.at + part.block.used };
        break;
      case 'torn':
        yield { kind: 'torn', bytes: part.bytes };
        break;
      case 'foreign':
      case 'newer':
        yield { kind: 'unreadable', problem: fileProblems[part.kind] };
    }
  }
}

/**
 * What is missing behind event `last`, which is 0 before the first, and where the segment begins. What was stored once
 * is another matter than what the disk never took: the oldest went first, and the rest somebody has taken away.
 */
function* beginningOf(
  { first, follows, missing, standing }: SegmentHead,
  last: number,
): Generator<RecordedPart> {
  const gone = last === 0 ? 'keep-limit' : 'not-in-file';
  if (follows >= first - 1) yield { kind: 'segment', first, standing, reason: missing ?? gone };
  else {
    if (follows > last) yield { kind: 'segment', first: follows + 1, standing: null, reason: gone };
    yield { kind: 'segment', first, standing, reason: missing ?? 'disk' };
  }
}

/** The blocks that stand one after the other from byte `start` to `end`. */
export async function sessionBlocks(file: Blob, start: number, end: number): Promise<readonly Block[]> {
  const bytes = await readerOf(file)(start, end - start);
  const blocks: Block[] = [];
  let at = 0;
  while (at < bytes.length) {
    const block = Block.read(bytes.subarray(at));
    if (block === null) break;
    blocks.push(block);
    at += block.used;
  }
  return blocks;
}
