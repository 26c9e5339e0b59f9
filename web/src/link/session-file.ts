/** A file as what a link tells of it, part by part. */
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { missingBefore } from '@socket-playground/shared/recording/missing.ts';
import type { Origin } from '@socket-playground/shared/recording/origin.ts';
import { sessionParts } from '@socket-playground/shared/recording/parts.ts';
import type { ReadAt } from '@socket-playground/shared/recording/parts.ts';
import type { SegmentHead } from '@socket-playground/shared/recording/segment.ts';
import { Block } from '@socket-playground/shared/wire/block.ts';
import type { GapReason } from '@socket-playground/shared/wire/messages.ts';
import { fileProblems } from './file-problems.ts';

export type RecordedPart =
  | { readonly kind: 'begin'; readonly origin: Origin }
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
  let hasEvents = false;
  for await (const part of sessionParts(readerOf(file), file.size)) {
    switch (part.kind) {
      case 'segment': {
        const { epoch, started } = part.head;
        if (!hasBegun) yield { kind: 'begin', origin: { epoch, started } };
        hasBegun = true;
        yield* beginningOf(part.head, last, !hasEvents);
        last = part.head.first - 1;
        break;
      }
      case 'block':
        last = part.block.last;
        hasEvents = true;
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

/** A segment that follows on tells nothing. Who is open is known where the last of what is missing ends. */
function* beginningOf(head: SegmentHead, last: number, isOldest: boolean): Generator<RecordedPart> {
  for (const { to, reason } of missingBefore(head, { last, isOldest })) {
    const first = to + 1;
    yield { kind: 'segment', first, reason, standing: first === head.first ? head.standing : null };
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
