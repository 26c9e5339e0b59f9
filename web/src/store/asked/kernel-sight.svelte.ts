/**
 * The kernel's view of the sockets that something on the page shows: asked for a few times a second as long as it is
 * shown, and not at all otherwise.
 */
import type { KernelSocket, KernelView } from '@socket-playground/shared/kernel/view.ts';
import { limits } from '../limits.ts';

/** What is known of one socket. */
export type Glimpse =
  /** Not asked yet, or nobody answers. */
  | { readonly is: 'unknown' }
  | { readonly is: 'unavailable'; readonly reason: 'system' | 'recording' }
  /** The kernel has no row of it: it neither listens nor is it connected, or it is forgotten. */
  | { readonly is: 'absent' }
  | { readonly is: 'seen'; readonly as: KernelSocket };

/** What views may ask. */
export interface Kernel {
  /** Keeps an eye on these sockets until the returned function is called. */
  follow(sockets: readonly number[]): () => void;
  of(socket: number): Glimpse;
}

type Ask = (sockets: readonly number[]) => Promise<KernelView | null>;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export class KernelSight implements Kernel {
  readonly #ask: Ask;
  /** How many places show each socket. */
  readonly #shown = new Map<number, number>();
  #view = $state.raw<KernelView | null>(null);
  /** The sockets of the view: of another one it says nothing. */
  #asked: ReadonlySet<number> = new Set();
  #isAtWork = false;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  follow(sockets: readonly number[]): () => void {
    for (const socket of sockets) this.#count(socket, 1);
    this.#begin();
    return () => {
      for (const socket of sockets) this.#count(socket, -1);
    };
  }

  of(socket: number): Glimpse {
    const view = this.#view;
    if (view?.available === false) return { is: 'unavailable', reason: view.reason };
    if (view === null || !this.#asked.has(socket)) return { is: 'unknown' };
    const as = view.sockets.find((seen) => seen.socket === socket);
    return as ? { is: 'seen', as } : { is: 'absent' };
  }

  /** Another run numbers its sockets from 1 again. */
  restart(): void {
    this.#view = null;
    this.#begin();
  }

  #begin(): void {
    if (!this.#isAtWork && this.#shown.size > 0) void this.#watch();
  }

  #count(socket: number, change: number): void {
    const places = (this.#shown.get(socket) ?? 0) + change;
    if (places > 0) this.#shown.set(socket, places);
    else this.#shown.delete(socket);
  }

  async #watch(): Promise<void> {
    this.#isAtWork = true;
    while (this.#shown.size > 0) {
      const wanted = [...this.#shown.keys()];
      const view = await this.#ask(wanted);
      this.#asked = new Set(wanted);
      this.#view = view;
      // A system that shows nothing will not begin to, and a recording has no kernel.
      if (view?.available === false) break;
      await pause(view === null ? limits.kernelRetryMs : limits.kernelPauseMs);
    }
    this.#isAtWork = false;
  }
}
