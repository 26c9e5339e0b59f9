import type { BehaviourConfig } from '@socket-playground/shared/behaviours/index.ts';
import { wouldLoop } from '@socket-playground/shared/behaviours/would-loop.ts';
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { plain } from '../policy/addresses.ts';

/**
 * Two connected sockets of ours that answer everything would feed each other for ever. Commands see most of it coming
 * (`loop.ts`), but not who waits to be accepted, or is still connecting: here both ends are known.
 */
export class StreamLoops {
  /** Our ends of connections, by their own address and the other's. */
  readonly #ends = new Map<string, BehaviourConfig>();

  /** Why the socket may not run its behaviour, or null: then it is one of the ends. */
  enter({ socket, socketType, local, remote, behaviour }: SocketState): Problem | null {
    if (socketType !== 'stream' || local === null || remote === null) return null;
    // A behaviour that would not loop with itself loops with no other.
    if (!wouldLoop(behaviour, behaviour, socketType)) return null;
    const own = keyOf(local, remote);
    this.#ends.set(own, behaviour);
    // A socket may have called itself (RFC 9293 §3.5).
    const other = this.#ends.get(keyOf(remote, local));
    if (other === undefined || !wouldLoop(behaviour, other, socketType)) return null;
    this.#ends.delete(own);
    return problem('behaviour-loop', { socket, name: behaviour.name }, 'behaviour');
  }

  leave({ local, remote }: SocketState): void {
    if (local !== null && remote !== null) this.#ends.delete(keyOf(local, remote));
  }
}

const keyOf = (own: Address, other: Address): string =>
  `${plain(own.host)} ${own.port} ${plain(other.host)} ${other.port}`;
