/**
 * What `--keep` says, and what follows from it. Pure.
 *
 * It bounds the session that this agent is writing together with all that have ended, whoever wrote them. What another
 * agent is still writing is bounded by that agent's own `--keep`: it is neither removed here nor counted, so that nothing
 * of ours goes for it. It counts from when it has ended.
 */

export type KeepRule =
  | { readonly is: 'bytes'; readonly most: number }
  /** Milliseconds since a session was last written to. */
  | { readonly is: 'age'; readonly mostMs: number };

const kilo = 1000;
const units = new Map([
  ['b', 1],
  ['kb', kilo],
  ['mb', kilo ** 2],
  ['gb', kilo ** 3],
  ['tb', kilo ** 4],
  ['kib', 1024],
  ['mib', 1024 ** 2],
  ['gib', 1024 ** 3],
  ['tib', 1024 ** 4],
]);
const hourMs = 3_600_000;
const spans = new Map([
  ['h', hourMs],
  ['d', 24 * hourMs],
  ['w', 7 * 24 * hourMs],
]);

export const keepExpects = 'a size such as 2GB or 500MiB, or an age such as 12h, 7d or 2w';
export const defaultKeep: readonly KeepRule[] = [{ is: 'bytes', most: 2 * kilo ** 3 }];

export function parseKeep(text: string): KeepRule | null {
  const [, digits = '', unit = ''] = /^(\d{1,15}(?:\.\d{1,3})?) ?([a-z]{1,3})$/i.exec(text.trim()) ?? [];
  const amount = Number(digits);
  const bytes = units.get(unit.toLowerCase());
  const span = spans.get(unit.toLowerCase());
  if (digits === '' || amount === 0) return null;
  if (bytes !== undefined) return { is: 'bytes', most: Math.ceil(amount * bytes) };
  return span === undefined ? null : { is: 'age', mostMs: amount * span };
}

export interface Kept {
  readonly id: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly writtenMs: number;
  /** Who is writing it and alone may touch it; null once it has ended. */
  readonly writer: 'us' | 'another' | null;
}

export interface Excess {
  /** Sessions to remove, oldest first. */
  readonly remove: readonly string[];
  /** Bytes that are too many even without them: the running session's own oldest part has to go. */
  readonly bytes: number;
}

/** What has to go so that every rule holds. `sessions` are all of the folder, the running one among them. */
export function excessOf(sessions: readonly Kept[], rules: readonly KeepRule[], nowMs: number): Excess {
  const ours = sessions.filter(({ writer }) => writer !== 'another');
  const oldestFirst = ours.filter(({ writer }) => writer === null).sort((a, b) => a.writtenMs - b.writtenMs);
  const mostMs = Math.min(...rules.flatMap((rule) => (rule.is === 'age' ? [rule.mostMs] : [])));
  const most = Math.min(...rules.flatMap((rule) => (rule.is === 'bytes' ? [rule.most] : [])));
  const remove: string[] = [];
  let total = ours.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { id, bytes, writtenMs } of oldestFirst) {
    if (total <= most && nowMs - writtenMs <= mostMs) break;
    remove.push(id);
    total -= bytes;
  }
  return { remove, bytes: Math.max(0, total - most) };
}

const mebi = 1024 ** 2;
const partsOfKept = 8;

/** How large a segment may be, so that the oldest part of a session can go without most of the session. */
export function segmentBytes(rules: readonly KeepRule[], largest: number): number {
  const most = Math.min(...rules.flatMap((rule) => (rule.is === 'bytes' ? [rule.most] : [])));
  return Math.max(mebi, Math.min(largest, most / partsOfKept));
}
