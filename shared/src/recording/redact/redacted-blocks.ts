/** Blocks of events as copies with everything hidden that a redactor knows of. What is given is never touched. */
import type { SocketEvent } from '../../events/event.ts';
import { sessionLimits } from '../../limits.ts';
import { Block } from '../../wire/block.ts';
import { roomFor } from '../../wire/write-record.ts';
import type { Redactor } from './redactor.ts';

export type RedactedPart =
  | { readonly kind: 'block'; readonly block: Block }
  /** This event cannot be read. */
  | { readonly kind: 'missing'; readonly seq: number };

/** Events `from` to `to` (inclusive) of a block, which follow on those that were redacted before. */
export function* redactedBlocks(
  { block: source, from, to }: { readonly block: Block; readonly from: number; readonly to: number },
  redactor: Redactor,
): Generator<RedactedPart> {
  let block: Block | null = null;
  for (let seq = from; seq <= to; seq += 1) {
    const found = source.event(seq);
    const event = found && redactor.redact(found);
    if (block !== null && (event === null || block.append(event) === 'no-room')) {
      yield { kind: 'block', block };
      block = null;
    }
    if (event === null) yield { kind: 'missing', seq };
    else block ??= beginning(event);
  }
  if (block !== null) yield { kind: 'block', block };
}

function beginning(event: SocketEvent): Block {
  const block = new Block(event.seq, new Uint8Array(Math.max(sessionLimits.blockBytes, roomFor(event))));
  block.append(event);
  return block;
}
