import type { AddressInfo } from 'node:net';
import { formatHost } from '@socket-playground/shared/events/address.ts';

/** Every loopback address is only itself; the name `localhost` means the first of each family (RFC 6761 §6.3). */
const alsoLocalhost = ['127.0.0.1', '::1'];

/**
 * The names this agent answers to, as exact `Host` and `Origin` values. Never "Origin equals Host": a rebound name
 * would make both agree.
 */
export class OwnNames {
  readonly #hosts = new Set<string>();
  readonly #origins = new Set<string>();

  constructor(extra: readonly URL[]) {
    for (const url of extra) this.#add(url);
  }

  /** Takes the address the server was given: with port 0 nobody knows it earlier. */
  listening({ address, port }: Pick<AddressInfo, 'address' | 'port'>): void {
    const literal = formatHost(address);
    for (const name of alsoLocalhost.includes(address) ? [literal, 'localhost'] : [literal]) {
      this.#add(new URL(`http://${name}:${port}`));
    }
  }

  ownsHost(host: string): boolean {
    return this.#hosts.has(host.toLowerCase());
  }

  ownsOrigin(origin: string): boolean {
    return this.#origins.has(origin);
  }

  /** A scheme's default port may be written or left out in `Host` (RFC 9110 §7.2), an `Origin` never carries it. */
  #add(url: URL): void {
    this.#origins.add(url.origin);
    this.#hosts.add(url.host);
    if (url.port === '') this.#hosts.add(`${url.hostname}:${url.protocol === 'https:' ? 443 : 80}`);
  }
}
