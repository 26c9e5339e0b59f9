/** Which conversation of a capture a packet belongs to, and from which end it comes. */
import type { Address } from '../../events/address.ts';
import type { EventOf } from '../../events/event.ts';
import { tcpFlags } from '../../events/tcp-flags.ts';
import type { Dissected } from './dissected.ts';
import { pcapngLimits } from './limits.ts';

interface Conversation {
  readonly number: number;
  /** The end that called. */
  readonly client: string;
  /** Of its SYN, where that is here: another one begins another connection between the same ends. */
  sequence: number | null;
}

type Place = Pick<EventOf<'segment'>, 'stream' | 'from'>;
const write = ({ host, port }: Address) => `${host} ${port}`;
const none: Place = { stream: null, from: null };

export class Conversations {
  readonly #known = new Map<string, Conversation>();
  #count = 0;

  place({
    protocol,
    source,
    destination,
    tcp,
  }: Pick<Dissected, 'protocol' | 'source' | 'destination' | 'tcp'>): Place {
    if (source === null || destination === null || (protocol !== 'TCP' && protocol !== 'UDP')) return none;
    const [here, there] = [write(source), write(destination)];
    const key = here < there ? `${protocol} ${here} ${there}` : `${protocol} ${there} ${here}`;
    const calls =
      tcp !== undefined && (tcp.flags & (tcpFlags.SYN | tcpFlags.ACK)) === tcpFlags.SYN ? tcp.sequence : null;
    const known = this.#known.get(key);
    const isAnother = known !== undefined && calls !== null && known.sequence !== calls;
    const conversation =
      known !== undefined && !isAnother
        ? known
        : this.#begin(key, clientOf(source, destination, tcp?.flags ?? 0), calls);
    return { stream: conversation.number, from: conversation.client === here ? 'client' : 'server' };
  }

  #begin(key: string, client: string, sequence: number | null): Conversation {
    const conversation = { number: (this.#count += 1), client, sequence };
    this.#known.delete(key);
    this.#known.set(key, conversation);
    const [oldest] = this.#known.keys();
    if (this.#known.size > pcapngLimits.conversations && oldest !== undefined) this.#known.delete(oldest);
    return conversation;
  }
}

/** Who sends the SYN calls, and who acknowledges it was called. Otherwise a server has the lower port, or speaks second. */
function clientOf(source: Address, destination: Address, flags: number): string {
  if (flags & tcpFlags.SYN) return write(flags & tcpFlags.ACK ? destination : source);
  return write(source.port < destination.port ? destination : source);
}
