/** Datagrams between sockets of ours: which were received is told by their ports and bytes, so that each is written once. */
import type { Address } from '../../events/address.ts';
import { endOf } from './flows.ts';
import { pcapngLimits } from './limits.ts';
import type { End } from './packets.ts';

interface Underway {
  readonly ports: string;
  readonly size: number;
  readonly sum: number;
  /** Sockets that had it: a group has many. */
  readonly receivers: Set<number>;
}

const fnvPrime = 0x0100_0193;
const fnvBasis = 0x811c_9dc5;

/** FNV-1a, 32 bits. Two datagrams that share it and their size are told apart in no packet, and in every event. */
function sumOf(data: Uint8Array): number {
  let sum = fnvBasis;
  for (const byte of data) sum = Math.imul(sum ^ byte, fnvPrime);
  return sum >>> 0;
}

export class Datagrams {
  #underway: Underway[] = [];
  readonly #locals = new Map<number, Address>();

  bind(socket: number, local: Address): void {
    this.#locals.set(socket, local);
  }

  close(socket: number): void {
    this.#locals.delete(socket);
  }

  /** Both ends of a datagram of this socket. A socket on every address has the one that its peer's family has on this machine. */
  ends(socket: number, remote: Address): { readonly own: End; readonly peer: End } | null {
    const local = this.#locals.get(socket);
    if (local === undefined) return null;
    const [own, peer] = [endOf(local), endOf(remote)];
    return { own: own.host.some((byte) => byte !== 0) ? own : { ...own, host: loopbackOf(peer) }, peer };
  }

  sent(own: End, peer: End, data: Uint8Array): void {
    this.#underway.push({
      ports: `${own.port} ${peer.port}`,
      size: data.length,
      sum: sumOf(data),
      receivers: new Set(),
    });
    // The oldest were lost, or never came here.
    if (this.#underway.length > 2 * pcapngLimits.datagrams)
      this.#underway = this.#underway.slice(-pcapngLimits.datagrams);
  }

  /** Whether this datagram is one that was sent by a socket of ours, and so has its packet. */
  wasSent(socket: number, own: End, peer: End, data: Uint8Array): boolean {
    const ports = `${peer.port} ${own.port}`;
    const sum = sumOf(data);
    const found = this.#underway.find(
      (one) =>
        one.ports === ports && one.size === data.length && one.sum === sum && !one.receivers.has(socket),
    );
    found?.receivers.add(socket);
    return found !== undefined;
  }

  clear(): void {
    this.#underway = [];
    this.#locals.clear();
  }
}

/** 127.0.0.1 or ::1 where the peer is on this machine; else which address it was is not known. */
function loopbackOf({ host }: End): Uint8Array {
  if (host.length === 4) return Uint8Array.of(...(host[0] === 127 ? [127, 0, 0, 1] : [0, 0, 0, 0]));
  const isLoopback = host.every((byte, index) => byte === (index === 15 ? 1 : 0));
  return Uint8Array.from(host, (_, index) => (isLoopback && index === 15 ? 1 : 0));
}
