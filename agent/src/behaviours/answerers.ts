import type { Address } from '@socket-playground/shared/events/address.ts';
import { isLoopback, isUnspecified, plain } from '../policy/addresses.ts';

/** Where our own datagram sockets that answer by themselves are reached. Asked for each datagram, so found by port. */
export class Answerers {
  readonly #places = new Map<number, Address>();
  /** Port → host, in one spelling → how many sockets are bound there. */
  readonly #byPort = new Map<number, Map<string, number>>();

  /** The socket answers at this address, or nowhere any more (null). */
  put(socket: number, local: Address | null): void {
    const before = this.#places.get(socket);
    if (before) this.#count(before, -1);
    if (local) this.#places.set(socket, local);
    else this.#places.delete(socket);
    if (local) this.#count(local, 1);
  }

  /** Whether what is sent to `remote` arrives at one of them (`leads-to.ts`). */
  reachedBy({ host, port }: Address): boolean {
    const hosts = this.#byPort.get(port);
    if (!hosts) return false;
    if (hosts.has(plain(host)) || isUnspecified(host)) return true;
    return isLoopback(host) && (hosts.has('0.0.0.0') || hosts.has('::'));
  }

  #count({ host, port }: Address, change: 1 | -1): void {
    const hosts = this.#byPort.get(port) ?? new Map<string, number>();
    const key = plain(host);
    const count = (hosts.get(key) ?? 0) + change;
    if (count > 0) hosts.set(key, count);
    else hosts.delete(key);
    if (hosts.size > 0) this.#byPort.set(port, hosts);
    else this.#byPort.delete(port);
  }
}
