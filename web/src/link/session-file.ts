/** A file as what a link tells of it, part by part. */
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { Problem } from '@socket-playground/shared/problems.ts';
import { sessionParts } from '@socket-playground/shared/recording/parts.ts';
import type { ReadAt } from '@socket-playground/shared/recording/parts.ts';
import { Block } from '@socket-playground/shared/wire/block.ts';
import type { GapReason } from '@socket-playground/shared/wire/messages.ts';
import { fileProblems } from './file-problems.ts';

export type RecordedPart =
  | { readonly kind: 'begin'; readonly epoch: { readonly epoch: string; readonly started: string } }
  /** Events before `first` that have not come are missing for this reason; these sockets are open. */
  | {
      readonly kind: 'segment';
      readonly first: number;
      readonly reason: GapReason;
      readonly standing: readonly SocketState[];
    }
  /** `load` reads the block again; `end` is how far into the file this is, in bytes. */
  | {
      readonly kind: 'block';
      readonly block: Block;
      readonly load: () => Promise<Block | null>;
      readonly end: number;
    }
  | { readonly kind: 'torn'; readonly bytes: number }
  | { readonly kind: 'unreadable'; readonly problem: Problem };

export async function* sessionFile(file: Blob): AsyncGenerator<RecordedPart> {
  const read: ReadAt = async (at, length) => new Uint8Array(await file.slice(at, at + length).arrayBuffer());
  let hasBegun = false;
  for await (const part of sessionParts(read, file.size)) {
    switch (part.kind) {
      case 'segment': {
        const { epoch, started, first, standing, missing } = part.head;
        if (!hasBegun) yield { kind: 'begin', epoch: { epoch, started } };
        hasBegun = true;
        yield { kind: 'segment', first, standing, reason: missing ?? 'disk' };
        break;
      }
      case 'block': {
        const { block, at } = part;
        const { used } = block;
        const load = async () => Block.read(await read(at, used));
        yield { kind: 'block', block, load, end: at + used };
        break;
      }
      case 'torn':
        yield { kind: 'torn', bytes: part.bytes };
        break;
      case 'foreign':
      case 'newer':
        yield { kind: 'unreadable', problem: fileProblems[part.kind] };
    }
  }
}
