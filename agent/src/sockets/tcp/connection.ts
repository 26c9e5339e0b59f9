/**
 * A TCP socket that talks, whichever side made it. Promises:
 *
 * - `sent` is recorded when the kernel has taken the last byte of a write; bytes it never takes end as one `failed{during:"send"}`.
 * - `ended` is recorded when a FIN was really sent or received, `reset` when an RST was; then `closed`, the last.
 * - `blocked` when bytes begin to wait in the agent, `drained` when none wait any more.
 */
import { problem } from '@socket-playground/shared/problems.ts';
import { failure, problemOfError } from '../kernel-problem.ts';
import type { SocketHost } from '../socket.ts';
import { replaceBuffer } from './handle.ts';
import type { Stream, StreamOwner } from './handle.ts';
import { beginningOf } from './read-buffer.ts';

/** Codes by which a peer's RST shows itself. */
const resetCodes = new Set(['ECONNRESET', 'EPIPE']);

export class Connection implements StreamOwner {
  readonly is = 'connected';
  readonly raw: Stream;
  readonly #host: SocketHost;
  #buffer: Uint8Array;
  /** Of the writes that are not over. */
  #unsentBytes = 0;
  #askedBytes = 0;
  #blocked = false;
  /** Whether its oldest write waits in the journal's own memory. */
  #isLent = false;
  #ending = false;
  #resetting = false;
  /** Whether it is left with bytes that still wait, and the kernel sends FIN behind those it took. */
  #leavesFin = false;
  #gone = false;
  /** Resolves when it is gone, for as many as wait: made when somebody does. */
  #over: Promise<void> | null = null;
  #closing: Promise<void> | null = null;
  /** Resolves when the FIN has been sent, or it is gone: made when somebody asks for one, once. */
  #finishing: Promise<void> | null = null;

  /** `buffer` is the one the stream reads into. */
  constructor(raw: Stream, host: SocketHost, buffer: Uint8Array) {
    this.raw = raw;
    this.#host = host;
    this.#buffer = buffer;
    raw.owner = this;
  }

  chunk(size: number): void {
    this.#host.record({ type: 'received', size, data: beginningOf(this.#buffer, size) });
  }

  ended(): void {
    this.#host.record({ type: 'ended', by: 'remote' });
  }

  finished(): void {
    this.#host.record({ type: 'ended', by: 'local' });
  }

  /** From the next read on. */
  readInto(buffer: Uint8Array): void {
    this.#buffer = buffer;
    replaceBuffer(this.raw, buffer);
  }

  /** Whether it is closed. */
  get isGone(): boolean {
    return this.#gone;
  }

  #closed(): Promise<void> {
    if (this.#gone) return Promise.resolve();
    return (this.#over ??= new Promise((resolve) => this.raw.once('close', () => resolve())));
  }

  get queued(): number {
    return this.raw.writableLength;
  }

  /** Whether FIN was sent, or will be once the queue is empty. */
  get ending(): boolean {
    return this.#ending;
  }

  send(given: Uint8Array): void {
    const data = this.#host.toWrite(given, this.#blocked || this.#isLent);
    this.#unsentBytes += data.length;
    this.#askedBytes += data.length;
    let recorded = false;
    this.raw.write(data, (error) => {
      // Node reports the writes that a destroyed stream gives up as if they had been done.
      if (!error && !recorded && !this.raw.destroyed) this.#taken(data);
    });
    if (this.#tookAll) {
      recorded = true;
      this.#taken(data);
      return;
    }
    this.#isLent ||= this.#host.lend(data);
    if (this.queued > 0 && !this.#blocked) {
      this.#blocked = true;
      this.#host.record({ type: 'blocked', queued: this.queued });
    }
  }

  /** Whether the kernel took what was written at once. */
  get #tookAll(): boolean {
    return this.queued === 0 && this.raw.errored === null && !this.raw.destroyed;
  }

  /** Resolves when the FIN has been sent, or the connection is gone; at once, as shutdown(2) does, when bytes wait before it. */
  shutdown(): Promise<void> {
    this.#ending = true;
    const finishing = this.#finish();
    return this.queued > 0 ? Promise.resolve() : finishing;
  }

  /** FIN after the queue. Whoever asks once more waits for the same one. */
  #finish(): Promise<void> {
    return (this.#finishing ??= Promise.race([
      new Promise<void>((resolve) => this.raw.end(() => resolve())),
      this.#closed(),
    ]));
  }

  /** FIN after the queue, then closed; what is still queued after `lingerMs` is given up. */
  close(lingerMs: number): Promise<void> {
    return (this.#closing ??= this.#close(lingerMs));
  }

  async #close(lingerMs: number): Promise<void> {
    this.#ending = true;
    this.raw.destroySoon();
    const heardBytes = this.raw.bytesRead;
    const impatience = setTimeout(() => this.#giveUp(heardBytes), lingerMs);
    await this.#closed();
    clearTimeout(impatience);
  }

  /**
   * Where bytes of the peer were never read the kernel sends RST instead of FIN (RFC 1122 §4.2.2.13). FIN is told where it is
   * sure: the peer's own came, or the peer has said nothing since the close. Else nothing is said.
   */
  #giveUp(heardBytes: number): void {
    const { raw } = this;
    // Behind the reads of this turn of the event loop.
    setImmediate(() => {
      const leavesNothing = raw.readableEnded || (!raw.isPaused() && raw.bytesRead === heardBytes);
      this.#leavesFin = leavesNothing && !raw.destroyed && !raw.hasLostPeer;
      raw.destroy();
    });
  }

  async reset(): Promise<void> {
    if (this.#isSendingFin) await this.#finish();
    // Whom the kernel knows no longer gets no RST.
    if (this.raw.hasLostPeer) this.raw.destroySoon();
    else if (!this.raw.destroyed) {
      this.#resetting = true;
      this.raw.resetAndDestroy();
    }
    await this.#closed();
  }

  /** The kernel refuses an RST between shutdown(2) and its answer, and Node then leaves the socket open for ever. */
  get #isSendingFin(): boolean {
    return this.raw.writableEnded && !this.raw.writableFinished && this.queued === 0;
  }

  #giveBack(): void {
    if (this.#isLent) this.#host.giveBack();
    this.#isLent = false;
  }

  #taken(data: Uint8Array): void {
    this.#giveBack();
    this.#unsentBytes -= data.length;
    this.#host.record({ type: 'sent', size: data.length, data });
    if (this.#blocked && this.#unsentBytes === 0) {
      this.#blocked = false;
      this.#host.record({ type: 'drained', queued: 0 });
    }
  }

  failed(error: Error): void {
    const cause = problemOfError(error, {
      during: this.#unsentBytes > 0 ? 'send' : 'receive',
      socketType: 'stream',
    });
    const byReset = resetCodes.has(cause.code);
    if (this.#unsentBytes > 0) {
      this.#unsentBytes = 0;
      this.#host.record(failure('send', cause));
    } else if (!byReset) {
      this.#host.record(failure('receive', cause));
    }
    if (byReset) this.#host.record({ type: 'reset', by: 'remote' });
  }

  gone(): void {
    this.#gone = true;
    this.#giveBack();
    if (this.#unsentBytes > 0)
      this.#host.record(
        failure('send', problem('unsent', { bytes: this.#askedBytes - this.raw.takenBytes })),
      );
    if (this.#resetting) this.#host.record({ type: 'reset', by: 'local' });
    else if (this.#leavesFin) this.#host.record({ type: 'ended', by: 'local' });
    this.#host.record({ type: 'closed' });
  }
}
