/** The bytes of one direction as a file: all of them, not only those that are laid out. */
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { SocketEvent, Transfer } from '@socket-playground/shared/events/event.ts';
import { directionOf } from '../../store/rows/ends.ts';
import type { Direction } from '../../store/rows/ends.ts';
import type { List } from '../../store/rows/rows.ts';
import type { PayloadAnswer } from '../../store/store.svelte.ts';
import type { Choice } from './stream.ts';

export interface Raw {
  readonly blob: Blob;
  /** Bytes that should be in it and that nobody could give. */
  readonly missing: number;
}

type Fetch = (seq: number) => Promise<PayloadAnswer>;

/** Fetches what is not here. */
export async function rawOf(
  events: List<SocketEvent>,
  direction: Direction,
  choice: Choice,
  fetch: Fetch,
): Promise<Raw> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let missing = 0;
  for (const event of transfersOf(events, direction, choice)) {
    const data = await wholeOf(event, fetch);
    missing += event.size - data.length;
    parts.push(new Uint8Array(data));
  }
  return { blob: new Blob(parts, { type: 'application/octet-stream' }), missing };
}

/** As they are now: more may come while the first are fetched. */
function transfersOf(events: List<SocketEvent>, direction: Direction, { side, peer }: Choice): Transfer[] {
  const found: Transfer[] = [];
  for (let index = 0; index < events.length; index += 1) {
    const event = events.at(index);
    if (event === undefined || !isTransfer(event) || directionOf(side, event.type) !== direction) continue;
    const remote = event.remote === undefined ? null : formatAddress(event.remote);
    if (peer === null || remote === peer) found.push(event);
  }
  return found;
}

async function wholeOf({ seq, size, data }: Transfer, fetch: Fetch): Promise<Uint8Array> {
  if (data.length >= size) return data;
  const answer = await fetch(seq);
  return answer.is === 'data' ? answer.data : data;
}
