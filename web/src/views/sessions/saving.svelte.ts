/** Saving one file: how far it is, and what it came to. */
import type { Download } from '../../store/library.svelte.ts';
import type { Target } from './target.ts';

export interface Progress {
  readonly name: string;
  /** Everything is looked through for secrets before the first byte is written. */
  readonly doing: 'looking' | 'writing';
  readonly doneBytes: number;
  /** Null: nobody knows before the end. */
  readonly sizeBytes: number | null;
  /** How much of it is done, 0 to 1; null: nobody knows. */
  readonly share: number | null;
}

export type Saved =
  /** `hidden`: so many places; null when nothing was asked to be. */
  | {
      readonly is: 'saved';
      readonly name: string;
      readonly bytes: number;
      readonly hidden: number | null;
    }
  | { readonly is: 'cancelled' }
  | { readonly is: 'failed'; readonly message: string };

export type Ask = (signal: AbortSignal, looked: (share: number) => void) => Promise<Download>;

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

  /** One file at a time, called `fallbackName` where nobody has chosen a name. Never rejects. */
  async save(target: Target, fallbackName: string, ask: Ask): Promise<Saved> {
    const { name } = target;
    const abort = (this.#abort = new AbortController());
    this.#progress = { ...begun, name: name ?? fallbackName };
    const timer = setTimeout(() => (this.#isLong = true), longMs);
    try {
      const download = await ask(abort.signal, (share) => this.#advance({ share }));
      if (abort.signal.aborted) return { is: 'cancelled' };
      if (download.is === 'unreachable') return { is: 'failed', message: download.message };
      return await this.#write(target, name ?? fallbackName, download, abort.signal);
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

  async #write(target: Target, as: string, download: Streamed, signal: AbortSignal): Promise<Saved> {
    this.#advance({ doing: 'writing', sizeBytes: download.size, share: null });
    await target.write(download.stream.pipeThrough(this.#counter(download)), as, signal);
    return { is: 'saved', name: as, bytes: this.#progress?.doneBytes ?? 0, hidden: download.hidden };
  }

  #counter({ size, share }: Streamed): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
    let doneBytes = 0;
    return new TransformStream({
      transform: (chunk, controller) => {
        doneBytes += chunk.byteLength;
        const part = size === null || size === 0 ? null : Math.min(1, doneBytes / size);
        this.#advance({ doneBytes, share: share?.() ?? part });
        controller.enqueue(chunk);
      },
    });
  }

  #advance(news: Partial<Progress>): void {
    if (this.#progress !== null) this.#progress = { ...this.#progress, ...news };
  }
}

type Streamed = Extract<Download, { is: 'stream' }>;
const begun = { doing: 'looking', doneBytes: 0, sizeBytes: null, share: null } as const;
