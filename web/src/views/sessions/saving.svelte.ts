/** Saving one file: how far it is, and what it came to. */
import type { Download } from '../../store/library.svelte.ts';
import type { Target } from './target.ts';

export interface Progress {
  readonly name: string;
  readonly doneBytes: number;
  /** Null: nobody knows before the end. */
  readonly sizeBytes: number | null;
}

export type Saved =
  | { readonly is: 'saved'; readonly name: string; readonly bytes: number }
  | { readonly is: 'cancelled' }
  | { readonly is: 'failed'; readonly message: string };

/** What takes no longer than this is said when it is done, and not before. */
const longMs = 400;

export class Saving {
  #progress = $state.raw<Progress | null>(null);
  #isLong = $state.raw(false);
  #abort: AbortController | null = null;

  /** Null while nothing is being saved. */
  get progress(): Progress | null {
    return this.#progress;
  }

  /** Whether it takes long enough to be worth looking at. */
  get isLong(): boolean {
    return this.#isLong;
  }

  get isBusy(): boolean {
    return this.#progress !== null;
  }

  cancel(): void {
    this.#abort?.abort();
  }

  /** One file at a time. Never rejects. */
  async save(
    target: Target,
    fallbackName: string,
    ask: (signal: AbortSignal) => Promise<Download>,
  ): Promise<Saved> {
    const { name } = target;
    const abort = (this.#abort = new AbortController());
    this.#progress = { name: name ?? fallbackName, doneBytes: 0, sizeBytes: null };
    const timer = setTimeout(() => (this.#isLong = true), longMs);
    try {
      const download = await ask(abort.signal);
      if (abort.signal.aborted) return { is: 'cancelled' };
      if (download.is === 'unreachable') return { is: 'failed', message: download.message };
      const as = name ?? download.name;
      this.#progress = { name: as, doneBytes: 0, sizeBytes: download.size };
      await target.write(download.stream.pipeThrough(this.#counter()), as, abort.signal);
      return { is: 'saved', name: as, bytes: this.#progress.doneBytes };
    } catch (error) {
      if (abort.signal.aborted) return { is: 'cancelled' };
      return { is: 'failed', message: error instanceof Error ? error.message : String(error) };
    } finally {
      clearTimeout(timer);
      this.#progress = null;
      this.#isLong = false;
      this.#abort = null;
    }
  }

  #counter(): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
    return new TransformStream({
      transform: (chunk, controller) => {
        this.#advance(chunk.byteLength);
        controller.enqueue(chunk);
      },
    });
  }

  #advance(bytes: number): void {
    const before = this.#progress;
    if (before !== null) this.#progress = { ...before, doneBytes: before.doneBytes + bytes };
  }
}
