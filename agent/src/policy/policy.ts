/**
 * Which addresses sockets may use. Everything is decided on numeric addresses, after names were resolved, and the address
 * that was checked is the one that is used.
 */
import type { Address, SocketType } from '@socket-playground/shared/events/address.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import ipaddr from 'ipaddr.js';
import { isLoopback, meansHere, parseIp, readings, staysHere } from './addresses.ts';
import type { Ip } from './addresses.ts';
import { allows } from './allow.ts';
import type { AllowRule } from './allow.ts';
import type { TargetRate } from './target-rate.ts';

export interface PolicyOptions {
  readonly allow: readonly AllowRule[];
  /** Whether other computers may be let in. */
  readonly expose: boolean;
  /** The addresses of this computer's interfaces, now. */
  localAddresses(): readonly string[];
  readonly rate: TargetRate;
}

/** Metadata services of cloud providers: what they hand out is a key to more. */
const metadata = ['169.254.169.254', '169.254.170.2', '100.100.100.200', 'fd00:ec2::254'].map((host) =>
  ipaddr.parse(host).toString(),
);

/** The socket that asks: where it is bound decides where its multicast goes. */
export interface Asking {
  readonly socketType: SocketType;
  readonly local: Address | null;
}

export class Policy {
  readonly #options: PolicyOptions;
  #ownPort: number | null = null;

  constructor(options: PolicyOptions) {
    this.#options = options;
  }

  /** The agent's own TCP port: out of bounds on every local address. */
  reservePort(port: number): void {
    this.#ownPort = port;
  }

  /** Why nothing may be sent to this target, or null. */
  target(remote: Address, { socketType, local }: Asking): Problem | null {
    const ip = parseIp(remote.host);
    if (ip === null) return problem('policy-target', remote, 'host');
    if (socketType === 'stream' && remote.port === this.#ownPort && this.#isHere(ip))
      return problem('policy-self', remote, 'port');
    if (!this.#mayReach(ip, remote, local)) return problem('policy-target', remote, 'host');
    return this.#options.rate.admit(remote);
  }

  /** Why nothing may wait at this address, or null. */
  listen(local: Address, socketType: SocketType): Problem | null {
    if (socketType === 'stream' && local.port === this.#ownPort) return problem('policy-self', local, 'port');
    return this.#options.expose || isLoopback(local.host) ? null : problem('policy-listen', local, 'host');
  }

  /** Why a group may not be joined, or null: only on the loopback interface do its datagrams come from this computer alone. */
  join(group: string, on: string | undefined): Problem | null {
    const isHere = on !== undefined && isLoopback(on) && !hasZone(on);
    if (this.#options.expose || isHere) return null;
    return problem('policy-join', { group }, 'value.interface');
  }

  #mayReach(ip: Ip, remote: Address, local: Address | null): boolean {
    if (readings(ip).some(isForbidden)) return false;
    if (staysHere(ip)) return true;
    if (ip.range() === 'multicast' && local !== null && isLoopback(local.host) && !hasZone(remote.host))
      return true;
    const hosts = readings(ip).map(String);
    return hosts.every((host) => this.#options.allow.some((rule) => allows(rule, host, remote.port)));
  }

  #isHere(ip: Ip): boolean {
    const own = this.#options
      .localAddresses()
      .flatMap((host) => parseIp(host) ?? [])
      .map(String);
    return meansHere(ip) || readings(ip).some((reading) => own.includes(String(reading)));
  }
}

/** A zone names an interface, whatever the address before it says (RFC 4007 §11). */
const hasZone = (host: string) => host.includes('%');

const isForbidden = (ip: Ip) => ip.range() === 'linkLocal' || metadata.includes(ip.toString());
