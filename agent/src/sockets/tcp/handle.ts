/**
 * Node's public API cannot bind without listening, nor listen without accepting, nor hand an accepted connection its read
 * buffer. The handles beneath `net` can, the same way in Node 20, 22 and 24. They are made and typed in this file; only
 * its folder uses them.
 */
import net from 'node:net';
import { promisify } from 'node:util';
import type { Address, Family } from '@socket-playground/shared/events/address.ts';

/** What libuv's TCP handle offers; numbers are 0 or a negative errno. */
export interface TcpHandle {
  onconnection: ((errno: number, client: TcpHandle | undefined) => void) | null;
  listen(backlog: number): number;
  /** The descriptor; -1 where the system has none (Windows). */
  readonly fd: number;
  open(fd: number): number;
  readStart(): number;
  readStop(): number;
  getsockname(into: Partial<RawName>): number;
  getpeername(into: Partial<RawName>): number;
  setNoDelay(on: boolean): number;
  setKeepAlive(on: boolean, delaySeconds: number): number;
  close(done?: () => void): void;
}

interface RawName {
  address: string;
  port: number;
}

interface HandleMaker {
  _createServerHandle(
    host: string,
    port: number,
    family: 4 | 6,
    fd: undefined,
    flags: number,
  ): TcpHandle | number;
}

/** `UV_TCP_IPV6ONLY`. */
const ipv6OnlyFlag = 1;

function makesHandles(candidate: object): candidate is HandleMaker {
  return '_createServerHandle' in candidate;
}

/** A bound handle, or a negative errno. EADDRINUSE, which libuv keeps back until listen(), is answered here already. */
export function bindHandle({ host, port }: Address, family: Family, ipv6Only: boolean): TcpHandle | number {
  if (!makesHandles(net)) throw new Error('This version of Node cannot bind a socket without listening.');
  const handle = net._createServerHandle(
    host,
    port,
    family === 'inet' ? 4 : 6,
    undefined,
    ipv6Only ? ipv6OnlyFlag : 0,
  );
  if (typeof handle === 'number') return handle;
  const delayed = handle.getsockname({});
  if (delayed === 0) return handle;
  handle.close();
  return delayed;
}

/**
 * A handle that is bound becomes one that may stop accepting and go on later; false when this system cannot.
 *
 * libuv accepts while it watches a listening descriptor, and `readStart` and `readStop` switch the watching of any
 * descriptor that may be read. A handle that was only bound is not marked so; to open its own descriptor once more marks it.
 */
export function makeStoppable(handle: TcpHandle): boolean {
  return handle.fd >= 0 && handle.open(handle.fd) === 0;
}

/** From the next turn of the event loop on libuv accepts, one connection a turn. */
export const startAccepting = (handle: TcpHandle): number => handle.readStart();

/** At once, also right after `listen`: what connects from now on waits in the kernel's queue. */
export const stopAccepting = (handle: TcpHandle): number => handle.readStop();

/** The address of this end; null when the kernel no longer tells. */
export function localOf(handle: Pick<TcpHandle, 'getsockname'>): Address | null {
  const name: Partial<RawName> = {};
  return handle.getsockname(name) === 0 ? toAddress(name) : null;
}

export function remoteOf(handle: TcpHandle): Address | null {
  const name: Partial<RawName> = {};
  return handle.getpeername(name) === 0 ? toAddress(name) : null;
}

function toAddress({ address, port }: Partial<RawName>): Address | null {
  return address === undefined || port === undefined ? null : { host: address, port };
}

/** The same of a stream. Asked of Node itself before it is connected, it would remember that there was none. */
export function ownAddress(raw: net.Socket): Address | null {
  const handle: unknown = Reflect.get(raw, '_handle');
  return namesItself(handle) ? localOf(handle) : null;
}

function namesItself(handle: unknown): handle is Pick<TcpHandle, 'getsockname'> {
  return typeof handle === 'object' && handle !== null && 'getsockname' in handle;
}

export const closeHandle = (handle: TcpHandle) =>
  promisify((callback: () => void) => {
    handle.close(callback);
  })();

/** Who a stream belongs to once it talks: told of everything that happens to it, before anyone else is. */
export interface StreamOwner {
  /** `size` bytes are in the read buffer. Whoever keeps them copies them before this returns. */
  chunk(size: number): void;
  /** FIN came in. */
  ended(): void;
  /** FIN went out. */
  finished(): void;
  failed(error: Error): void;
  /** The last call. */
  gone(): void;
}

/**
 * Reads go straight into a buffer of ours, so that `pause` leaves bytes in the kernel and the buffer's length is what
 * read(2) asks for. It reads nothing before `resume()`. Its owner is a field and not a set of listeners: with thousands
 * of idle connections, closures would be most of what each costs.
 */
export class Stream extends net.Socket {
  owner: StreamOwner | null = null;
  #isEndSure = false;
  #isLeaving = false;
  #isFinMissing = false;
  #takenAtEnd = 0;

  /** On a handle that is bound or connected already, or on none yet. */
  constructor(handle: TcpHandle | null, buffer: Uint8Array) {
    const options = {
      allowHalfOpen: true,
      manualStart: true,
      onread: { buffer, callback: tellOwner },
      ...(handle === null ? {} : { handle }),
    };
    super(options);
  }

  /**
   * Node pushes null at the end. libuv also calls it an end when an RST came close behind bytes: it reads the bytes, sees
   * that the connection is gone and looks no further. Then one more read tells which of the two it was.
   */
  override push(chunk: unknown, encoding?: BufferEncoding): boolean {
    if (chunk !== null || this.#isEndSure) return super.push(chunk, encoding);
    this.#isEndSure = true;
    return readsOnceMore(Reflect.get(this, '_handle')) || super.push(null);
  }

  /** Bytes that the kernel has taken so far. Node counts writes: of the one under way, part may be gone already. */
  get takenBytes(): number {
    const handle: unknown = Reflect.get(this, '_handle');
    return countsBytes(handle) ? handle.bytesWritten - handle.writeQueueSize : this.#takenAtEnd;
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#takenAtEnd = this.takenBytes;
    super._destroy(error, callback);
  }

  /** Whether the kernel knows the peer no longer: after an RST, or after the FINs of both. */
  get hasLostPeer(): boolean {
    return hasLostPeer(Reflect.get(this, '_handle'));
  }

  /** Where a FIN was due that the kernel refused, the read that would have told why may never come. */
  override destroySoon(): void {
    this.#isLeaving = true;
    if (this.#isFinMissing) this._write('', 'utf8', (error) => this.destroy(error ?? undefined));
    else super.destroySoon();
  }

  /**
   * Node takes a FIN that the kernel refuses for one that was sent. It does so behind an RST that no read has told of: none
   * reads behind the peer's FIN, nor while paused. Then a write of no bytes tells of it, as a read will that is yet to come.
   */
  override _final(callback: (error?: Error | null) => void): void {
    if (!this.hasLostPeer) return super._final(callback);
    this.#isFinMissing = true;
    if (this.readableEnded || this.#isLeaving) this._write('', 'utf8', callback);
    else callback();
  }

  override emit(event: string | symbol, ...details: unknown[]): boolean {
    if (this.owner === null) return super.emit(event, ...details);
    if (event === 'end') this.owner.ended();
    else if (event === 'finish' && !this.#isFinMissing) this.owner.finished();
    else if (event === 'close') this.owner.gone();
    else if (event === 'error') return this.#failed(details[0]);
    return super.emit(event, ...details);
  }

  /** The owner listens: Node would throw an error that nobody listens to. */
  #failed(error: unknown): true {
    this.owner?.failed(error instanceof Error ? error : new Error(String(error)));
    return true;
  }
}

const hasLostPeer = (handle: unknown): boolean => canRead(handle) && handle.getpeername({}) !== 0;

/** Reads on where there may be word of an RST. */
const readsOnceMore = (handle: unknown): boolean =>
  canRead(handle) && hasLostPeer(handle) && handle.readStart() === 0;

function canRead(handle: unknown): handle is Pick<TcpHandle, 'getpeername' | 'readStart'> {
  return typeof handle === 'object' && handle !== null && 'getpeername' in handle && 'readStart' in handle;
}

interface ByteCounter {
  /** What was handed to libuv, and what of it the kernel has not taken yet. */
  readonly bytesWritten: number;
  readonly writeQueueSize: number;
}

function countsBytes(handle: unknown): handle is ByteCounter {
  return (
    typeof handle === 'object' && handle !== null && 'bytesWritten' in handle && 'writeQueueSize' in handle
  );
}

/** Called by Node as a method of the stream. */
function tellOwner(this: unknown, size: number): boolean {
  if (this instanceof Stream) this.owner?.chunk(size);
  return true;
}

interface BufferTaker {
  useUserBuffer(buffer: Uint8Array): void;
}

function takesBuffer(handle: unknown): handle is BufferTaker {
  return typeof handle === 'object' && handle !== null && 'useUserBuffer' in handle;
}

/** From the very next read on this buffer is read into. */
export function replaceBuffer(raw: net.Socket, buffer: Uint8Array): void {
  const handle: unknown = Reflect.get(raw, '_handle');
  if (takesBuffer(handle)) handle.useUserBuffer(buffer);
}
