/** Which two of our own sockets are the ends of one connection. */
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import type { Address } from '@socket-playground/shared/events/address.ts';
import { plainHost } from '@socket-playground/shared/events/special-hosts.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { nsPerSecond } from '@socket-playground/shared/units.ts';

/** An end may close before the other's `accepted` is recorded, but not for long: ports are used again. */
const rememberedNs = nsPerSecond;

interface Single {
  readonly socket: number;
  closedAt: number | null;
}

const plain = ({ host, port }: Address) => formatAddress({ host: plainHost(host), port });
const keyOf = (from: Address, to: Address) => `${plain(from)} ${plain(to)}`;

export class Peers {
  readonly #singles = new Map<string, Single>();
  readonly #keys = new Map<number, string>();
  readonly #pairs = new Map<number, number>();

  /** The other end of a connection, when it is ours too. */
  of(socket: number): number | null {
    return this.#pairs.get(socket) ?? null;
  }

  apply(event: SocketEvent): void {
    if (event.type === 'connected' || event.type === 'accepted') this.#joined(event.socket, event);
    if (event.type === 'closed') this.#left(event.socket, event.time);
  }

  /** A connection whose beginning was missed. */
  meet({ socket, role, local, remote, openedAt }: SocketState): void {
    const isKnown = this.#keys.has(socket) || this.#pairs.has(socket);
    if (isKnown || role !== 'connection' || local === null || remote === null) return;
    this.#joined(socket, { local, remote, time: openedAt });
  }

  /** It closed unseen: whoever comes later is not its other end. */
  gone(socket: number): void {
    this.#left(socket, -Infinity);
  }

  /** These sockets are open, and no others: those closed unseen. */
  stand(open: ReadonlySet<number>): void {
    for (const socket of [...this.#keys.keys(), ...this.#pairs.keys()])
      if (!open.has(socket)) this.forget(socket);
  }

  forget(socket: number): void {
    const key = this.#keys.get(socket);
    if (key !== undefined && this.#singles.get(key)?.socket === socket) this.#singles.delete(key);
    this.#keys.delete(socket);
    this.#pairs.delete(socket);
  }

  #joined(socket: number, { local, remote, time }: { local: Address; remote: Address; time: number }): void {
    const otherKey = keyOf(remote, local);
    const other = this.#singles.get(otherKey);
    if (other !== undefined && (other.closedAt === null || time - other.closedAt < rememberedNs)) {
      this.#singles.delete(otherKey);
      this.#pairs.set(socket, other.socket);
      this.#pairs.set(other.socket, socket);
      return;
    }
    const key = keyOf(local, remote);
    this.#singles.set(key, { socket, closedAt: null });
    this.#keys.set(socket, key);
  }

  #left(socket: number, time: number): void {
    const key = this.#keys.get(socket);
    const single = key === undefined ? undefined : this.#singles.get(key);
    if (single?.socket === socket) single.closedAt = time;
  }
}
