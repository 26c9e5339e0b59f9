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

export class Connections {
  readonly #sides = new Map<number, Side>();
  /** Those whose other end has not come yet, as it would see them. It may come when this one is closed already. */
  readonly #awaited = new Map<string, Side>();

  of(socket: number): Side | undefined {
    return this.#sides.get(socket);
  }

  /** The connection of this socket; it is known already when its other end is a socket of ours that came before. */
  open(socket: number, local: Address, remote: Address): { readonly side: Side; readonly isNew: boolean } {
    const [here, there] = [endOf(local), endOf(remote)];
    const key = `${keyOf(here)} ${keyOf(there)}`;
    const awaited = this.#awaited.get(key);
    const side = awaited ?? begun(here, there, socket);
    side.in.isReceivedHere = true;
    this.#sides.set(socket, side);
    if (awaited === undefined) this.#await(`${keyOf(there)} ${keyOf(here)}`, side);
    else this.#awaited.delete(key);
    return { side, isNew: awaited === undefined };
  }

  close(socket: number): void {
    this.#sides.delete(socket);
  }

  clear(): void {
    this.#sides.clear();
    this.#awaited.clear();
  }

  #await(key: string, { out, in: back, connection }: Side): void {
    this.#awaited.delete(key);
    this.#awaited.set(key, { out: back, in: out, connection });
    const [oldest] = this.#awaited.keys();
    if (this.#awaited.size > pcapngLimits.conversations && oldest !== undefined) this.#awaited.delete(oldest);
  }
}

function begun(here: End, there: End, socket: number): Side {
  return {
    out: new Flow(here, there, socket),
    in: new Flow(there, here, socket + modulus / 2),
    connection: { isReset: false },
  };
}
