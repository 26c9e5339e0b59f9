import type dgram from 'node:dgram';
import { isIPv4 } from 'node:net';
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { OptionSetting } from '@socket-playground/shared/events/option.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problems.ts';
import { done, refuse } from '../../result.ts';
import type { Refusal, Result } from '../../result.ts';
import { isLoopback } from '../../policy/addresses.ts';
import { failure, kernelProblem, problemOfError } from '../kernel-problem.ts';
import type { AgentSocket, Ends, SocketHost, SocketLimits, SocketOptions } from '../socket.ts';
import { DatagramOptions } from './datagram-options.ts';
import { createDatagramSocket, startReading, stopReading } from './handle.ts';

type Phase =
  | { readonly is: 'idle' }
  | { readonly is: 'binding'; readonly raw: dgram.Socket; readonly settled: Promise<Problem | null> }
  | { readonly is: 'bound'; readonly raw: dgram.Socket; readonly remote: Address | null }
  | { readonly is: 'closed' };

export class UdpSocket implements AgentSocket {
  readonly #host: SocketHost;
  readonly #limits: SocketLimits;
  readonly #options: DatagramOptions;
  #phase: Phase = { is: 'idle' };
  #paused = false;
  #held = false;
  #reading = true;
  #queuedBytes = 0;

  constructor(host: SocketHost, { family, limits }: SocketOptions) {
    this.#host = host;
    this.#limits = limits;
    this.#options = new DatagramOptions(host, family);
  }

  get id(): number {
    return this.#host.id;
  }

  get queued(): number {
    return this.#queuedBytes;
  }

  async bind(local: Address): Promise<Result<Address>> {
    if (this.#phase.is !== 'idle') return this.#misplaced('already-bound');
    const raw = createDatagramSocket({
      family: familyOf(local),
      ipv6Only: this.#options.ipv6Only,
      reuseAddr: this.#options.reuseAddr,
    });
    const settled = bound(raw, local);
    this.#phase = { is: 'binding', raw, settled };
    const refused = await settled;
    if (refused) return this.#notBound(raw, refused);
    const { address, port } = raw.address();
    raw.on('message', (data, from) => this.#received(data, { host: from.address, port: from.port }));
    raw.on('error', (error) => this.#asyncError(error));
    this.#phase = { is: 'bound', raw, remote: null };
    this.#prepare(raw, address);
    this.#host.record({ type: 'bound', local: { host: address, port } });
    const applied = this.#options.applyEarly(raw);
    return applied.ok ? done({ host: address, port }) : applied;
  }

  #notBound(raw: dgram.Socket, refused: Problem): Refusal {
    this.#host.record(failure('bind', refused));
    if (this.#phase.is !== 'closed') {
      raw.close();
      this.#phase = { is: 'idle' };
    }
    return refuse(refused);
  }

  /** A large receive buffer loses fewer datagrams; multicast from a loopback socket stays on this computer. */
  #prepare(raw: dgram.Socket, host: string): void {
    raw.setRecvBufferSize(this.#limits.udpReceiveBytes);
    if (isIPv4(host) && isLoopback(host)) raw.setMulticastInterface(host);
    this.#read();
  }

  listen(): Promise<Result<Address>> {
    return this.#notSupported('listen');
  }

  async connect(remote: Address): Promise<Result<Ends>> {
    if (this.#phase.is === 'bound' && this.#phase.remote !== null)
      return this.#misplaced('already-connected');
    this.#host.record({ type: 'connecting', remote });
    const ready = await this.#ensureBound(remote);
    if (!ready.ok) return ready;
    const raw = ready.value;
    const refused = await connected(raw, remote);
    if (refused) return this.#failed('connect', refused);
    const { address, port } = raw.address();
    const ends = { local: { host: address, port }, remote };
    this.#phase = { is: 'bound', raw, remote };
    this.#host.record({ type: 'connected', ...ends });
    return done(ends);
  }

  async send(data: Uint8Array): Promise<Result<number>> {
    if (this.#phase.is !== 'bound' || this.#phase.remote === null) return this.#misplaced('not-connected');
    const { raw, remote } = this.#phase;
    const sent = await this.#transmit(data, remote, 'send', (callback) => raw.send(data, callback));
    return sent.ok ? done(this.#queuedBytes) : sent;
  }

  async sendTo(data: Uint8Array, remote: Address): Promise<Result<null>> {
    if (this.#phase.is === 'bound' && this.#phase.remote !== null)
      return this.#misplaced('already-connected');
    const ready = await this.#ensureBound(remote);
    if (!ready.ok) return ready;
    return this.#transmit(data, remote, 'sendto', (callback) =>
      ready.value.send(data, remote.port, remote.host, callback),
    );
  }

  async #transmit(
    data: Uint8Array,
    remote: Address,
    during: string,
    send: (callback: Callback) => void,
  ): Promise<Result<null>> {
    const most = this.#limits.sendQueueBytes;
    if (this.#queuedBytes + data.length > most) {
      return refuse(problem('queue-full', { socket: this.id, queued: this.#queuedBytes, most }));
    }
    this.#queuedBytes += data.length;
    const error = await new Promise<Error | null>(send);
    this.#queuedBytes -= data.length;
    if (error) return this.#failed(during, problemOfError(error, { during, ...remote, socketType: 'dgram' }));
    this.#host.record({ type: 'sent', size: data.length, data, remote });
    return done(null);
  }

  /** The kernel binds an unbound socket when it first sends; here to loopback, when that is where it sends. */
  async #ensureBound(remote: Address): Promise<Result<dgram.Socket>> {
    if (this.#phase.is === 'idle') {
      const made = await this.bind({ host: sourceFor(remote), port: 0 });
      if (!made.ok) return made;
    }
    if (this.#phase.is === 'binding') await this.#phase.settled;
    return this.#phase.is === 'bound' ? done(this.#phase.raw) : this.#misplaced('not-bound');
  }

  setOption(setting: OptionSetting): Promise<Result<null>> {
    if (this.#phase.is === 'closed') return Promise.resolve(this.#misplaced('socket-closed'));
    return Promise.resolve(this.#options.set(setting, this.#phase.is === 'bound' ? this.#phase.raw : null));
  }

  pause(): Result<null> {
    if (this.#phase.is !== 'bound') return this.#misplaced('not-bound');
    if (!this.#paused) {
      this.#paused = true;
      this.#read();
      this.#host.record({ type: 'paused' });
    }
    return done(null);
  }

  resume(): Result<null> {
    if (this.#phase.is !== 'bound') return this.#misplaced('not-bound');
    if (this.#paused) {
      this.#paused = false;
      this.#host.record({ type: 'resumed' });
      this.#read();
    }
    return done(null);
  }

  hold(): void {
    this.#held = true;
    this.#read();
  }

  release(): void {
    this.#held = false;
    this.#read();
  }

  #read(): void {
    const wanted = !this.#paused && !this.#held;
    if (this.#phase.is !== 'bound' || wanted === this.#reading) return;
    this.#reading = wanted;
    if (wanted) startReading(this.#phase.raw);
    else stopReading(this.#phase.raw);
  }

  shutdown(): Promise<Result<null>> {
    return this.#notSupported('shutdown');
  }

  async close(): Promise<void> {
    const before = this.#phase;
    if (before.is === 'closed') return;
    this.#phase = { is: 'closed' };
    if (before.is !== 'idle') await new Promise<void>((resolve) => before.raw.close(resolve));
    this.#host.record({ type: 'closed' });
  }

  /** Datagram sockets have no RST: closing is all there is. */
  reset(): Promise<void> {
    return this.close();
  }

  #received(data: Buffer, remote: Address): void {
    this.#host.record({ type: 'received', size: data.length, data: Uint8Array.from(data), remote });
  }

  /** The kernel reports some failures of a send only later, such as a refused datagram of a connected socket (udp(7)). */
  #asyncError(error: Error): void {
    const remote = this.#phase.is === 'bound' ? this.#phase.remote : null;
    this.#failed('send', problemOfError(error, { during: 'send', ...remote, socketType: 'dgram' }));
  }

  #failed(during: string, refused: Problem): Refusal {
    if (this.#phase.is !== 'closed') this.#host.record(failure(during, refused));
    return refuse(refused);
  }

  #notSupported(verb: string): Promise<Refusal> {
    return Promise.resolve(
      refuse(problem('not-supported', { socket: this.id, verb, role: 'datagram socket' })),
    );
  }

  #misplaced(
    code: 'already-bound' | 'already-connected' | 'not-bound' | 'not-connected' | 'socket-closed',
  ): Refusal {
    return refuse(problem(this.#phase.is === 'closed' ? 'socket-closed' : code, { socket: this.id }));
  }
}

const familyOf = ({ host }: Address) => (isIPv4(host) ? 'inet' : 'inet6');

/** Where a socket that was not bound sends from: loopback when that is where it sends, so that nobody else can answer. */
function sourceFor({ host }: Address): string {
  if (isLoopback(host)) return isIPv4(host) ? '127.0.0.1' : '::1';
  return isIPv4(host) ? '0.0.0.0' : '::';
}

type Callback = (error: Error | null) => void;

function bound(raw: dgram.Socket, { host, port }: Address): Promise<Problem | null> {
  const about = { during: 'bind', host, port, socketType: 'dgram' as const };
  return new Promise((resolve) => {
    const failed = (error: Error) => resolve(problemOfError(error, about));
    raw.once('error', failed).once('close', () => resolve(kernelProblem('ECANCELED', about)));
    raw.bind({ address: host, port, exclusive: true }, () => {
      raw.off('error', failed);
      resolve(null);
    });
  });
}

function connected(raw: dgram.Socket, { host, port }: Address): Promise<Problem | null> {
  const about = { during: 'connect', host, port, socketType: 'dgram' as const };
  return new Promise((resolve) => {
    raw.connect(port, host, (error?: Error) => resolve(error ? problemOfError(error, about) : null));
  });
}
