/** The other end, for tests: feeds a behaviour and keeps what it does, bytes copied at once as the agent does. */
import type { SocketType } from '../src/events/address.ts';
import { decodeUtf8, encodeUtf8 } from '../src/payload/utf8.ts';
import type { Action, Input, Surroundings } from '../src/behaviours/behaviour.ts';
import { concat } from '../src/payload/concat.ts';
import { behaviours } from '../src/behaviours/index.ts';
import type { BehaviourConfig } from '../src/behaviours/index.ts';

export const peer = { host: '127.0.0.1', port: 40312 } as const;

/** Saturday, November 21, 2026 04:24:05 UTC, and a half second. */
const nowMs = Date.UTC(2026, 10, 21, 4, 24, 5, 500);

export const around = (socketType: SocketType): Surroundings => ({ nowMs, socketType, keepBytes: 1000 });

const copied = (action: Action): Action =>
  'data' in action ? { ...action, data: action.data.slice() } : action;

export class TestPeer {
  readonly actions: Action[] = [];
  readonly #feed: (input: Input) => void;

  constructor(config: BehaviourConfig, socketType: SocketType = 'stream', surroundings = around(socketType)) {
    const running = behaviours[config.name].begin(config);
    this.#feed = (input) => this.actions.push(...running.feed(input, surroundings).map(copied));
  }

  feed(...inputs: readonly Input[]): this {
    inputs.forEach(this.#feed);
    return this;
  }

  join(): this {
    return this.feed({ type: 'joined', peer });
  }

  /** Sends a chunk or datagram, then spoils its buffer, as a reader does that uses it again. */
  say(data: Uint8Array | string): this {
    const bytes = typeof data === 'string' ? encodeUtf8(data) : data.slice();
    this.feed({ type: 'received', data: bytes, from: peer });
    bytes.fill(0xee);
    return this;
  }

  fin(): this {
    return this.feed({ type: 'ended' });
  }

  /** What has been done so far, and forgets it: the text of each `send`, other actions by their type. */
  take(): string[] {
    return this.actions
      .splice(0)
      .map((action) =>
        'data' in action ? (action.type === 'send' ? '' : 'tell ') + decodeUtf8(action.data) : action.type,
      );
  }

  /** Every byte sent to the peer. */
  sent(): Uint8Array {
    return concat(this.actions.flatMap((action) => (action.type === 'send' ? [action.data] : [])));
  }

  /** The actions that are no bytes, in order. */
  others(): string[] {
    return this.actions.filter(({ type }) => type !== 'send').map(({ type }) => type);
  }
}

/** Cuts bytes at the given places, in any order. */
export function sliced(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).flatMap((end, index) => {
    const piece = bytes.slice(places[index], end);
    return piece.length > 0 ? [piece] : [];
  });
}
