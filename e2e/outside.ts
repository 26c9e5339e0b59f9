/** Programs beside the agent: plain Node sockets that know nothing of the product. */
import { createSocket } from 'node:dgram';
import type { Socket as DatagramSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

const host = '127.0.0.1';
const atOnce = 50;

export class Outside {
  readonly #endings: (() => void)[] = [];

  /** A connected TCP client. */
  async client(port: number): Promise<OutsideClient> {
    const socket = connect({ host, port });
    this.#endings.push(() => socket.destroy());
    await once(socket, 'connect');
    return new OutsideClient(socket);
  }

  /** A bound UDP socket. */
  async datagrams(): Promise<{ socket: DatagramSocket; port: number }> {
    const socket = createSocket('udp4');
    this.#endings.push(() => socket.close());
    socket.bind(0, host);
    await once(socket, 'listening');
    return { socket, port: socket.address().port };
  }

  /** Sends datagrams of five digits, numbered from 0, to an echo server, and hears each back: none is lost. */
  async pingPong(port: number, count: number): Promise<void> {
    const { socket } = await this.datagrams();
    let heard = 0;
    for (let from = 0; from < count; from += atOnce) {
      const all = Math.min(atOnce, count - from);
      const back = new Promise<void>((resolve) => {
        socket.on('message', () => {
          heard += 1;
          if (heard === from + all) resolve();
        });
      });
      for (let number = from; number < from + all; number += 1) {
        socket.send(String(number).padStart(5, '0'), port, host);
      }
      await back;
      socket.removeAllListeners('message');
    }
  }

  /** A web page of somebody else, on another port of this computer. */
  async website(html: string): Promise<string> {
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end(html);
    });
    this.#endings.push(() => {
      server.closeAllConnections();
      server.close();
    });
    server.listen(0, host);
    await once(server, 'listening');
    return `http://${host}:${portOf(server)}`;
  }

  close(): void {
    for (const end of this.#endings.splice(0)) end();
  }
}

export class OutsideClient {
  readonly socket: Socket;
  #received = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (data) => (this.#received = Buffer.concat([this.#received, data])));
    // A reset is what some tests are about.
    socket.on('error', () => undefined);
  }

  /** Its port, by which the page tells it apart. */
  get port(): number {
    return this.socket.localPort ?? 0;
  }

  send(data: string | Uint8Array): void {
    this.socket.write(data);
  }

  get text(): string {
    return this.#received.toString('latin1');
  }

  /** What has come, whole. */
  get bytes(): Buffer {
    return this.#received;
  }

  /** How many bytes have come. */
  get size(): number {
    return this.#received.length;
  }
}

const isAddress = (address: string | AddressInfo | null): address is AddressInfo =>
  typeof address === 'object' && address !== null;

function portOf(server: Server): number {
  const address = server.address();
  if (!isAddress(address)) throw new Error('It does not listen.');
  return address.port;
}
