import { behaviours } from '@socket-playground/shared/behaviours/index.ts';
import type { BehaviourConfig } from '@socket-playground/shared/behaviours/index.ts';
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { Answerers } from './answerers.ts';
import { CalledPeers } from './called-peers.ts';

export interface LoopLimits {
  readonly loopAnswers: number;
  readonly calledPeers: number;
}

/**
 * Two datagram sockets that answer every datagram would feed each other for ever. That takes a first datagram by hand,
 * so only peers that a socket called are watched: at most `loopAnswers` answers go to them. One of our own sockets that
 * answers by itself gets none at all. Whoever calls us gets every answer.
 */
export class DatagramLoops {
  readonly #limits: LoopLimits;
  readonly #answerers = new Answerers();
  readonly #peers = new Map<number, CalledPeers>();

  constructor(limits: LoopLimits) {
    this.#limits = limits;
  }

  /** The socket has a new address or a new behaviour. */
  moved({ socket, role, local, behaviour }: SocketState): void {
    if (role === 'datagram') this.#answerers.put(socket, answers(behaviour) ? local : null);
  }

  /** Before a datagram is answered: null to go on, the problem the first time it must not be, `silent` after that. */
  check({ socket }: SocketState, config: BehaviourConfig, from: Address): Problem | 'silent' | null {
    if (!answers(config)) return null;
    const called = this.#peers.get(socket)?.called(from);
    if (!this.#answerers.reachedBy(from)) {
      if (!called) return null;
      called.answers += 1;
      if (called.answers <= this.#limits.loopAnswers) return null;
    }
    const watched = called ?? this.#of(socket).peer(from);
    if (watched.reported) return 'silent';
    watched.reported = true;
    return problem('behaviour-loop', { socket, name: config.name });
  }

  /** A behaviour's answer is on its way. */
  answering(socket: number, to: Address): void {
    this.#of(socket).answering(to);
  }

  /** The kernel took a datagram: an answer, or else one sent by hand. */
  sent(socket: number, to: Address): void {
    const peers = this.#of(socket);
    if (!peers.answered(to)) peers.call(to);
  }

  /** The kernel did not take the answer. */
  unsent(socket: number, to: Address): void {
    this.#peers.get(socket)?.answered(to);
  }

  forget(socket: number): void {
    this.#answerers.put(socket, null);
    this.#peers.delete(socket);
  }

  #of(socket: number): CalledPeers {
    const known = this.#peers.get(socket);
    if (known) return known;
    const peers = new CalledPeers(this.#limits.calledPeers);
    this.#peers.set(socket, peers);
    return peers;
  }
}

const answers = ({ name }: BehaviourConfig) => behaviours[name].answersOn.includes('dgram');
