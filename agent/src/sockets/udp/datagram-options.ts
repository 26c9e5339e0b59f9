import type dgram from 'node:dgram';
import type { Family } from '@socket-playground/shared/events/address.ts';
import type { SocketFact } from '@socket-playground/shared/events/event.ts';
import type { Membership, OptionName, OptionSetting } from '@socket-playground/shared/events/option.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { done, refuse } from '../../result.ts';
import type { Result } from '../../result.ts';
import { failure, problemOfError } from '../kernel-problem.ts';
import type { SocketHost, SocketOptions } from '../socket.ts';
import { createDatagramSocket } from './handle.ts';
import { interfaceOf } from './interfaces.ts';

/**
 * The options of a datagram socket. There is no kernel socket before it is bound: what is set earlier is kept, applied
 * right after binding, and recorded then. Each was a call of its own and is told of, so that none takes the place of
 * another: past `earlyOptions` of them the next is refused.
 */
export class DatagramOptions {
  readonly #host: SocketHost;
  readonly #family: Family;
  readonly #mostEarly: number;
  #early: OptionSetting[] = [];
  #ipv6Only = false;
  #hasOwnBuffer = false;

  constructor(host: SocketHost, { family, limits }: Pick<SocketOptions, 'family' | 'limits'>) {
    this.#host = host;
    this.#family = family;
    this.#mostEarly = limits.earlyOptions;
  }

  /** A socket to be bound. Several members of a group on one machine share its address and port. */
  create(family: Family): dgram.Socket {
    const reuseAddr = this.#early.some(({ option }) => option === 'addMembership');
    return createDatagramSocket({ family, ipv6Only: this.#ipv6Only, reuseAddr });
  }

  /** Whether the receive buffer was chosen by hand: it may be too small for a single datagram. */
  get hasOwnBuffer(): boolean {
    return this.#hasOwnBuffer;
  }

  set(setting: OptionSetting, raw: dgram.Socket | null): Result<null> {
    const refused = this.#check(setting, raw);
    if (refused) return refuse(refused);
    if (setting.option === 'ipv6Only') {
      this.#ipv6Only = setting.value;
      this.#host.record({ type: 'option-set', ...setting });
    } else if (raw === null) {
      return this.#keep(setting);
    } else {
      const { fact, result } = this.#apply(setting, raw);
      this.#host.record(fact);
      return result;
    }
    return done(null);
  }

  #keep(setting: OptionSetting): Result<null> {
    const most = this.#mostEarly;
    if (this.#early.length >= most)
      return refuse(problem('too-many-options', { socket: this.#host.id, most }, 'option'));
    this.#early.push(setting);
    return done(null);
  }

  /**
   * After bind(2), in the order they were set; what the kernel refuses leaves the rest to be applied all the same. Answers
   * what came of each, to be told when the socket is `taken`: until then they are kept, for another kernel socket.
   */
  applyEarly(raw: dgram.Socket): readonly SocketFact[] {
    return this.#early.map((setting) => this.#apply(setting, raw).fact);
  }

  /** Tells what came of the early ones, and applies what was set since. */
  taken(raw: dgram.Socket, early: readonly SocketFact[]): void {
    const since = this.#early.slice(early.length);
    this.#early = [];
    for (const fact of early) this.#host.record(fact);
    for (const setting of since) this.#host.record(this.#apply(setting, raw).fact);
  }

  #check({ option }: OptionSetting, raw: dgram.Socket | null): Problem | null {
    if (option === 'noDelay' || option === 'keepAlive' || option === 'readSize')
      return this.#unsupported(option, 'a datagram socket');
    if (option !== 'ipv6Only') return null;
    if (this.#family !== 'inet6') return this.#unsupported(option, 'an inet socket');
    return raw === null ? null : problem('already-bound', { socket: this.#host.id }, 'option');
  }

  #unsupported(option: OptionName, kind: string): Problem {
    return problem('option-not-supported', { socket: this.#host.id, option, kind }, 'option');
  }

  /** What the kernel made of it. */
  #apply(setting: OptionSetting, raw: dgram.Socket): { fact: SocketFact; result: Result<null> } {
    try {
      const fact = { type: 'option-set', ...setOn(raw, setting) } as const;
      if (setting.option === 'receiveBuffer') this.#hasOwnBuffer = true;
      return { fact, result: done(null) };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const refused = problemOfError(error, { during: 'setsockopt', socketType: 'dgram' });
      return { fact: failure('setsockopt', refused), result: refuse({ ...refused, field: 'value' }) };
    }
  }
}

function setOn(raw: dgram.Socket, setting: OptionSetting): OptionSetting {
  switch (setting.option) {
    case 'broadcast':
      raw.setBroadcast(setting.value);
      break;
    case 'ttl':
      raw.setTTL(setting.value);
      raw.setMulticastTTL(setting.value);
      break;
    case 'receiveBuffer':
      raw.setRecvBufferSize(setting.value);
      return { option: 'receiveBuffer', value: raw.getRecvBufferSize() };
    case 'addMembership':
      raw.addMembership(setting.value.group, interfaceFor(setting.value));
      break;
    case 'dropMembership':
      raw.dropMembership(setting.value.group, interfaceFor(setting.value));
      break;
    case 'noDelay':
    case 'keepAlive':
    case 'ipv6Only':
    case 'readSize':
      throw new TypeError(`${setting.option} is not an option of datagram sockets.`);
  }
  return setting;
}

function interfaceFor(membership: Membership): string | undefined {
  if (membership.interface === undefined) return undefined;
  const found = interfaceOf(membership.interface);
  if (found === null) throw new NoInterface(`No interface has ${membership.interface}.`);
  return found;
}

class NoInterface extends Error {
  readonly code = 'ENODEV';
}
