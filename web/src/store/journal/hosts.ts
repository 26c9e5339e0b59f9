import type { Address } from '@socket-playground/shared/events/address.ts';
import { isLoopback } from '@socket-playground/shared/events/special-hosts.ts';

/** Whether all addresses of a log are of one loopback host. */
export class Hosts {
  #only: string | null = null;
  #one = true;

  get one(): boolean {
    return this.#one;
  }

  add(address: Address | null | undefined): void {
    if (address === null || address === undefined || !this.#one) return;
    if (this.#only !== null) this.#one = address.host === this.#only;
    else {
      this.#only = address.host;
      this.#one = isLoopback(address.host);
    }
  }
}
