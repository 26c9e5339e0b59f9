/** A page's end of the link, as a WebSocket client that remembers what it was told. */
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { readBatch } from '@socket-playground/shared/wire/unpack.ts';
import { agentMessage } from '@socket-playground/shared/wire/messages.ts';
import type { AgentMessage } from '@socket-playground/shared/wire/messages.ts';
import { protocolVersion } from '@socket-playground/shared/wire/version.ts';
import { token } from './agent.ts';
import type { RunningAgent } from './agent.ts';

export class TestLink {
  readonly socket: WebSocket;
  readonly messages: AgentMessage[] = [];
  readonly events: SocketEvent[] = [];
  /** Everything in the order it came: an event's number, or the type of a message. */
  readonly order: (number | string)[] = [];
  bytes = 0;
  batches = 0;
  readonly closed: Promise<{ code: number; reason: string }>;

  constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => {
      socket.once('close', (code: number, reason: Buffer) => resolve({ code, reason: reason.toString() }));
    });
    socket.on('message', (data: Buffer, isBinary) => (isBinary ? this.#batch(data) : this.#message(data)));
    socket.on('error', () => undefined);
  }

  say(message: unknown): void {
    this.socket.send(JSON.stringify(message));
  }

  hello(fields: object = {}): void {
    this.say({ type: 'hello', token, protocol: protocolVersion, ...fields });
  }

  credit(bytes: number): void {
    this.say({ type: 'credit', bytes });
  }

  #message(data: Buffer): void {
    const message = agentMessage.parse(JSON.parse(data.toString()));
    this.messages.push(message);
    this.order.push(message.type);
  }

  #batch(data: Buffer): void {
    const { events, torn } = readBatch(Uint8Array.from(data));
    if (torn) throw new Error('torn batch');
    this.bytes += data.length;
    this.batches += 1;
    this.events.push(...events);
    this.order.push(...events.map(({ seq }) => seq));
  }
}

/** Connects as the agent's own page would, without saying hello. */
export async function openLink(agent: Pick<RunningAgent, 'host' | 'origin'>): Promise<TestLink> {
  const socket = new WebSocket(`ws://${agent.host}/ws`, { origin: agent.origin });
  onTestFinished(() => socket.terminate());
  const link = new TestLink(socket);
  await once(socket, 'open');
  return link;
}
