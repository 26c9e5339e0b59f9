import { setImmediate } from 'node:timers/promises';
import { parseBase64 } from '@socket-playground/shared/payload/base64.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { endOf } from '@socket-playground/shared/recording/stretch.ts';
import type { Stretch } from '@socket-playground/shared/recording/stretch.ts';
import { lookFor } from '@socket-playground/shared/wire/look.ts';
import type { Sought } from '@socket-playground/shared/wire/look.ts';
import type { Found, Search } from '@socket-playground/shared/wire/messages.ts';
import type { EventSource } from '../../journal/source.ts';
import { stretches } from '../../sessions/walk.ts';

interface SearchLimits {
  /** Bytes of records that are looked through for one answer. */
  readonly searchBytes: number;
  /** Events that one answer names. */
  readonly searchEvents: number;
  /** How long it looks between two turns of everybody else, ms. */
  readonly searchTurnMs: number;
}

type SearchOutcome =
  ({ readonly is: 'found' } & Found) | { readonly is: 'refused'; readonly problem: Problem };

/**
 * Looks for bytes or a pattern in the whole data of transfers, in short turns, and lets everyone else have theirs in
 * between. It answers with what it found when it has looked far enough; whoever wants more asks again from `next` on. Once
 * nobody waits any more it stops.
 */
export async function search(
  source: EventSource,
  { what, from, to, longerThan }: Search,
  limits: SearchLimits,
  isForgotten: () => boolean = () => false,
): Promise<SearchOutcome> {
  const prepared = lookFor(soughtOf(what));
  if (!prepared.ok) return { is: 'refused', problem: prepared.problem };
  const last = Math.min(to, source.latest);
  const seqs: number[] = [];
  const slices = new Slices(limits.searchTurnMs, isForgotten);
  let looked = 0;
  for await (const stretch of stretches(source, Math.max(from, source.first), last)) {
    if (stretch.kind === 'events') {
      seqs.push(...(await slices.take(prepared.look(held(stretch, longerThan)))));
      looked += stretch.block.used;
    }
    const end = endOf(stretch);
    if (isForgotten()) break;
    if (looked >= limits.searchBytes || seqs.length >= limits.searchEvents)
      return { is: 'found', seqs, next: end < last ? end + 1 : null };
    await setImmediate();
  }
  return { is: 'found', seqs, next: null };
}

/** What is not base64 has been turned down as a message. */
function soughtOf(what: Search['what']): Sought {
  if (what.is === 'pattern') return what;
  const needle = parseBase64(what.bytes);
  return { ...what, bytes: needle.ok ? needle.bytes : new Uint8Array(0) };
}

/** Its memory is looked at again after others had their turn. */
function held({ block, from, to }: Extract<Stretch, { kind: 'events' }>, longerThan: number) {
  block.keep();
  return { block, from, to, longerThan };
}

/** A long look in slices of time, so that everybody else has their turn in between. */
class Slices {
  readonly #turnMs: number;
  readonly #isForgotten: () => boolean;
  #since = performance.now();

  constructor(turnMs: number, isForgotten: () => boolean) {
    this.#turnMs = turnMs;
    this.#isForgotten = isForgotten;
  }

  /** What is found; nothing once nobody waits for it. */
  async take(looking: Generator<undefined, number[]>): Promise<readonly number[]> {
    for (;;) {
      const step = looking.next();
      if (step.done === true) return step.value;
      if (performance.now() - this.#since < this.#turnMs) continue;
      await setImmediate();
      if (this.#isForgotten()) return [];
      this.#since = performance.now();
    }
  }
}
