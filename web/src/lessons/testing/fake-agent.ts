/** For tests: an agent as the store sees it, with sockets that say what real ones say. */
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import type { EventBody, SocketEvent } from '@socket-playground/shared/events/event.ts';
import { bytesOf } from '@socket-playground/shared/payload/payload.ts';
import type { Outcome, Welcome } from '@socket-playground/shared/wire/messages.ts';
import type { Link, LinkListener, PayloadAnswer } from '../../link/link.ts';
import { forgetful as storage } from '../../store/kept/browser-storage.ts';
import { Settings } from '../../store/kept/settings.svelte.ts';
import { Store } from '../../store/store.svelte.ts';
import { at } from '../../store/testing/events.ts';

export { storage };

/** A window that goes to no place. */
export const nowhere = {
  location: { hash: '', pathname: '/', search: '' },
  history: { state: null, pushState: () => undefined, replaceState: () => undefined },
  sessionStorage: storage(),
  addEventListener: () => undefined,
};

const prefixBytes = 256;

/** Servers that echo, clients that call them; what happens is told at once. */
export class FakeAgent {
  readonly store: Store;
  readonly asked: number[] = [];
  readonly commands: Command[] = [];
  #listener: LinkListener | undefined;
  #epoch = 'first';
  #seq = 0;
  #waitedNs = 0;
  #sockets = 0;
  #ports = 50_000;
  /** The listener at a port. */
  readonly #listening = new Map<number, number>();
  /** The other end of a connection, both ways. */
  readonly #peers = new Map<number, number>();
  readonly #payloads = new Map<number, Uint8Array>();
  #refuses = false;

  constructor(session = storage()) {
    const link: Link = {
      start: (listener) => (this.#listener = listener),
      stop: () => undefined,
      retryNow: () => undefined,
      run: (command) => Promise.resolve(this.#run(command)),
      payload: (seq) => Promise.resolve(this.#payload(seq)),
      search: () => Promise.resolve({ is: 'unreachable' }),
      kernel: () => Promise.resolve(null),
      save: () => Promise.resolve({ is: 'unreachable', message: '' }),
    };
    this.store = new Store({ link, settings: new Settings(storage()), session, schedule: (work) => work() });
    this.store.start();
    this.meet();
  }

  /** The page meets it, or meets it again. */
  meet(): void {
    this.#listener?.welcome(this.#welcome());
    this.#listener?.status({ is: 'live' });
  }

  lose(): void {
    this.#listener?.status({ is: 'lost', retryInMs: 1_000 });
  }

  /** Another run: no sockets, numbers from 1 again. */
  restart(): void {
    this.#epoch += '-again';
    this.#seq = this.#sockets = 0;
    this.#listening.clear();
    this.#peers.clear();
    this.#payloads.clear();
    this.meet();
  }

  /** From now on no server can be opened. */
  refuse(refuses: boolean): void {
    this.#refuses = refuses;
  }

  /** A program that is not the agent's connects; answers the accepted socket. */
  visit(port: number): number {
    return this.#accept(port, this.#freePort());
  }

  /** Time passes; without this an event takes a millisecond. */
  wait(ms: number): void {
    this.#waitedNs += ms * 1e6;
  }

  /** Something comes to a socket. */
  hear(socket: number, text: string): void {
    this.#move('received', socket, new TextEncoder().encode(text));
  }

  #run(command: Command): Outcome {
    this.commands.push(command);
    switch (command.type) {
      case 'serve':
        return this.#serve();
      case 'dial':
        return this.#dial(command.port);
      case 'send':
        return this.#send(command.socket, command.data);
      case 'close':
        this.#close(command.socket);
        return { ok: true, result: {} };
      default:
        return { ok: true, result: {} };
    }
  }

  #serve(): Outcome {
    if (this.#refuses) return refusal('EMFILE');
    const socket = this.#open();
    const local = at(this.#freePort());
    this.#listening.set(local.port, socket);
    this.#tell({ type: 'bound', socket, local }, { type: 'listening', socket, local, backlog: 511 });
    return { ok: true, result: { socket, local } };
  }

  #dial(port: number): Outcome {
    const socket = this.#open();
    const [local, remote] = [at(this.#freePort()), at(port)];
    this.#tell({ type: 'connecting', socket, remote });
    if (!this.#listening.has(port)) {
      const problem = { code: 'ECONNREFUSED', errno: 111, message: 'Nobody listens.', hint: '' };
      this.#tell({ type: 'failed', socket, during: 'connect', ...problem }, { type: 'closed', socket });
      return refusal('ECONNREFUSED');
    }
    const accepted = this.#accept(port, local.port);
    this.#peers.set(socket, accepted).set(accepted, socket);
    this.#tell({ type: 'connected', socket, local, remote });
    return { ok: true, result: { socket, local, remote } };
  }

  #accept(port: number, from: number): number {
    const listener = this.#listening.get(port) ?? 0;
    const socket = this.#open(listener);
    this.#tell({ type: 'accepted', socket, listener, local: at(port), remote: at(from) });
    return socket;
  }

  #send(socket: number, data: Extract<Command, { type: 'send' }>['data']): Outcome {
    const bytes = bytesOf(data);
    this.#move('sent', socket, bytes);
    const peer = this.#peers.get(socket);
    if (peer !== undefined) this.#move('received', peer, bytes);
    return { ok: true, result: { size: bytes.length, queued: 0 } };
  }

  #move(type: 'sent' | 'received', socket: number, data: Uint8Array): void {
    const isCut = data.length > prefixBytes;
    this.#payloads.set(this.#seq + 1, data);
    const captured = isCut ? { captured: prefixBytes } : {};
    this.#tell({ type, socket, size: data.length, data: data.subarray(0, prefixBytes), ...captured });
  }

  #close(socket: number): void {
    for (const [port, listener] of this.#listening) if (listener === socket) this.#listening.delete(port);
    const peer = this.#peers.get(socket);
    this.#tell({ type: 'closed', socket });
    if (peer !== undefined) this.#tell({ type: 'ended', socket: peer, by: 'remote' });
  }

  #open(listener?: number): number {
    const socket = (this.#sockets += 1);
    const of = listener === undefined ? {} : { listener };
    this.#tell({ type: 'opened', socket, family: 'inet', socketType: 'stream', label: null, ...of });
    return socket;
  }

  #freePort(): number {
    return (this.#ports += 1);
  }

  #tell(...bodies: readonly EventBody[]): void {
    const events = bodies.map((body): SocketEvent => {
      this.#seq += 1;
      return { ...body, seq: this.#seq, time: this.#seq * 1e6 + this.#waitedNs };
    });
    this.#listener?.events(events);
  }

  #payload(seq: number): PayloadAnswer {
    this.asked.push(seq);
    const data = this.#payloads.get(seq);
    return data === undefined ? { is: 'gone' } : { is: 'data', data };
  }

  #welcome(): Welcome {
    return {
      ...{ type: 'welcome', protocol: 0, version: '', epoch: this.#epoch, from: 1, latest: this.#seq },
      ...{
        started: '2026-11-21T00:00:00.000Z',
        session: null,
        tornBytes: 0,
        addresses: [],
        hostname: 'here',
      },
      ...{ platform: 'linux', expose: false, can: [] },
    };
  }
}

const refusal = (code: string): Outcome => ({
  ok: false,
  problem: { code, message: `It said ${code}.`, hint: 'Try something else.' },
});
