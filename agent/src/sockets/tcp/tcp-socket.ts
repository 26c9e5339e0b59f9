import type { Address } from '@socket-playground/shared/events/address.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import type { OptionSetting } from '@socket-playground/shared/events/option.ts';
import { done, refuse } from '../../result.ts';
import type { Refusal, Result } from '../../result.ts';
import { isUnspecified } from '../../policy/addresses.ts';
import { failure, problemOfErrno } from '../kernel-problem.ts';
import { ReadingSocket } from '../reading.ts';
import type { AcceptMode, AgentSocket, Ends, SocketHost, SocketOptions } from '../socket.ts';
import { attempt } from './attempt.ts';
import { Connection } from './connection.ts';
import {
  bindHandle,
  closeHandle,
  localOf,
  makeStoppable,
  ownAddress,
  remoteOf,
  replaceBuffer,
  Stream,
} from './handle.ts';
import type { TcpHandle } from './handle.ts';
import { Listener } from './listener.ts';
import { readBuffer } from './read-buffer.ts';
import { StreamOptions } from './stream-options.ts';

type Unconnected =
  | { readonly is: 'idle' }
  | { readonly is: 'bound'; readonly handle: TcpHandle; readonly local: Address }
  | Listener
  | { readonly is: 'connecting'; readonly raw: Stream };

type Phase = Unconnected | Connection | Closed;

interface Closed {
  readonly is: 'closed';
  /** Resolves when `closed` is told. */
  readonly told: Promise<void>;
}

/**
 * An end that nobody tells: the peer was gone before it was accepted. accept(2) still knows it then, but libuv does not ask
 * that for it, and getpeername(2) says ENOTCONN.
 */
const unknown: Address = { host: '0.0.0.0', port: 0 };

const closed: Closed = { is: 'closed', told: Promise.resolve() };

/** What thousands of these cost is counted: what most never need is made when it is needed. */
export class TcpSocket extends ReadingSocket implements AgentSocket {
  readonly #settings: SocketOptions;
  #options: StreamOptions | null = null;
  #buffer: Uint8Array;
  #stage: Phase = { is: 'idle' };

  constructor(host: SocketHost, settings: SocketOptions) {
    super(host);
    this.#settings = settings;
    this.#buffer = readBuffer(settings.limits.readBytes);
  }

  get #phase(): Phase {
    return this.#stage.is === 'connected' && this.#stage.isGone ? closed : this.#stage;
  }

  get queued(): number {
    return this.#stage.is === 'connected' ? this.#stage.queued : 0;
  }

  get callingFrom(): Address | null {
    return this.#stage.is === 'connecting' ? ownAddress(this.#stage.raw) : null;
  }

  bind(local: Address): Promise<Result<Address>> {
    return Promise.resolve(this.#bind(local));
  }

  #bind(local: Address): Result<Address> {
    if (this.#phase.is !== 'idle') return this.#misplaced('already-bound');
    const handle = bindHandle(local, this.#settings.family, this.#isIpv6Only);
    if (typeof handle === 'number') return this.#failed('bind', handle, local);
    const bound = localOf(handle) ?? local;
    this.#stage = { is: 'bound', handle, local: bound };
    this.host.record({ type: 'bound', local: bound });
    return done(bound);
  }

  listen(backlog: number, mode: AcceptMode = 'auto'): Promise<Result<Address>> {
    return Promise.resolve(this.#listen(backlog, mode === 'manual'));
  }

  #listen(backlog: number, isManual: boolean): Result<Address> {
    if (this.#phase.is === 'idle') return this.#misplaced('not-bound');
    if (this.#phase.is !== 'bound') return this.#misplaced('already-connected');
    const { handle, local } = this.#phase;
    const isStoppable = makeStoppable(handle);
    if (isManual && !isStoppable) return refuse(problem('no-manual-accept', null, 'accept'));
    this.#options?.applyTo(handle);
    const listener = this.#listener(handle, local);
    const errno = listener.listen(backlog, isManual);
    if (errno !== 0) return this.#failed('listen', errno, local);
    this.#stage = listener;
    this.host.record({ type: 'listening', local, backlog, ...(isManual ? { accept: 'manual' } : {}) });
    if (isStoppable && !isManual) listener.heldBy(this.#settings.gate);
    return done(local);
  }

  #listener(handle: TcpHandle, local: Address): Listener {
    const isAnywhere = isUnspecified(local.host);
    const adopt = (client: TcpHandle) => {
      const accepted = this.host.adopt((host) => new TcpSocket(host, this.#settings));
      if (accepted === null) return null;
      const reached = isAnywhere ? localOf(client) : null;
      accepted.#takeOver(client, reached ?? local, this);
      return accepted.id;
    };
    return new Listener({ handle, local, host: this.host, most: this.#settings.limits.sockets, adopt });
  }

  async accept(): Promise<Result<number | null>> {
    return this.#phase.is === 'listening' ? this.#phase.accept() : this.#misplaced('not-listening');
  }

  #takeOver(handle: TcpHandle, local: Address, listener: TcpSocket): void {
    this.#buffer = listener.#buffer;
    const raw = this.#stream(handle);
    const remote = remoteOf(handle) ?? unknown;
    this.#talk(raw);
    this.host.record({ type: 'accepted', listener: listener.id, local, remote });
    this.updateReading();
  }

  async connect(remote: Address, timeoutMs?: number): Promise<Result<Ends>> {
    if (this.#phase.is !== 'idle' && this.#phase.is !== 'bound') return this.#misplaced('already-connected');
    const bound = this.#phase.is === 'bound' ? this.#phase : null;
    const raw = this.#stream(bound?.handle ?? null);
    this.#stage = { is: 'connecting', raw };
    this.host.record({ type: 'connecting', remote });
    const refused = await attempt(raw, remote, timeoutMs);
    if (refused === null) return done(this.#connected(raw, remote));
    this.host.record(failure('connect', refused));
    if (this.#isOpen()) this.#rebind(bound?.local ?? null);
    return refuse(refused);
  }

  /** Asked after an await: `close` may have come meanwhile. */
  #isOpen(): boolean {
    return this.#phase.is !== 'closed';
  }

  #connected(raw: Stream, remote: Address): Ends {
    const ends = {
      local: { host: raw.localAddress ?? unknown.host, port: raw.localPort ?? 0 },
      remote: { host: raw.remoteAddress ?? remote.host, port: raw.remotePort ?? remote.port },
    };
    this.#talk(raw);
    this.host.record({ type: 'connected', ...ends });
    this.updateReading();
    return ends;
  }

  #talk(raw: Stream): void {
    this.#stage = new Connection(raw, this.host, this.#buffer);
  }

  /** The kernel socket of a failed attempt cannot be used again (connect(2), NOTES): a new one takes its place and address. */
  #rebind(local: Address | null): void {
    this.#stage = { is: 'idle' };
    if (local === null) return;
    const handle = bindHandle(local, this.#settings.family, this.#isIpv6Only);
    if (typeof handle === 'number') this.#failed('bind', handle, local);
    else this.#stage = { is: 'bound', handle, local };
  }

  send(data: Uint8Array): Result<number> {
    const connection = this.#phase;
    if (connection.is !== 'connected') return this.#misplaced('not-connected');
    const most = this.#settings.limits.sendQueueBytes;
    if (connection.ending) return this.#misplaced('write-ended');
    if (connection.queued + data.length > most) {
      const full = { socketType: 'stream', queued: connection.queued, most, of: 'byte' } as const;
      return refuse(problem('queue-full', { socket: this.id, ...full }));
    }
    connection.send(data);
    return done(connection.queued);
  }

  sendTo(): Promise<Result<null>> {
    return Promise.resolve(
      refuse(problem('not-supported', { socket: this.id, verb: 'sendto', role: 'stream socket' })),
    );
  }

  setOption(setting: OptionSetting): Promise<Result<null>> {
    const phase = this.#phase;
    if (phase.is === 'closed' || this.#isLost) return Promise.resolve(this.#misplaced('socket-closed'));
    this.#options ??= new StreamOptions(this.host, this.#settings.family);
    const target = {
      handle: phase.is === 'bound' || phase.is === 'listening' ? phase.handle : null,
      raw: phase.is === 'connecting' || phase.is === 'connected' ? phase.raw : null,
      readAtMost: (bytes: number) => this.#readAtMost(bytes),
    };
    return Promise.resolve(this.#options.set(setting, target));
  }

  #readAtMost(bytes: number): void {
    this.#buffer = readBuffer(bytes);
    if (this.#phase.is === 'connected') this.#phase.readInto(this.#buffer);
    if (this.#phase.is === 'connecting') replaceBuffer(this.#phase.raw, this.#buffer);
  }

  get #isIpv6Only(): boolean {
    return this.#options?.ipv6Only ?? false;
  }

  /** Its kernel socket is given back, and `closed` is about to be told: what comes now would stand behind the end. */
  get #isLost(): boolean {
    return this.#phase.is === 'connected' && this.#phase.raw.destroyed;
  }

  protected override readingRefused(): Refusal | null {
    if (this.#phase.is !== 'connected') return this.#misplaced('not-connected');
    return this.#isLost ? this.#misplaced('socket-closed') : null;
  }

  protected override read(reads: boolean): void {
    if (this.#phase.is !== 'connected') return;
    if (reads) this.#phase.raw.resume();
    else this.#phase.raw.pause();
  }

  async shutdown(): Promise<Result<null>> {
    if (this.#phase.is !== 'connected') return this.#misplaced('not-connected');
    await this.#phase.shutdown();
    return done(null);
  }

  close(): Promise<void> {
    const before = this.#phase;
    return before.is === 'connected' ? before.close(this.#settings.limits.lingerMs) : this.#leave(before);
  }

  reset(): Promise<void> {
    const before = this.#phase;
    return before.is === 'connected' ? before.reset() : this.#leave(before);
  }

  /** Nothing was connected: there is no FIN or RST to send. Whoever closes it once more waits for the same end. */
  #leave(before: Unconnected | Closed): Promise<void> {
    if (before.is === 'closed') return before.told;
    const leaving = { ...closed };
    this.#stage = leaving;
    leaving.told = this.#letGo(before);
    return leaving.told;
  }

  async #letGo(before: Unconnected): Promise<void> {
    if (before.is === 'listening') before.end();
    if (before.is === 'bound' || before.is === 'listening') await closeHandle(before.handle);
    if (before.is === 'connecting')
      await new Promise((resolve) => before.raw.once('close', resolve).destroy());
    this.host.record({ type: 'closed' });
  }

  #stream(handle: TcpHandle | null): Stream {
    const raw = new Stream(handle, this.#buffer);
    this.#options?.prepare(raw);
    return raw;
  }

  #failed(during: string, errno: number, { host, port }: Address): Refusal {
    const refused = problemOfErrno(errno, { during, host, port, socketType: 'stream' });
    this.host.record(failure(during, refused));
    return refuse(refused);
  }

  #misplaced(
    code:
      | 'already-bound'
      | 'already-connected'
      | 'not-bound'
      | 'not-listening'
      | 'not-connected'
      | 'write-ended'
      | 'socket-closed',
  ): Refusal {
    return refuse(problem(this.#phase.is === 'closed' ? 'socket-closed' : code, { socket: this.id }));
  }
}
