/**
 * TCP connections as packets would have shown them. Each way of a connection is a flow of bytes that is written once: when
 * both ends are ours, what one sends is what the other receives, and whichever is told first carries the bytes.
 */
import type { Address } from '../../events/address.ts';
import { hostBytes } from '../../payload/host-bytes.ts';
import { pcapngLimits } from './limits.ts';
import type { End } from './packets.ts';

const modulus = 2 ** 32;
/** Spreads the numbers of sockets over all sequence numbers (2³² divided by the golden ratio). */
const spread = 0x9e37_79b1;

/** Where nothing says which address it was. */
const nowhere: End = { host: Uint8Array.of(0, 0, 0, 0), port: 0 };

export const endOf = ({ host, port }: Address): End => ({ host: hostBytes(host) ?? nowhere.host, port });

const portNumbers = 2 ** 16;
/** No connection has port 0: the kernel knew its peer no longer. Each such peer is one of its own, with a port made up for it. */
const peerOf = (remote: Address, socket: number): End =>
  remote.port === 0 ? { ...endOf(remote), port: socket % portNumbers || 1 } : endOf(remote);

const keyOf = ({ host, port }: End) => `${host.join('.')} ${port}`;

/** Bytes going one way. */
export class Flow {
  readonly from: End;
  readonly to: End;
  readonly #first: number;
  /** Bytes that packets carry so far; what was sent and what was received, as the two ends told it. */
  carried = 0;
  sent = 0;
  received = 0;
  /** What the other way has said it has. */
  acknowledged = 0;
  /** The receiving end is a socket of ours, so that what it has received is known. */
  isReceivedHere = false;
  /** The sending end was left with bytes that still waited: how many of them the kernel took only the other end knows. */
  isCutShort = false;
  hasEnded = false;

  constructor(from: End, to: End, socket: number) {
    this.from = from;
    this.to = to;
    this.#first = Math.imul(socket, spread) >>> 0;
  }

  /** Sequence number of the SYN. */
  get initial(): number {
    return this.#first;
  }

  /** Sequence number of the next byte; a FIN takes one too. */
  get next(): number {
    return this.sequenceOf(this.carried + (this.hasEnded ? 1 : 0));
  }

  /** What the receiving end would acknowledge: what it has read, or everything where nobody tells. */
  get acknowledgement(): number {
    const has = this.isReceivedHere ? Math.min(this.received, this.carried) : this.carried;
    return this.sequenceOf(has + (this.hasEnded && has === this.carried ? 1 : 0));
  }

  sequenceOf(byte: number): number {
    return (this.#first + 1 + byte) % modulus;
  }
}

/** One connection as one socket sees it. */
export interface Side {
  readonly out: Flow;
  readonly in: Flow;
  /** Shared by both ends. */
  readonly connection: { isReset: boolean };
}

/** The side of an end that has not come yet, as it would see it. */
interface Awaited extends Side {
  /** The event that told of the end that is here. */
  readonly since: number;
}

export class Connections {
  readonly #sides = new Map<number, Side>();
  /** The other end may come when this one is closed already. */
  readonly #awaited = new Map<string, Awaited>();
  /** When those that call began to: whom somebody took before is another, from the same port. */
  readonly #calling = new Map<number, number>();

  of(socket: number): Side | undefined {
    return this.#sides.get(socket);
  }

  call(socket: number, seq: number): void {
    this.#calling.set(socket, seq);
  }

  /** The connection of this socket; it is known already when its other end is a socket of ours that came before. */
  open(
    socket: number,
    local: Address,
    remote: Address,
    seq: number,
  ): { readonly side: Side; readonly isNew: boolean } {
    const [here, there] = [endOf(local), peerOf(remote, socket)];
    const known = this.#known(`${keyOf(here)} ${keyOf(there)}`, this.#calling.get(socket));
    const side = known ?? begun(here, there, socket);
    side.in.isReceivedHere = true;
    this.#sides.set(socket, side);
    this.#calling.delete(socket);
    // Who calls itself is both ends.
    if (known === null && side.in !== side.out) this.#await(`${keyOf(there)} ${keyOf(here)}`, side, seq);
    return { side, isNew: known === null };
  }

  /** Whoever was reset before it was accepted has no address by then. */
  #known(key: string, calledAt: number | undefined): Side | null {
    const awaited = this.#awaited.get(key);
    this.#awaited.delete(key);
    if (awaited === undefined) return null;
    const isOther = calledAt === undefined ? awaited.connection.isReset : awaited.since < calledAt;
    return isOther ? null : awaited;
  }

  close(socket: number): void {
    this.#sides.delete(socket);
    this.#calling.delete(socket);
  }

  clear(): void {
    this.#sides.clear();
    this.#awaited.clear();
    this.#calling.clear();
  }

  #await(key: string, { out, in: back, connection }: Side, since: number): void {
    this.#awaited.delete(key);
    this.#awaited.set(key, { out: back, in: out, connection, since });
    const [oldest] = this.#awaited.keys();
    if (this.#awaited.size > pcapngLimits.conversations && oldest !== undefined) this.#awaited.delete(oldest);
  }
}

/** What a socket says to itself is one flow: it counts once (RFC 9293 §3.5, simultaneous connection). */
function begun(here: End, there: End, socket: number): Side {
  const out = new Flow(here, there, socket);
  const isItself = keyOf(here) === keyOf(there);
  const back = isItself ? out : new Flow(there, here, socket + modulus / 2);
  return { out, in: back, connection: { isReset: false } };
}
