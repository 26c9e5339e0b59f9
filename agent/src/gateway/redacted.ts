/** A session without what should not leave this machine: looked through once, then written with each secret hidden. */
import { redactedBlocks } from '@socket-playground/shared/recording/redact/redacted-blocks.ts';
import { Redactor } from '@socket-playground/shared/recording/redact/redactor.ts';
import type { Secret } from '@socket-playground/shared/recording/redact/secrets.ts';
import { setImmediate } from 'node:timers/promises';
import type { EventSource } from '../journal/source.ts';
import { stretches, unreadable } from '../sessions/walk.ts';
import type { Stretch } from '../sessions/walk.ts';
import type { Writer } from './formats.ts';

/** Sockets come first: a long session is read in turns with them. */
const turnMs = 10;

interface Waiting {
  /** Whether nobody waits for it any more. */
  readonly isGone?: () => boolean;
  /** Told how much has been looked through, 0 to 1. */
  readonly looked?: (share: number) => void;
}

/** What is to be hidden in a session as it is now. Reads all of it, unless nobody waits for it any more or there is too much. */
export async function redactorOf(
  source: EventSource,
  secrets: readonly Secret[],
  { isGone = () => false, looked = () => undefined }: Waiting = {},
): Promise<Redactor> {
  const redactor = new Redactor(secrets);
  let since = performance.now();
  for await (const stretch of stretches(source, 1, source.latest)) {
    if (stretch.kind === 'gap') continue;
    stretch.block.keep();
    for (let seq = stretch.from; seq <= stretch.to; seq += 1) {
      const event = stretch.block.event(seq);
      if (event !== null) redactor.look(event);
      if (performance.now() - since < turnMs) continue;
      looked(seq / source.latest);
      await setImmediate();
      since = performance.now();
      if (redactor.isFull || isGone()) return redactor;
    }
  }
  redactor.rewind();
  return redactor;
}

/** Writes the same with everything hidden that `redactor` knows of. */
export const redactedWriter = (writer: Writer, redactor: Redactor): Writer => ({
  start: writer.start,
  *write(stretch) {
    if (stretch.kind === 'gap') yield* writer.write(withoutSecrets(stretch, redactor));
    else for (const part of redactedParts(stretch, redactor)) yield* writer.write(part);
  },
  end: () => writer.end?.() ?? [],
});

const withoutSecrets = (stretch: GapStretch, redactor: Redactor): GapStretch => ({
  ...stretch,
  standing: stretch.standing?.map((state) => redactor.redactState(state)) ?? null,
});

/** A session that has only grown up to here. */
export const upTo = (source: EventSource, latest: number): EventSource => ({
  epoch: source.epoch,
  get first() {
    return source.first;
  },
  latest,
  gapAt: (cursor) => source.gapAt(cursor),
  blockOf: (seq) => source.blockOf(seq),
  standingAfter: (gap) => source.standingAfter(gap),
  subscribe: (listener) => source.subscribe(listener),
});

type Events = Extract<Stretch, { kind: 'events' }>;
type GapStretch = Extract<Stretch, { kind: 'gap' }>;

function* redactedParts(stretch: Events, redactor: Redactor): Generator<Stretch> {
  for (const part of redactedBlocks(stretch, redactor)) {
    if (part.kind === 'missing') yield missing(part.seq);
    else yield { kind: 'events', block: part.block, from: part.block.first, to: part.block.last };
  }
}

const missing = (seq: number): Stretch => ({
  kind: 'gap',
  gap: unreadable(seq, seq),
  standing: null,
});
