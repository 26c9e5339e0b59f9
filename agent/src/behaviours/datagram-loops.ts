import { behaviours } from '@socket-playground/shared/behaviours/index.ts';
import type { BehaviourConfig } from '@socket-playground/shared/behaviours/index.ts';
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problems.ts';
import { isUnspecified } from '../policy/addresses.ts';
import { leadsTo } from './leads-to.ts';

/** What is known of one peer of one socket. */
interface Peer {
  /** Answers handed to the kernel and not yet recorded as sent. */
  pending: number;
  /** Whether the socket was made to send there by hand, so that what comes back may be an answer. */
  called: boolean;
  answers: number;
  reported: boolean;
}

/**
 * Two datagram sockets that answer every datagram would feed each other for ever. That takes a first datagram by hand,
 * so only peers that a socket called are watched: at most `most` answers go to them. One of our own sockets that
 * answers by itself gets none at all. Whoever calls us gets every answer.
 */
export class DatagramLoops {
  readonly #states: () => Iterable<SocketState>;
  readonly #most: number;
  readonly #peers = new Map<number, Map<string, Peer>>();

  constructor(states: () => Iterable<SocketState>, most: number) {
    this.#states = states;
    this.#most = most;
  }

  /** Before a datagram is answered: null to go on, the problem the first time it must not be, `silent` after that. */
  check(state: SocketState, config: BehaviourConfig, from: Address): Problem | 'silent' | null {
    if (!answers(config)) return null;
    const called = this.#called(state.socket, from);
    if (!this.#isOwnAnswerer(from)) {
      if (!called) return null;
      called.answers += 1;
      if (called.answers <= this.#most) return null;
    }
    const watched = called ?? this.#peer(state.socket, from);
    if (watched.reported) return 'silent';
    watched.reported = true;
    return problem('behaviour-loop', { socket: state.socket, name: config.name });
  }

  /** A behaviour's answer is on its way. */
  answering(socket: number, to: Address): void {
    this.#peer(socket, to).pending += 1;
  }

  /** The kernel took a datagram: an answer, or else one sent by hand. */
  sent(socket: number, to: Address): void {
    const peer = this.#known(socket, to);
    if (peer && peer.pending > 0) this.#answered(socket, to, peer);
    else this.#peer(socket, isUnspecified(to.host) ? anywhereHere(to) : to).called = true;
  }

  /** The kernel did not take the answer. */
  unsent(socket: number, to: Address): void {
    const peer = this.#known(socket, to);
    if (peer) this.#answered(socket, to, peer);
  }

  /** Most peers only call and get their answers: nothing is kept of them in between. */
  #answered(socket: number, address: Address, peer: Peer): void {
    peer.pending -= 1;
    if (peer.pending === 0 && !peer.called && !peer.reported)
      this.#peers.get(socket)?.delete(formatAddress(address));
  }

  forget(socket: number): void {
    this.#peers.delete(socket);
  }

  /** The peer as the socket called it, which may have been by `0.0.0.0`: only its answer tells its address. */
  #called(socket: number, from: Address): Peer | undefined {
    const peer = this.#known(socket, from);
    return peer?.called ? peer : this.#known(socket, anywhereHere(from));
  }

  #known(socket: number, address: Address): Peer | undefined {
    return this.#peers.get(socket)?.get(formatAddress(address));
  }

  #peer(socket: number, address: Address): Peer {
    const peers = this.#peers.get(socket) ?? new Map<string, Peer>();
    this.#peers.set(socket, peers);
    const key = formatAddress(address);
    const peer = peers.get(key) ?? { pending: 0, called: false, answers: 0, reported: false };
    peers.set(key, peer);
    return peer;
  }

  #isOwnAnswerer(from: Address): boolean {
    for (const { role, local, behaviour } of this.#states()) {
      if (role === 'datagram' && local !== null && answers(behaviour) && leadsTo(from, local)) return true;
    }
    return false;
  }
}

/** Whatever receives on this port of this computer. */
const anywhereHere = ({ port }: Address): Address => ({ host: '*', port });

const answers = ({ name }: BehaviourConfig) => behaviours[name].answersOn.includes('dgram');
