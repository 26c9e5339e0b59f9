import type net from 'node:net';
import type { Address } from '@socket-playground/shared/events/address.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import type { OptionSetting } from '@socket-playground/shared/events/option.ts';
import { done, refuse } from '../../result.ts';
import type { Refusal, Result } from '../../result.ts';
import { failure, problemOfErrno } from '../kernel-problem.ts';
import { Reading } from '../reading.ts';
import type { AgentSocket, Ends, SocketHost, SocketLimits, SocketOptions } from '../socket.ts';
import { attempt } from './attempt.ts';
import { Connection } from './connection.ts';
import { bindHandle, closeHandle, localOf, remoteOf, streamOn } from './handle.ts';
import type { TcpHandle } from './handle.ts';
import { ReadBuffer } from './read-buffer.ts';
import { StreamOptions } from './stream-options.ts';

type Phase =
  | { readonly is: 'idle' }
  | { readonly is: 'bound'; readonly handle: TcpHandle; readonly local: Address }
  | { readonly is: 'listening'; readonly handle: TcpHandle; readonly local: Address }
  | { readonly is: 'connecting'; readonly raw: net.Socket }
  | { readonly is: 'connected'; readonly raw: net.Socket; readonly connection: Connection }
  | { readonly is: 'closed' };

/** What the kernel reports for an end it no longer knows: the peer was gone before it was accepted. */
const unknown: Address = { host: '0.0.0.0', port: 0 };

export class TcpSocket implements AgentSocket {
  readonly #host: SocketHost;
  readonly #family: 'inet' | 'inet6';
  readonly #limits: SocketLimits;
  readonly #options: StreamOptions;
  readonly #buffer: ReadBuffer;
  readonly #reading: Reading;
  #phase: Phase = { is: 'idle' };

  constructor(host: SocketHost, { family, limits }: SocketOptions) {
    this.#host = host;
    this.#reading = new Reading(host, (reads) => this.#read(reads));
    this.#family = family;
    this.#limits = limits;
    this.#buffer = new ReadBuffer(limits.readBytes);
    this.#options = new StreamOptions(host, family, this.#buffer);
  }

  get id(): number {
    return this.#host.id;
  }

  get queued(): number {
    return this.#phase.is === 'connected' ? this.#phase.connection.queued : 0;
  }

  bind(local: Address): Promise<Result<Address>> {
    return Promise.resolve(this.#bind(local));
  }

  #bind(local: Address): Result<Address> {
    if (this.#phase.is !== 'idle') return this.#misplaced('already-bound');
    const handle = bindHandle(local, this.#family, this.#options.ipv6Only);
    if (typeof handle === 'number') return this.#failed('bind', handle, local);
    const bound = localOf(handle) ?? local;
    this.#phase = { is: 'bound', handle, local: bound };
    this.#host.record({ type: 'bound', local: bound });
    return done(bound);
  }

  listen(backlog: number): Promise<Result<Address>> {
    return Promise.resolve(this.#listen(backlog));
  }

  #listen(backlog: number): Result<Address> {
    if (this.#phase.is === 'idle') return this.#misplaced('not-bound');
    if (this.#phase.is !== 'bound') return this.#misplaced('already-connected');
    const { handle, local } = this.#phase;
    this.#options.applyTo(handle);
    handle.onconnection = (errno, client) => this.#accept(errno, client);
    const errno = handle.listen(backlog);
    if (errno !== 0) return this.#failed('listen', errno, local);
    this.#phase = { is: 'listening', handle, local };
    this.#host.record({ type: 'listening', local, backlog });
    return done(local);
  }

  /** libuv has called accept(2): `client` is the new connection, or `errno` says why there is none. */
  #accept(errno: number, client: TcpHandle | undefined): void {
    if (this.#phase.is !== 'listening') return client?.close();
    const { local } = this.#phase;
    if (client === undefined) return void this.#failed('accept', errno, local);
    const options = { family: this.#family, label: null, limits: this.#limits };
    const accepted = this.#host.adopt((host) => new TcpSocket(host, options));
    if (accepted) return accepted.#takeOver(client, local, this);
    client.close();
    this.#host.record(failure('accept', problem('too-many-sockets', { most: this.#limits.sockets })));
  }

  #takeOver(handle: TcpHandle, listening: Address, listener: TcpSocket): void {
    this.#buffer.size = listener.#buffer.size;
    const raw = this.#stream(handle);
    const ends = { local: localOf(handle) ?? listening, remote: remoteOf(handle) ?? unknown };
    this.#talk(raw);
    this.#host.record({ type: 'accepted', listener: listener.id, ...ends });
    this.#reading.begin();
  }

  async connect(remote: Address, timeoutMs?: number): Promise<Result<Ends>> {
    if (this.#phase.is !== 'idle' && this.#phase.is !== 'bound') return this.#misplaced('already-connected');
    const bound = this.#phase.is === 'bound' ? this.#phase : null;
    const raw = this.#stream(bound?.handle ?? null);
    this.#phase = { is: 'connecting', raw };
    this.#host.record({ type: 'connecting', remote });
    const refused = await attempt(raw, remote, timeoutMs);
    if (refused === null) return done(this.#connected(raw, remote));
    this.#host.record(failure('connect', refused));
    if (this.#isOpen()) this.#rebind(bound?.local ?? null);
    return refuse(refused);
  }

  /** Asked after an await: `close` may have come meanwhile. */
  #isOpen(): boolean {
    return this.#phase.is !== 'closed';
  }

  #connected(raw: net.Socket, remote: Address): Ends {
    const ends = {
      local: { host: raw.localAddress ?? unknown.host, port: raw.localPort ?? 0 },
      remote: { host: raw.remoteAddress ?? remote.host, port: raw.remotePort ?? remote.port },
    };
    this.#talk(raw);
    this.#host.record({ type: 'connected', ...ends });
    this.#reading.begin();
    return ends;
  }

  #talk(raw: net.Socket): void {
    raw.once('close', () => (this.#phase = { is: 'closed' }));
    this.#phase = { is: 'connected', raw, connection: new Connection(raw, this.#host) };
  }

  /** The kernel socket of a failed attempt cannot be used again (connect(2), NOTES): a new one takes its place and address. */
  #rebind(local: Address | null): void {
    this.#phase = { is: 'idle' };
    if (local === null) return;
    const handle = bindHandle(local, this.#family, this.#options.ipv6Only);
    if (typeof handle === 'number') this.#failed('bind', handle, local);
    else this.#phase = { is: 'bound', handle, local };
  }

  send(data: Uint8Array): Promise<Result<number>> {
    return Promise.resolve(this.#send(data));
  }

  #send(data: Uint8Array): Result<number> {
    if (this.#phase.is !== 'connected') return this.#misplaced('not-connected');
    const { connection } = this.#phase;
    const most = this.#limits.sendQueueBytes;
    if (connection.ending) return this.#misplaced('write-ended');
    if (connection.queued + data.length > most) {
      return refuse(problem('queue-full', { socket: this.id, queued: connection.queued, most }));
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
    if (this.#phase.is === 'closed') return Promise.resolve(this.#misplaced('socket-closed'));
    const handle = this.#phase.is === 'bound' || this.#phase.is === 'listening' ? this.#phase.handle : null;
    const raw = this.#phase.is === 'connecting' || this.#phase.is === 'connected' ? this.#phase.raw : null;
    return Promise.resolve(this.#options.set(setting, { handle, raw }));
  }

  pause(): Result<null> {
    if (this.#phase.is !== 'connected') return this.#misplaced('not-connected');
    this.#reading.pause();
    return done(null);
  }

  resume(): Result<null> {
    if (this.#phase.is !== 'connected') return this.#misplaced('not-connected');
    this.#reading.resume();
    return done(null);
  }

  hold(): void {
    this.#reading.hold();
  }

  release(): void {
    this.#reading.release();
  }

  #read(reads: boolean): void {
    if (this.#phase.is !== 'connected') return;
    if (reads) this.#phase.raw.resume();
    else this.#phase.raw.pause();
  }

  async shutdown(): Promise<Result<null>> {
    if (this.#phase.is !== 'connected') return this.#misplaced('not-connected');
    await this.#phase.connection.shutdown();
    return done(null);
  }

  async close(): Promise<void> {
    const before = this.#phase;
    if (before.is === 'connected') return before.connection.close(this.#limits.lingerMs);
    await this.#leave(before);
  }

  async reset(): Promise<void> {
    const before = this.#phase;
    if (before.is === 'connected') return before.connection.reset();
    await this.#leave(before);
  }

  /** Nothing was connected: there is no FIN or RST to send. */
  async #leave(before: Phase): Promise<void> {
    if (before.is === 'closed') return;
    this.#phase = { is: 'closed' };
    if (before.is === 'bound' || before.is === 'listening') await closeHandle(before.handle);
    if (before.is === 'connecting')
      await new Promise((resolve) => before.raw.once('close', resolve).destroy());
    this.#host.record({ type: 'closed' });
  }

  #stream(handle: TcpHandle | null): net.Socket {
    const raw = streamOn(handle, {
      buffer: () => this.#buffer.next(),
      chunk: (size) => {
        this.#host.record({ type: 'received', size, data: this.#buffer.read(size) });
      },
    });
    this.#options.prepare(raw);
    return raw;
  }

  #failed(during: string, errno: number, { host, port }: Address): Refusal {
    const refused = problemOfErrno(errno, { during, host, port, socketType: 'stream' });
    this.#host.record(failure(during, refused));
    return refuse(refused);
  }

  #misplaced(
    code:
      'already-bound' | 'already-connected' | 'not-bound' | 'not-connected' | 'write-ended' | 'socket-closed',
  ): Refusal {
    return refuse(problem(this.#phase.is === 'closed' ? 'socket-closed' : code, { socket: this.id }));
  }
}
