/** With whom a datagram socket spoke, the last first. */
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { List } from '../../store/rows/rows.ts';

const lookedThrough = 5_000;
const most = 50;

export function peersOf(events: List<SocketEvent>): readonly string[] {
  const peers = new Set<string>();
  const oldest = Math.max(0, events.length - lookedThrough);
  for (let index = events.length - 1; index >= oldest && peers.size < most; index -= 1) {
    const event = events.at(index);
    if (event !== undefined && isTransfer(event) && event.remote) peers.add(formatAddress(event.remote));
  }
  return [...peers];
}
