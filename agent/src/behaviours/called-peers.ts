import { formatAddress } from '@socket-playground/shared/events/address.ts';
import type { Address } from '@socket-playground/shared/events/address.ts';
import { isUnspecified } from '../policy/addresses.ts';

/** What is remembered of one peer of one socket. */
export interface Peer {
  /** Whether the socket was made to send there by hand, so that what comes back may be an answer. */
  called: boolean;
  answers: number;
  reported: boolean;
}

/**
 * The peers of one socket, at most `most`. Past that the one that was quiet longest is forgotten and may be answered
 * like a stranger: a loop is never quiet, so it is not among those for as long as fewer than `most` run at once.
 */
export class CalledPeers {
  readonly #most: number;
  /** The quietest first. */
  readonly #peers = new Map<string, Peer>();
  /** Answers handed to the kernel and not yet recorded as sent. Nothing else is kept of who only calls us. */
  readonly #answering = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** The peer as the socket called it, which may have been by `0.0.0.0`: only its answer tells its address. */
  called(from: Address): Peer | undefined {
    if (this.#peers.size === 0) return undefined;
    const peer = this.#heard(formatAddress(from));
    return peer?.called ? peer : this.#heard(anywhereHere(from));
  }

  /** Remembered from now on. */
  peer(address: Address): Peer {
    return this.#heard(formatAddress(address)) ?? this.#remember(formatAddress(address));
  }

  answering(to: Address): void {
    const key = formatAddress(to);
    this.#answering.set(key, (this.#answering.get(key) ?? 0) + 1);
  }

  /** An answer is out, or will never be. False when none was under way: then it was sent by hand. */
  answered(to: Address): boolean {
    const key = formatAddress(to);
    const count = this.#answering.get(key);
    if (count === undefined) return false;
    if (count > 1) this.#answering.set(key, count - 1);
    else this.#answering.delete(key);
    return true;
  }

  call(to: Address): void {
    const key = isUnspecified(to.host) ? anywhereHere(to) : formatAddress(to);
    (this.#heard(key) ?? this.#remember(key)).called = true;
  }

  #heard(key: string): Peer | undefined {
    const peer = this.#peers.get(key);
    if (peer && this.#peers.size > 1) {
      this.#peers.delete(key);
      this.#peers.set(key, peer);
    }
    return peer;
  }

  #remember(key: string): Peer {
    const peer = { called: false, answers: 0, reported: false };
    this.#peers.set(key, peer);
    for (const quietest of this.#peers.keys()) {
      if (this.#peers.size <= this.#most) break;
      this.#peers.delete(quietest);
    }
    return peer;
  }
}

/** Whatever receives on this port of this computer. */
const anywhereHere = ({ port }: Address) => formatAddress({ host: '*', port });
