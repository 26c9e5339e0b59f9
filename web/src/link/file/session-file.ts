/** A file as what a link tells of it, part by part. */
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { missingBefore, missingBehind } from '@socket-playground/shared/recording/missing.ts';
import type { Origin } from '@socket-playground/shared/recording/origin.ts';
import { sessionParts } from '@socket-playground/shared/recording/parts.ts';
import type { ReadAt, SessionPart } from '@socket-playground/shared/recording/parts.ts';
import type { Missing } from '@socket-playground/shared/recording/missing.ts';
import { toldLast } from '@socket-playground/shared/recording/segment.ts';
import { Block } from '@socket-playground/shared/wire/block.ts';
import type { GapReason } from '@socket-playground/shared/wire/messages.ts';
import { fileProblems } from './file-problems.ts';

export type RecordedPart =
  /** `end`: the event that the session ended with; null where the file does not say. */
  | { readonly kind: 'begin'; readonly origin: Origin; readonly end: number | null }
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
  let newest: Segment | null = null;
  let last = 0;
  // Nothing came before that could be read.
  let isOldest = true;
  for await (const part of sessionParts(readerOf(file), file.size)) {
    switch (part.kind) {
      case 'segment': {
        if (newest === null) yield beginOf(part);
        newest = part;
        yield* told(missingBefore(part.head, { last, isOldest }), part);
        last = part.head.first - 1;
        break;
      }
      case 'block':
        last = part.block.last;
        isOldest = false;
        yield { kind: 'block', block: part.block, start: part.at, end: part.at + part.block.used };
        break;
      case 'torn':
        isOldest = false;
        yield { kind: 'torn', bytes: part.bytes };
        break;
      case 'foreign':
      case 'newer':
        yield { kind: 'unreadable', problem: fileProblems[part.kind] };
    }
  }
  if (newest !== null) yield* told(missingBehind(newest, { last, isOldest }), newest);
}

type Segment = Extract<SessionPart, { kind: 'segment' }>;

function beginOf({ head, preamble }: Segment): RecordedPart {
  const { epoch, started } = head;
  const end = preamble.state === 'ended' ? toldLast(preamble, head) : null;
  return { kind: 'begin', origin: { epoch, started }, end };
}

/** What is missing. Who is open is known where a segment goes on behind it. */
function* told(missing: readonly Missing[], { head }: Segment): Generator<RecordedPart> {
  for (const { to, reason } of missing) {
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
