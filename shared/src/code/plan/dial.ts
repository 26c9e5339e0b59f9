/** Whether a socket was made by one call that does it all (`dial`), or by one call after the other. */
import type { EventOf } from '../../events/event.ts';
import type { Cursor } from './cursor.ts';
import { isOf } from './cursor.ts';

/** The steps of one call follow each other within this time, ns; nobody clicks as fast. */
const oneCallNs = 100e6;

/** Whether the second event came of the same call as the first. */
export const isSameCall = (first: { readonly time: number }, second: { readonly time: number }): boolean =>
  second.time - first.time <= oneCallNs;

export interface Dialled {
  /** Events that the call took. */
  readonly count: number;
  readonly host: string;
  readonly port: number;
  /** Bytes a read asks for, where that was chosen. */
  readonly readSize: number | null;
  /** What the last attempt failed with, and how long it took, ns; null when it succeeded. */
  readonly failed: { readonly code: string; readonly tookNs: number } | null;
}

/** Reads on from `opened`, which is taken, and takes nothing. */
export function dialled(opened: EventOf<'opened'>, cursor: Cursor): Dialled | null {
  const { at, host, readSize } = preamble(cursor);
  const first = cursor.peek(at);
  if (!isOf(first, 'connecting') || !isSameCall(opened, first)) return null;
  const outcome = attempts(cursor, at);
  return outcome && { ...outcome, readSize, host: host ?? first.remote.host, port: first.remote.port };
}

interface Preamble extends Pick<Dialled, 'readSize'> {
  /** How many events it took. */
  readonly at: number;
  readonly host: string | null;
}

/** What `dial` does before it connects: it looks the name up, and sets what it was given beside the address. */
function preamble(cursor: Cursor): Preamble {
  let host: string | null = null;
  let readSize: number | null = null;
  for (let at = 0; ; at += 1) {
    const event = cursor.peek(at);
    if (isOf(event, 'resolved')) ({ host } = event);
    else if (isOf(event, 'option-set') && event.option === 'readSize') readSize = Number(event.value);
    else if (!isOf(event, 'behaving')) return { at, host, readSize };
  }
}

/** One attempt after the other, until one succeeds or the socket is closed; null for any other story. */
function attempts(cursor: Cursor, from: number): Pick<Dialled, 'count' | 'failed'> | null {
  let at = from;
  let failed: (NonNullable<Dialled['failed']> & { readonly time: number }) | null = null;
  for (let event = cursor.peek(at); isOf(event, 'connecting'); event = cursor.peek(at)) {
    if (failed !== null && !isSameCall(failed, event)) return null;
    const outcome = cursor.peek(at + 1);
    if (isOf(outcome, 'connected')) return { count: at + 2, failed: null };
    if (!isOf(outcome, 'failed')) return null;
    failed = { code: outcome.code, time: outcome.time, tookNs: outcome.time - event.time };
    at += 2;
  }
  return failed !== null && isOf(cursor.peek(at), 'closed') ? { count: at, failed } : null;
}
