/** Fetches what did not come with the events: a few payloads at a time, the newest first: that is where one looks. */
import type { PayloadAnswer } from '../../store/store.svelte.ts';
import type { Chunk } from './lane.ts';
import { viewLimits } from './limits.ts';
import type { Stream } from './stream.ts';

type Fetch = (seq: number) => Promise<PayloadAnswer>;

const isCut = ({ known, from, to, gone }: Chunk): boolean => known < to - from && !gone;
const isFetched = (chunk: Chunk): boolean => isCut(chunk) && chunk.to - chunk.from <= viewLimits.fetchedBytes;

export class Filling {
  readonly #fetch: Fetch;
  readonly #asked = new Set<number>();
  #stream: Stream | null = null;
  #underWay = 0;
  /** Laying out a long stream takes time: what came meanwhile is shown together. */
  #pause: ReturnType<typeof setTimeout> | undefined;
  #isNew = false;
  #version = $state.raw(0);
  #problem = $state.raw<string | null>(null);

  constructor(fetch: Fetch) {
    this.#fetch = fetch;
  }

  /** Changes when more is known. */
  get version(): number {
    return this.#version;
  }

  /** Why nothing more comes; null while it does. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Asks for what is cut and not too long, as far as there is room. */
  want(stream: Stream): void {
    if (this.#problem !== null) return;
    // Another one knows nothing of what came for the one before.
    if (stream !== this.#stream) this.#asked.clear();
    this.#stream = stream;
    for (let at = stream.chunks.length - 1; at >= 0; at -= 1) {
      if (this.#underWay >= viewLimits.fetchedAtOnce) return;
      const chunk = stream.chunks[at];
      if (chunk !== undefined && isFetched(chunk) && !this.#asked.has(chunk.seq))
        void this.#ask(stream, chunk.seq);
    }
  }

  /** Asks for one, however long it is. */
  wantOne(stream: Stream, seq: number): void {
    this.#problem = null;
    if (!this.#asked.has(seq)) void this.#ask(stream, seq);
  }

  /** Asks once more for what could not be had. */
  again(stream: Stream): void {
    this.#problem = null;
    this.want(stream);
  }

  async #ask(stream: Stream, seq: number): Promise<void> {
    this.#asked.add(seq);
    this.#underWay += 1;
    const answer = await this.#fetch(seq);
    this.#underWay -= 1;
    if (answer.is === 'unreachable') {
      this.#asked.delete(seq);
      this.#problem = answer.message;
    } else stream.fill(seq, answer.is === 'data' ? answer.data : null);
    this.#tell();
    if (stream === this.#stream) this.want(stream);
  }

  #tell(): void {
    this.#isNew = this.#pause !== undefined;
    if (this.#isNew) return;
    this.#version += 1;
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      if (this.#isNew) this.#tell();
    }, viewLimits.filledMs);
  }
}
