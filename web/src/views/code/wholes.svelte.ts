/** Whole payloads that the programs quote, each asked for once. */
import type { PayloadAnswer } from '../../store/store.svelte.ts';

type Fetch = (seq: number) => Promise<PayloadAnswer>;

export class Wholes {
  readonly #fetch: Fetch;
  readonly #known = new Map<number, Uint8Array | null>();
  readonly #asked = new Set<number>();
  #version = $state.raw(0);

  constructor(fetch: Fetch) {
    this.#fetch = fetch;
  }

  /** Changes when one more is known. */
  get version(): number {
    return this.#version;
  }

  /** Null: nobody has it any more. Undefined: not known yet. */
  readonly get = (seq: number): Uint8Array | null | undefined => this.#known.get(seq);

  want(seqs: readonly number[]): void {
    for (const seq of seqs) if (!this.#asked.has(seq)) void this.#ask(seq);
  }

  /** Who does not answer now may do so later: it is asked again when it is wanted again. */
  async #ask(seq: number): Promise<void> {
    this.#asked.add(seq);
    const answer = await this.#fetch(seq);
    if (answer.is === 'unreachable') this.#asked.delete(seq);
    else {
      this.#known.set(seq, answer.is === 'data' ? answer.data : null);
      this.#version += 1;
    }
  }
}
