import type { Address } from '@socket-playground/shared/events/address.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { sourceAndDestination } from './ends.ts';
import type { Ends } from './ends.ts';

const isLoopback = (host: string) => host.startsWith('127.') || host === '::1';

/** Whether all addresses of a log are of one loopback host. */
export class Hosts {
  #only: string | null = null;
  #one = true;

  get one(): boolean {
    return this.#one;
  }

  add(event: SocketEvent, ends: Ends): void {
    if (!this.#one) return;
    const { source, destination } = sourceAndDestination(ends, event);
    this.#see(source);
    this.#see(destination);
  }

  #see(address: Address | null): void {
    if (address === null) return;
    this.#only ??= address.host;
    if (address.host !== this.#only || !isLoopback(address.host)) this.#one = false;
  }
}
