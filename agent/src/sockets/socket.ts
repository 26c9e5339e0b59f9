/**
 * The contract every kind of socket keeps, checked by `conformance.test.ts`:
 *
 * - Every fact is recorded through its host before anyone else learns of it, and `closed` is the last, exactly once.
 * - A call that the kernel refuses records `failed` and answers with the same problem; a call that makes no sense in
 *   the socket's state is refused with a problem of our own and leaves nothing in the journal.
 * - A failed bind, listen or connect leaves the socket as it was before the call, so that it can be tried again.
 * - `close` and `reset` are idempotent and may come at any time, also while another call is under way.
 */
import type { Address, Family } from '@socket-playground/shared/events/address.ts';
import type { SocketFact } from '@socket-playground/shared/events/event.ts';
import type { OptionSetting } from '@socket-playground/shared/events/option.ts';
import type { Result } from '../result.ts';
import type { AcceptGate } from './accept-gate.ts';

export interface Ends {
  readonly local: Address;
  readonly remote: Address;
}

/** Whether a listener takes connections as they come, or one for each `accept`. */
export type AcceptMode = 'auto' | 'manual';

export interface AgentSocket {
  readonly id: number;
  /** Bytes that wait in the agent because the kernel does not take them: a write counts until its last byte is taken. */
  readonly queued: number;
  /** Its own address while it is connecting: the kernel chose it, and no event tells before it is connected. */
  readonly callingFrom: Address | null;

  bind(local: Address): Promise<Result<Address>>;
  listen(backlog: number, mode?: AcceptMode): Promise<Result<Address>>;
  /** Takes one connection that waits at a manual listener and answers with its number; null when none waits. */
  accept(): Promise<Result<number | null>>;
  /** One attempt at one numeric address. Without `timeoutMs` the kernel decides when to give up. */
  connect(remote: Address, timeoutMs?: number): Promise<Result<Ends>>;
  /** Answers with the bytes that are queued once the kernel took what it wanted: a stream knows at once. */
  send(data: Uint8Array): Result<number> | Promise<Result<number>>;
  sendTo(data: Uint8Array, remote: Address): Promise<Result<null>>;
  setOption(setting: OptionSetting): Promise<Result<null>>;

  /** The person's own switch, recorded as `paused` and `resumed`; bytes wait in the kernel meanwhile. */
  pause(): Result<null>;
  resume(): Result<null>;
  /** Back-pressure: stops reading without being a fact of its own (`blocked` and `drained` tell the story). */
  hold(): void;
  release(): void;

  /** FIN after what is queued. */
  shutdown(): Promise<Result<null>>;
  /** FIN after what is queued, then closed. */
  close(): Promise<void>;
  /** RST, then closed; what is queued is lost. */
  reset(): Promise<void>;
}

/** What a socket may ask of the agent it lives in. */
export interface SocketHost {
  readonly id: number;
  /** Data are copied before this returns: a view of a buffer that is used again will do. */
  record(fact: SocketFact): void;
  /** These bytes, which may be an event's own, are needed beyond this turn of the event loop. */
  keep(data: Uint8Array): void;
  /**
   * These bytes, which may be an event's own, as they should be written. Surely waiting, or where many events' own wait
   * already, they are a copy: an event's bytes keep a whole block of the journal.
   */
  toWrite(data: Uint8Array, willWait: boolean): Uint8Array;
  /** The same as `keep`, for a write that waits; true when somebody has to say that it waits no more. */
  lend(data: Uint8Array): boolean;
  giveBack(): void;
  /** Whether one more socket may be open. */
  readonly hasRoom: boolean;
  /** Gives an accepted connection a host of its own; null when no more sockets may be open. */
  adopt<Kind extends AgentSocket>(make: (host: SocketHost) => Kind): Kind | null;
}

export interface SocketLimits {
  readonly readBytes: number;
  readonly sendQueueBytes: number;
  readonly sendQueueDatagrams: number;
  readonly lentWrites: number;
  readonly udpReceiveBytes: number;
  readonly earlyOptions: number;
  readonly lingerMs: number;
  readonly sockets: number;
}

export interface SocketOptions {
  /** Shuts whoever accepts by itself while descriptors are short. */
  readonly gate: AcceptGate;
  readonly family: Family;
  readonly label: string | null;
  readonly limits: SocketLimits;
}
