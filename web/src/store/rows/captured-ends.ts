/** The ends of captured segments: one value for each way of a conversation, shared by its rows. Local is where it came from. */
import type { EventOf } from '@socket-playground/shared/events/event.ts';
import type { Address, SocketType } from '@socket-playground/shared/events/address.ts';
import type { Ends } from './ends.ts';

type Segment = EventOf<'segment'>;

/** A scan of a network has very many ways: then the rows of some share nothing. */
const mostWays = 65_536;

const socketTypes: ReadonlyMap<string, SocketType> = new Map([
  ['TCP', 'stream'],
  ['UDP', 'dgram'],
]);
const write = (end: Address | null) => (end === null ? '' : `${end.port} ${end.host}`);

export class CapturedEnds {
  readonly #known = new Map<string, Ends>();

  of({ protocol, source, destination, from }: Segment): Ends {
    const key = `${protocol} ${from ?? ''} ${write(source)} ${write(destination)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const socketType = socketTypes.get(protocol) ?? null;
    const ends: Ends = { socketType, local: source, remote: destination, side: from, settled: true };
    if (this.#known.size >= mostWays) this.#known.clear();
    this.#known.set(key, ends);
    return ends;
  }
}
