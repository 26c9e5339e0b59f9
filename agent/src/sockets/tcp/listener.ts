/**
 * A TCP socket that listens. It takes each connection as it comes or, when it is manual, one for each `accept`: then
 * connections wait in the kernel, and none is taken that nobody asked for.
 */
import type { Address } from '@socket-playground/shared/events/address.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { done, refuse } from '../../result.ts';
import type { Refusal, Result } from '../../result.ts';
import { failure, problemOfErrno, problemOfError } from '../kernel-problem.ts';
import type { SocketHost } from '../socket.ts';
import type { AcceptGate, Shortage } from '../accept-gate.ts';
import { AcceptQueue, needDescriptor } from './accept-queue.ts';
import { startAccepting, stopAccepting } from './handle.ts';
import type { TcpHandle } from './handle.ts';

export interface ListenerOptions {
  readonly handle: TcpHandle;
  readonly local: Address;
  readonly host: SocketHost;
  /** Sockets that may be open at once. */
  readonly most: number;
  /** Makes a socket of a connection and answers with its number; null when no more may be open. */
  adopt(client: TcpHandle): number | null;
}

export class Listener {
  readonly is = 'listening';
  readonly #options: ListenerOptions;
  #queue: AcceptQueue | null = null;
  #isOver = false;
  #letGo: (() => void) | null = null;
  #toldOf = 0;

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  get handle(): TcpHandle {
    return this.#options.handle;
  }

  get local(): Address {
    return this.#options.local;
  }

  /** listen(2): 0, or a negative errno. Nothing is accepted before the next turn of the event loop. */
  listen(backlog: number, isManual: boolean): number {
    this.handle.onconnection = (errno, client) => void this.#arrived(client ?? errno);
    const errno = this.handle.listen(backlog);
    if (errno === 0 && isManual) this.#queue = new AcceptQueue(this.handle);
    return errno;
  }

  /** The number of the connection that was taken, null when none waited. */
  async accept(): Promise<Result<number | null>> {
    const queue = this.#queue;
    if (queue === null) return refuse(problem('accepts-by-itself', { socket: this.#options.host.id }));
    return queue.inTurn(async () => this.#obstacle() ?? this.#arrived(await queue.take()));
  }

  /** Takes nobody while the gate is shut, and says so once for each shortage. */
  heldBy(gate: AcceptGate): void {
    this.#letGo = gate.hold({
      shut: (found) => this.#hold(found),
      open: () => void startAccepting(this.handle),
    });
  }

  #hold({ left, most, shortage }: Shortage): void {
    // libuv stops only what it was told to start.
    startAccepting(this.handle);
    stopAccepting(this.handle);
    if (this.#toldOf !== shortage) this.#failed(problem('accept-held', { left, most }));
    this.#toldOf = shortage;
  }

  /** From now on whoever arrives is sent away. */
  end(): void {
    this.#isOver = true;
    this.#letGo?.();
  }

  /** Why nobody can be taken now: found before the kernel is asked, so that whoever waits goes on waiting. */
  #obstacle(): Refusal | null {
    const { host, most } = this.#options;
    if (this.#isOver) return this.#over();
    if (!host.hasRoom) return this.#failed(problem('too-many-sockets', { most }));
    try {
      needDescriptor();
      return null;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return this.#failed(problemOfError(error, this.#about));
    }
  }

  /** accept(2) was called: what it gave, or the negative errno that says why it gave nothing. */
  #arrived(client: TcpHandle | number | null): Result<number | null> {
    if (typeof client === 'number') return this.#failed(problemOfErrno(client, this.#about));
    if (this.#isOver) {
      client?.close();
      return this.#over();
    }
    const connection = client && this.#options.adopt(client);
    if (client === null || connection !== null) return done(connection);
    client.close();
    return this.#failed(problem('too-many-sockets', { most: this.#options.most }));
  }

  get #about() {
    return { during: 'accept', ...this.local, socketType: 'stream' as const };
  }

  #over(): Refusal {
    return refuse(problem('socket-closed', { socket: this.#options.host.id }));
  }

  #failed(refused: Problem): Refusal {
    this.#options.host.record(failure('accept', refused));
    return refuse(refused);
  }
}
