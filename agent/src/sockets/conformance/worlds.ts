/** The other ends: programs that know nothing of the agent, made of Node's own sockets. Closed when the test ends. */
import dgram from 'node:dgram';
import { once } from 'node:events';
import net from 'node:net';
import { Worker } from 'node:worker_threads';
import type { Address } from '@socket-playground/shared/events/address.ts';
import { onTestFinished } from 'vitest';

/** One end that talks. */
export interface Outsider {
  readonly address: Address;
  /** Each chunk or datagram that came, in order. */
  readonly heard: readonly Buffer[];
  readonly hasEnded: boolean;
  /** Its own FIN was sent. */
  readonly hasFinished: boolean;
  readonly error: string | null;
  /** Bytes its kernel does not take. */
  readonly queued: number;
  /** Says who the other end is, where nobody has called yet. */
  meet(peer: Address): void;
  say(data: Uint8Array): void;
  end(): void;
  reset(): void;
  /** Stops reading, and reads on. */
  pause(): void;
  resume(): void;
  until(holds: (outsider: Outsider) => boolean): Promise<void>;
}

/** Something that waits to be called. */
export interface Callee {
  readonly address: Address;
  /** Who called, in order; a datagram socket is called by whoever sends. */
  caller(number?: number): Promise<Outsider>;
  close(): Promise<void>;
}

export interface World {
  /** Waits at a free port, or at this one. */
  callee(port?: number): Promise<Callee>;
  call(to: Address): Promise<Outsider>;
  /** A server that answers no handshake: its queue is full. Only where there is a handshake. */
  mute(): Promise<Address>;
}

const patienceMs = 8_000;

/** Resolves once `holds` does, asked again whenever `poke` is called. */
class Waiting {
  readonly #waiting = new Set<() => void>();

  poke(): void {
    for (const check of [...this.#waiting]) check();
  }

  until(holds: () => boolean, about: () => string): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!holds()) return;
        this.#waiting.delete(check);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => reject(new Error(`An outsider waited in vain: ${about()}`)), patienceMs);
      this.#waiting.add(check);
      check();
    });
  }
}

class StreamOutsider implements Outsider {
  readonly address: Address;
  readonly heard: Buffer[] = [];
  readonly #raw: net.Socket;
  readonly #waiting = new Waiting();
  hasEnded = false;
  hasFinished = false;
  error: string | null = null;

  constructor(raw: net.Socket) {
    this.#raw = raw;
    this.address = { host: raw.localAddress ?? '', port: raw.localPort ?? 0 };
    raw.on('data', (chunk: Buffer) => this.#noted(() => this.heard.push(chunk)));
    raw.on('end', () => this.#noted(() => (this.hasEnded = true)));
    raw.on('finish', () => this.#noted(() => (this.hasFinished = true)));
    raw.on('error', (error) =>
      this.#noted(() => (this.error = 'code' in error ? String(error.code) : 'unknown')),
    );
    onTestFinished(() => void raw.destroy());
  }

  #noted(note: () => unknown): void {
    note();
    this.#waiting.poke();
  }

  get queued(): number {
    return this.#raw.writableLength;
  }

  meet(): void {
    // A stream has met its peer by its handshake.
  }

  say(data: Uint8Array): void {
    this.#raw.write(data);
  }

  end(): void {
    this.#raw.end();
  }

  reset(): void {
    this.#raw.resetAndDestroy();
  }

  pause(): void {
    this.#raw.pause();
  }

  resume(): void {
    this.#raw.resume();
  }

  until(holds: (outsider: Outsider) => boolean): Promise<void> {
    const size = () => this.heard.reduce((sum, { length }) => sum + length, 0);
    return this.#waiting.until(
      () => holds(this),
      () => `${size()} bytes, ended ${this.hasEnded}, error ${String(this.error)}`,
    );
  }
}

export function streamWorld(host: string): World {
  return {
    async callee(port = 0) {
      const server = net.createServer({ allowHalfOpen: true });
      const callers: Outsider[] = [];
      const waiting = new Waiting();
      server.on('connection', (raw) => {
        callers.push(new StreamOutsider(raw));
        waiting.poke();
      });
      server.listen({ host, port });
      await once(server, 'listening');
      onTestFinished(() => void server.close());
      return {
        address: { host, port: portOf(server) },
        async caller(number = 0) {
          await waiting.until(
            () => callers.length > number,
            () => `${callers.length} callers`,
          );
          return callers[number] ?? Promise.reject(new Error('no caller'));
        },
        close: () => new Promise((resolve) => server.close(() => resolve())),
      };
    },
    async call(to) {
      const raw = net.connect({ ...to, allowHalfOpen: true });
      await once(raw, 'connect');
      return new StreamOutsider(raw);
    },
    mute: () => muteServer(host),
  };
}

/** Listens with the smallest queue, accepts nobody, and has its queue filled. */
async function muteServer(host: string): Promise<Address> {
  const worker = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
     const server = require('node:net').createServer();
     server.listen({ host: workerData, port: 0, backlog: 1 }, () => {
       parentPort.postMessage(server.address().port);
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
     });`,
    { eval: true, workerData: host },
  );
  onTestFinished(async () => {
    await worker.terminate();
  });
  const port = await new Promise<unknown>((resolve) => worker.once('message', resolve));
  if (typeof port !== 'number') throw new TypeError('no port');
  // listen(2) with a backlog of 1 takes two; the next handshake is not answered.
  for (let taken = 0; taken < 2; taken += 1) {
    const filler = net.connect({ host, port });
    onTestFinished(() => void filler.destroy());
    await once(filler, 'connect');
  }
  return { host, port };
}

class DgramOutsider implements Outsider {
  readonly address: Address;
  readonly heard: Buffer[] = [];
  readonly hasEnded = false;
  readonly hasFinished = false;
  readonly error = null;
  queued = 0;
  readonly #raw: dgram.Socket;
  readonly #waiting = new Waiting();
  #peer: Address | null;

  constructor(raw: dgram.Socket, peer: Address | null) {
    this.#raw = raw;
    this.#peer = peer;
    this.address = { host: raw.address().address, port: raw.address().port };
    raw.on('message', (data, { address, port }) => {
      this.#peer = { host: address, port };
      this.heard.push(data);
      this.#waiting.poke();
    });
  }

  meet(peer: Address): void {
    this.#peer = peer;
  }

  say(data: Uint8Array): void {
    if (this.#peer === null) throw new Error('Nobody to say it to.');
    this.queued += data.length;
    this.#raw.send(data, this.#peer.port, this.#peer.host, () => {
      this.queued -= data.length;
      this.#waiting.poke();
    });
  }

  end(): void {
    throw new Error('Datagrams have no end.');
  }

  reset(): void {
    throw new Error('Datagrams have no reset.');
  }

  pause(): void {
    throw new Error('Nothing to pause.');
  }

  resume(): void {
    throw new Error('Nothing to resume.');
  }

  until(holds: (outsider: Outsider) => boolean): Promise<void> {
    return this.#waiting.until(
      () => holds(this),
      () => `${this.heard.length} datagrams`,
    );
  }
}

export function dgramWorld(host: string): World {
  const open = async (port: number) => {
    const raw = dgram.createSocket({ type: host.includes(':') ? 'udp6' : 'udp4', recvBufferSize: 4_194_304 });
    let isOpen = true;
    raw.once('close', () => (isOpen = false));
    raw.bind({ address: host, port, exclusive: true });
    await once(raw, 'listening');
    const close = async () => {
      if (isOpen) await new Promise<void>((resolve) => raw.close(resolve));
    };
    onTestFinished(close);
    return { raw, close };
  };
  return {
    async callee(port = 0) {
      const { raw, close } = await open(port);
      const outsider = new DgramOutsider(raw, null);
      return { address: outsider.address, caller: () => Promise.resolve(outsider), close };
    },
    async call(to) {
      return new DgramOutsider((await open(0)).raw, to);
    },
    mute: () => Promise.reject(new Error('Datagrams have no handshake.')),
  };
}

function portOf(server: net.Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return address.port;
}
