/** Which row of a datagram is the receipt of which, between sockets of ours: as far as order and content tell. */
import { DatagramFlow } from '@socket-playground/shared/streams/join-datagrams.ts';
import type { Settled } from '@socket-playground/shared/streams/join-datagrams.ts';
import { Partners } from './partners.ts';

const keyOf = (from: number, to: number): string => `${from}>${to}`;

export class Datagrams {
  readonly #flows = new Map<string, { readonly to: number; readonly flow: DatagramFlow }>();
  /** The keys of each socket's flows, both ways. */
  readonly #keys = new Map<number, Set<string>>();
  readonly #partners = new Partners();

  sent(from: number, to: number, position: number, content: string): void {
    this.#flow(from, to).sent(position, content);
  }

  received(from: number, to: number, position: number, content: string): void {
    this.#settle(this.#flow(from, to).received(position, content));
  }

  /** Position of the other row of a datagram that was sent and received here; null where that is not known. */
  partnerOf(position: number): number | null {
    return this.#partners.of(position);
  }

  /** Whether it was sent and certainly never arrived. */
  isLost(position: number): boolean {
    return this.#partners.isAlone(position);
  }

  close(socket: number): void {
    for (const key of this.#keys.get(socket) ?? []) {
      const known = this.#flows.get(key);
      if (known?.to === socket) this.#settle(known.flow.end());
      this.#flows.delete(key);
    }
    this.#keys.delete(socket);
  }

  /** Events are missing here. */
  missed(): void {
    for (const { flow } of this.#flows.values()) flow.forget();
  }

  forgetBefore(position: number): void {
    this.#partners.forgetBefore(position);
  }

  #flow(from: number, to: number): DatagramFlow {
    const key = keyOf(from, to);
    const known = this.#flows.get(key) ?? { to, flow: new DatagramFlow() };
    this.#flows.set(key, known);
    for (const socket of [from, to]) this.#keys.set(socket, (this.#keys.get(socket) ?? new Set()).add(key));
    return known.flow;
  }

  #settle(settled: readonly Settled[]): void {
    for (const one of settled) {
      if (one.is === 'lost') this.#partners.leave(one.sent);
      else this.#partners.join(one.sent, one.received);
    }
  }
}
