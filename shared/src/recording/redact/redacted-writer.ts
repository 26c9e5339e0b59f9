/** A file with everything hidden in it that a redactor knows of. What is given is never touched. */
import type { SocketEvent } from '../../events/event.ts';
import { sessionLimits } from '../../limits.ts';
import { Block } from '../../wire/block.ts';
import { roomFor } from '../../wire/write-record.ts';
import type { Writer } from '../export/writer.ts';
import { unreadableGap } from '../stretch.ts';
import type { EventStretch, GapStretch, Stretch } from '../stretch.ts';
import type { Redactor } from './redactor.ts';

/** Writes the same stretches, which the redactor has looked through in this order, without the secrets in them. */
export const redactedWriter = (writer: Writer, redactor: Redactor): Writer => ({
  start: writer.start,
  *write(stretch) {
    if (stretch.kind === 'gap') yield* writer.write(redactedGap(stretch, redactor));
    else for (const part of redactedEvents(stretch, redactor)) yield* writer.write(part);
  },
  end: () => writer.end(),
});

const redactedGap = (stretch: GapStretch, redactor: Redactor): GapStretch => ({
  ...stretch,
  standing: stretch.standing?.map((state) => redactor.redactState(state)) ?? null,
});

/** Copies of the events in blocks of their own; one that cannot be read is a gap. */
function* redactedEvents({ block: source, from, to }: EventStretch, redactor: Redactor): Generator<Stretch> {
  let block: Block | null = null;
  for (let seq = from; seq <= to; seq += 1) {
    const found = source.event(seq);
    const event = found && redactor.redact(found);
    if (block !== null && (event === null || block.append(event) === 'no-room')) {
      yield allOf(block);
      block = null;
    }
    if (event === null) yield { kind: 'gap', gap: unreadableGap(seq, seq), standing: null };
    else block ??= blockBeginningWith(event);
  }
  if (block !== null) yield allOf(block);
}

const allOf = (block: Block): EventStretch => ({ kind: 'events', block, from: block.first, to: block.last });

function blockBeginningWith(event: SocketEvent): Block {
  const block = new Block(event.seq, new Uint8Array(Math.max(sessionLimits.blockBytes, roomFor(event))));
  block.append(event);
  return block;
}
