import type dgram from 'node:dgram';
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { SocketFact } from '@socket-playground/shared/events/event.ts';
import type { OptionSetting } from '@socket-playground/shared/events/option.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { done, refuse } from '../../result.ts';
import type { Refusal, Result } from '../../result.ts';
import { failure, kernelProblem, problemOfError } from '../kernel-problem.ts';
import { ReadingSocket } from '../reading.ts';
import type { AgentSocket, Ends, SocketHost, SocketLimits, SocketOptions } from '../socket.ts';
import { bindAt, connectTo, prepare, sendFrom } from './calls.ts';
import { DatagramOptions } from './datagram-options.ts';
import type { DropSampler, DropWatch } from './drop-sampler.ts';
import { addressOf, familyOf, sourceFor } from './ends.ts';
import { descriptorOf, startReading, stopReading } from './handle.ts';
import { Outgoing } from './outgoing.ts';

type Phase =
  | { readonly is: 'idle' }
  | { readonly is: 'binding'; readonly raw: dgram.Socket; readonly settled: Promise<unknown> }
  | { readonly is: 'bound'; readonly raw: dgram.Socket }
  | { readonly is: 'connected'; readonly raw: dgram.Socket; readonly remote: Address }
  | { readonly is: 'closed' };

type Misplaced = 'already-bound' | 'already-connected' | 'not-bound' | 'not-connected' | 'socket-closed';

/** A datagram socket (udp(7)). The kernel's own is made by the first `bind`, `connect` or `sendTo` that succeeds. */
export class UdpSocket extends ReadingSocket implements AgentSocket {
  readonly #limits: SocketLimits;
  readonly #options: DatagramOptions;
  readonly #outgoing = new Outgoing();
  readonly #sampler: DropSampler;
  #drops: DropWatch | null = null;
  #phase: Phase = { is: 'idle' };
  #connecting = false;
  #closing: Promise<void> | null = null;
  #over = false;
  /** Node begins to read as soon as a datagram socket is bound. */
  #isReading = true;

  constructor(host: SocketHost, settings: SocketOptions, sampler: DropSampler) {
    super(host);
    this.#sampler = sampler;
    this.#limits = settings.limits;
    this.#options = new DatagramOptions(host, settings);
  }

  get queued(): number {
    return this.#outgoing.queuedBytes;
  }

  /** connect(2) of a datagram socket takes no time. */
  readonly callingFrom = null;

  bind(local: Address): Promise<Result<Address>> {
    if (this.#phase.is !== 'idle') return Promise.resolve(this.#misplaced('already-bound'));
    return this.#begin(local, (raw) => this.#bindOnly(raw, local));
  }

  /** Whatever comes to a socket that is being bound waits until that is settled. */
  #begin<Value>(local: Address, work: (raw: dgram.Socket) => Promise<Result<Value>>): Promise<Result<Value>> {
    const raw = this.#options.create(familyOf(local));
    const settled = work(raw);
    this.#phase = { is: 'binding', raw, settled };
    return settled;
  }

  async #bindOnly(raw: dgram.Socket, local: Address): Promise<Result<Address>> {
    const refused = (await bindAt(raw, local)) ?? this.#unprepared(raw, local);
    if (refused) return this.#givenUp(raw, 'bind', refused);
    const bound = addressOf(raw.address());
    this.#take(raw, bound, this.#options.applyEarly(raw));
    return done(bound);
  }

  #unprepared(raw: dgram.Socket, local: Address): Problem | null {
    return this.#calledOff('bind', local) ?? prepare(raw, local, this.#limits.udpReceiveBytes);
  }

  /** From now on this kernel socket is ours: told of, heard and watched. */
  #take(raw: dgram.Socket, bound: Address, early: readonly SocketFact[]): void {
    raw.on('message', (data, from) => this.#received(data, { host: from.address, port: from.port }));
    raw.on('error', (error) => this.#asyncError(error));
    this.#phase = { is: 'bound', raw };
    this.#drops = this.#watchDrops(raw, bound);
    this.updateReading();
    this.host.record({ type: 'bound', local: bound });
    this.#options.taken(raw, early);
    this.#drops?.stir();
  }

  #watchDrops(raw: dgram.Socket, local: Address): DropWatch | null {
    return this.#sampler.watch({
      descriptor: descriptorOf(raw),
      family: familyOf(local),
      port: local.port,
      isUneasy: () => !this.#isReading || this.#options.hasOwnBuffer,
      dropped: (count) => this.host.record({ type: 'dropped', count, reason: 'kernel-buffer' }),
    });
  }

  /** A kernel socket that is not taken leaves this one as it was. */
  #givenUp(raw: dgram.Socket, during: string, refused: Problem): Refusal {
    if (this.#phase.is !== 'closed') {
      raw.close();
      this.#phase = { is: 'idle' };
    }
    return this.#failed(during, refused);
  }

  /** The kernel may be done just before `close` comes: then nobody has heard of it yet. */
  #calledOff(during: string, address: Address): Problem | null {
    if (this.#phase.is !== 'closed') return null;
    return kernelProblem('ECANCELED', { during, ...address, socketType: 'dgram' });
  }

  listen(): Promise<Result<Address>> {
    return this.#notSupported('listen');
  }

  accept(): Promise<Result<number | null>> {
    return this.#notSupported('accept');
  }

  async connect(remote: Address): Promise<Result<Ends>> {
    if (this.#connecting) return this.#misplaced('already-connected');
    this.#connecting = true;
    const ends = await this.#connect(remote);
    this.#connecting = false;
    return ends;
  }

  async #connect(remote: Address): Promise<Result<Ends>> {
    while (this.#phase.is === 'binding') await this.#phase.settled;
    if (this.#phase.is === 'idle')
      return this.#begin(sourceFor(remote), (raw) => this.#bindAndConnect(raw, sourceFor(remote), remote));
    if (this.#phase.is !== 'bound') return this.#misplaced('already-connected');
    const { raw } = this.#phase;
    this.host.record({ type: 'connecting', remote });
    const refused = (await connectTo(raw, remote)) ?? this.#calledOff('connect', remote);
    return refused ? this.#failed('connect', refused) : done(this.#connected(raw));
  }

  /**
   * connect(2) binds a socket that was not bound, and Node does so first. Linux leaves it bound even when it cannot be
   * connected, to a port nobody chose; here that kernel socket is given up, so that the next attempt may be made from
   * another address, also of the other family. `bound` is told once it is known to stay.
   */
  async #bindAndConnect(raw: dgram.Socket, local: Address, remote: Address): Promise<Result<Ends>> {
    const unbound = (await bindAt(raw, local)) ?? this.#unprepared(raw, local);
    if (unbound) return this.#givenUp(raw, 'bind', unbound);
    const bound = addressOf(raw.address());
    const early = this.#options.applyEarly(raw);
    const refused = (await connectTo(raw, remote)) ?? this.#calledOff('connect', remote);
    if (refused === null) this.#take(raw, bound, early);
    if (!this.#over) this.host.record({ type: 'connecting', remote });
    return refused ? this.#givenUp(raw, 'connect', refused) : done(this.#connected(raw));
  }

  #connected(raw: dgram.Socket): Ends {
    const ends = { local: addressOf(raw.address()), remote: addressOf(raw.remoteAddress()) };
    this.#phase = { is: 'connected', raw, remote: ends.remote };
    this.host.record({ type: 'connected', ...ends });
    return ends;
  }

  async send(data: Uint8Array): Promise<Result<number>> {
    if (this.#phase.is !== 'connected') return this.#misplaced('not-connected');
    const { raw, remote } = this.#phase;
    const sent = await this.#transmit(data, remote, 'send', (settle) => raw.send(data, settle));
    return sent.ok ? done(this.queued) : sent;
  }

  /** On a bound socket the datagram is handed over before this returns, so that a close right behind it waits for it. */
  sendTo(data: Uint8Array, remote: Address): Promise<Result<null>> {
    return this.#phase.is === 'bound' ? this.#sendFromBound(data, remote) : this.#bindAndSend(data, remote);
  }

  async #bindAndSend(data: Uint8Array, remote: Address): Promise<Result<null>> {
    return (await this.#ensureBound(remote)) ?? this.#sendFromBound(data, remote);
  }

  #sendFromBound(data: Uint8Array, remote: Address): Promise<Result<null>> {
    if (this.#phase.is !== 'bound' || this.#connecting)
      return Promise.resolve(this.#misplaced('already-connected'));
    const { raw } = this.#phase;
    return this.#transmit(data, remote, 'sendto', (settle) => sendFrom(raw, data, remote, settle));
  }

  #transmit(
    data: Uint8Array,
    remote: Address,
    during: string,
    send: (settle: (error: Error | null) => void) => void,
  ): Promise<Result<null>> {
    const full = this.#outgoing.fullFor(data.length, this.#limits);
    if (full)
      return Promise.resolve(
        refuse(problem('queue-full', { socket: this.id, socketType: 'dgram', ...full })),
      );
    this.host.keep(data);
    return new Promise((resolve) => {
      this.#outgoing.send(data.length, send, (error) =>
        resolve(error ? this.#unsent(error, during, remote) : this.#sent(data, remote)),
      );
    });
  }

  #sent(data: Uint8Array, remote: Address): Result<null> {
    this.host.record({ type: 'sent', size: data.length, data, remote });
    return done(null);
  }

  #unsent(error: Error, during: string, remote: Address): Refusal {
    return this.#failed(during, problemOfError(error, { during, ...remote, socketType: 'dgram' }));
  }

  /** The kernel binds an unbound socket when it first sends; here to loopback, when that is where it sends. */
  async #ensureBound(remote: Address): Promise<Refusal | null> {
    while (this.#phase.is === 'binding') await this.#phase.settled;
    if (this.#phase.is === 'closed') return this.#misplaced('socket-closed');
    if (this.#phase.is !== 'idle') return null;
    const bound = await this.bind(sourceFor(remote));
    return bound.ok ? null : bound;
  }

  setOption(setting: OptionSetting): Promise<Result<null>> {
    if (this.#phase.is === 'closed') return Promise.resolve(this.#misplaced('socket-closed'));
    const set = this.#options.set(setting, this.#raw);
    this.#drops?.stir();
    return Promise.resolve(set);
  }

  protected override readingRefused(): Refusal | null {
    return this.#raw === null ? this.#misplaced('not-bound') : null;
  }

  protected override read(reads: boolean): void {
    const raw = this.#raw;
    if (raw === null || reads === this.#isReading) return;
    this.#isReading = reads;
    this.#drops?.stir();
    if (reads) startReading(raw);
    else stopReading(raw);
  }

  shutdown(): Promise<Result<null>> {
    return this.#notSupported('shutdown');
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#leave(this.#limits.lingerMs));
  }

  /** Datagram sockets have no RST: what is not sent yet is given up, and that is all there is. */
  reset(): Promise<void> {
    return (this.#closing ??= this.#leave(0));
  }

  async #leave(lingerMs: number): Promise<void> {
    const raw = this.#raw ?? (this.#phase.is === 'binding' ? this.#phase.raw : null);
    this.#phase = { is: 'closed' };
    if (raw) {
      await this.#outgoing.settled(lingerMs);
      await this.#drops?.end();
      await new Promise<void>((resolve) =>
        raw.close(() => {
          this.#outgoing.cancel();
          resolve();
        }),
      );
    }
    this.host.record({ type: 'closed' });
    this.#over = true;
  }

  get #raw(): dgram.Socket | null {
    return this.#phase.is === 'bound' || this.#phase.is === 'connected' ? this.#phase.raw : null;
  }

  #received(data: Buffer, remote: Address): void {
    if (this.#over) return;
    this.#drops?.stir();
    this.host.record({ type: 'received', size: data.length, data, remote });
  }

  /** The kernel reports some failures of a send only later, such as a refused datagram of a connected socket (udp(7)). */
  #asyncError(error: Error): void {
    const remote = this.#phase.is === 'connected' ? this.#phase.remote : null;
    this.#failed('send', problemOfError(error, { during: 'send', ...remote, socketType: 'dgram' }));
  }

  #failed(during: string, refused: Problem): Refusal {
    if (!this.#over) this.host.record(failure(during, refused));
    return refuse(refused);
  }

  #notSupported(verb: string): Promise<Refusal> {
    const refused = problem('not-supported', { socket: this.id, verb, role: 'datagram socket' });
    return Promise.resolve(refuse(refused));
  }

  #misplaced(code: Misplaced): Refusal {
    return refuse(problem(this.#phase.is === 'closed' ? 'socket-closed' : code, { socket: this.id }));
  }
}
