/** Messages sent before, newest last, and the way back to what was being written. */
import type { Draft } from './draft.ts';

const messagesMost = 50;

export interface History {
  readonly sent: readonly Draft[];
  /** Which of them is recalled; null while a new message is written. */
  readonly at: number | null;
  /** What was being written before the first recall. */
  readonly unsent: Draft | null;
}

export const noHistory: History = { sent: [], at: null, unsent: null };

const same = (a: Draft | undefined, b: Draft) => a?.text === b.text && a.mode === b.mode;

export function remember({ sent }: History, draft: Draft): History {
  if (draft.text === '' || same(sent.at(-1), draft)) return { sent, at: null, unsent: null };
  return { sent: [...sent, draft].slice(-messagesMost), at: null, unsent: null };
}

/** One message earlier (-1) or later (+1); null when there is none. */
export function recall(
  { sent, at, unsent }: History,
  step: -1 | 1,
  current: Draft,
): { history: History; draft: Draft } | null {
  if (at === null && step === 1) return null;
  const next = (at ?? sent.length) + step;
  if (next < 0) return null;
  const kept = at === null ? current : unsent;
  const draft = sent[next];
  if (draft) return { history: { sent, at: next, unsent: kept }, draft };
  return kept && { history: { sent, at: null, unsent: null }, draft: kept };
}
