import { Redactor } from '@socket-playground/shared/recording/redact/redactor.ts';
import type { Secret } from '@socket-playground/shared/recording/redact/secrets.ts';
import { setImmediate } from 'node:timers/promises';
import type { EventSource } from '../../journal/source.ts';
import { stretches } from '../../sessions/walk.ts';

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
