import type { OwnState, SocketState } from '@socket-playground/shared/events/state.ts';
import type { Block } from '@socket-playground/shared/wire/block.ts';
import type { Gap } from '@socket-playground/shared/wire/messages.ts';
import { advance } from './advance.ts';
import type { Backing } from './backing.ts';
import { Listeners } from './listeners.ts';

/** Nothing stands behind memory: events that it lets go of are gone, what they came to stays. */
export class MemoryOnly implements Backing {
  readonly wantsNewBlock = false;
  readonly first = null;
  readonly #standing = new Map<number, OwnState>();
  readonly #listeners = new Listeners();
  #newest = 0;

  get settled(): number {
    return this.#newest;
  }

  begin(): void {
    // Nothing is stored.
  }

  appended(newest: number): void {
    this.#newest = newest;
    this.#listeners.tell();
  }

  mayRelease(): boolean {
    return true;
  }

  released(block: Block): void {
    advance(this.#standing, block);
  }

  mayBegin(): boolean {
    return true;
  }

  gapAt(cursor: number, memoryFirst: number): Gap {
    return { type: 'gap', from: cursor, to: memoryFirst - 1, reason: 'memory-limit' };
  }

  blockOf(): null {
    return null;
  }

  /** Copies: a slow reader holds them while memory lets go of more. */
  standingAfter(): Promise<readonly SocketState[]> {
    return Promise.resolve(Array.from(this.#standing.values(), (state) => ({ ...state })));
  }

  settle(): Promise<void> {
    return Promise.resolve();
  }

  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }
}
