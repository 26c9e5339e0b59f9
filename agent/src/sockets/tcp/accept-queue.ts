/**
 * The kernel's queue of a listener whose connections are taken one by one (accept(2), listen(2)).
 *
 * Nobody but the kernel holds the connections that wait: they are established, their clients may send, and they end with
 * the listening descriptor.
 */
import { closeSync, openSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { startAccepting, stopAccepting } from './handle.ts';
import type { TcpHandle } from './handle.ts';

/** The connection, a negative errno, or null when none waited. */
export type Taken = TcpHandle | number | null;

export class AcceptQueue {
  readonly #handle: TcpHandle;
  #taken: Taken = null;
  #turn: Promise<void> = Promise.resolve();

  /** For a stoppable handle that began to listen in this very turn of the event loop: nothing was accepted yet. */
  constructor(handle: TcpHandle) {
    this.#handle = handle;
    handle.onconnection = (errno, client) => {
      stopAccepting(handle);
      this.#taken = client ?? errno;
    };
    startAccepting(handle);
    stopAccepting(handle);
  }

  /** Runs one after the other what must not happen at once. */
  inTurn<Value>(act: () => Promise<Value>): Promise<Value> {
    const acted = this.#turn.then(act);
    const over = () => undefined;
    this.#turn = acted.then(over, over);
    return acted;
  }

  /** accept(2) that does not wait. Only one at a time. */
  async take(): Promise<Taken> {
    this.#taken = null;
    startAccepting(this.#handle);
    // The rest of this turn does not watch the descriptor yet. By the end of the next one libuv has looked at it.
    await nextTurn();
    await nextTurn();
    stopAccepting(this.#handle);
    return this.#taken;
  }
}

/** A directory that is always there. */
const root = '/';

/**
 * Throws as accept(2) would fail when no descriptor is left (EMFILE, ENFILE). libuv must not be asked to accept then: it
 * would take every connection that waits and close them all.
 */
export function needDescriptor(): void {
  closeSync(openSync(root, 'r'));
}
