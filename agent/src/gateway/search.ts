import { setImmediate } from 'node:timers/promises';
import { parseBase64 } from '@socket-playground/shared/payload/base64.ts';
import type { Found, Search } from '@socket-playground/shared/wire/messages.ts';
import type { EventSource } from '../journal/source.ts';
import { endOf, stretches } from '../sessions/walk.ts';

interface SearchLimits {
  /** Bytes of records that are looked through for one answer. */
  readonly searchBytes: number;
  /** Events that one answer names. */
  readonly searchEvents: number;
}

/**
 * Looks for bytes in the whole data of transfers, block by block, and lets everyone else have their turn in between. It
 * answers with what it found when it has looked far enough; whoever wants more asks again from `next` on.
 */
export async function search(source: EventSource, wanted: Search, limits: SearchLimits): Promise<Found> {
  const needle = parseBase64(wanted.bytes);
  const last = Math.min(wanted.to, source.latest);
  const seqs: number[] = [];
  let looked = 0;
  if (!needle.ok) return { seqs, next: null };
  for await (const stretch of stretches(source, Math.max(wanted.from, source.first), last)) {
    if (stretch.kind === 'events') {
      const { block, from, to } = stretch;
      seqs.push(...block.find(needle.bytes, from, to, wanted));
      looked += block.used;
    }
    const end = endOf(stretch);
    if (looked >= limits.searchBytes || seqs.length >= limits.searchEvents)
      return { seqs, next: end < last ? end + 1 : null };
    await setImmediate();
  }
  return { seqs, next: null };
}
