import type net from 'node:net';
import type { Family } from '@socket-playground/shared/events/address.ts';
import type { OptionName, OptionSetting } from '@socket-playground/shared/events/option.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import { done, refuse } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { SocketHost } from '../socket.ts';
import type { TcpHandle } from './handle.ts';

/** What the option can be set on right now: a bound or listening handle, a stream, or neither yet. */
interface Target {
  readonly handle: TcpHandle | null;
  readonly raw: net.Socket | null;
  readAtMost(bytes: number): void;
}

/** The options of a stream socket. What is set early is kept and applied as soon as there is a kernel socket. */
export class StreamOptions {
  readonly #host: SocketHost;
  readonly #family: Family;
  #noDelay = false;
  #keepAlive = false;
  ipv6Only = false;

  constructor(host: SocketHost, family: Family) {
    this.#host = host;
    this.#family = family;
  }

  set(setting: OptionSetting, target: Target): Result<null> {
    switch (setting.option) {
      case 'noDelay':
        this.#noDelay = setting.value;
        target.raw?.setNoDelay(setting.value);
        target.handle?.setNoDelay(setting.value);
        break;
      case 'keepAlive':
        this.#keepAlive = setting.value;
        target.raw?.setKeepAlive(setting.value);
        target.handle?.setKeepAlive(setting.value, 0);
        break;
      case 'readSize':
        target.readAtMost(setting.value);
        break;
      case 'ipv6Only':
        if (this.#family !== 'inet6') return this.#unsupported(setting.option, 'an inet socket');
        if (target.handle ?? target.raw)
          return refuse(problem('already-bound', { socket: this.#host.id }, 'option'));
        this.ipv6Only = setting.value;
        break;
      default:
        return this.#unsupported(setting.option, 'a stream socket');
    }
    this.#host.record({ type: 'option-set', ...setting });
    return done(null);
  }

  /** Before connect(2). */
  prepare(raw: net.Socket): void {
    if (this.#noDelay) raw.setNoDelay(true);
    if (this.#keepAlive) raw.setKeepAlive(true);
  }

  /** Before listen(2): accepted connections inherit these from their listener (tcp(7)). */
  applyTo(handle: TcpHandle): void {
    if (this.#noDelay) handle.setNoDelay(true);
    if (this.#keepAlive) handle.setKeepAlive(true, 0);
  }

  #unsupported(option: OptionName, kind: string): Result<null> {
    return refuse(problem('option-not-supported', { socket: this.#host.id, option, kind }, 'option'));
  }
}
