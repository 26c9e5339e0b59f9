/** The store's journal as the checker reads it: events of the present run, and whole payloads once they were asked for. */
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { Store } from '../store/store.svelte.ts';
import { limits } from './limits.ts';

export class JournalView {
  readonly #store: Store;
  /** Whole payloads by number; null while one is under way, or when nobody has it any more. */
  readonly #whole = new Map<number, Uint8Array | null>();
  #run = 0;
  #bytes = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Number of the newest event; 0 before the first. */
  get latest(): number {
    return this.#store.journal.lastSeq;
  }

  /** From this number on; what this page does not have is left out. */
  *events(from: number): Iterable<SocketEvent> {
    const { journal } = this.#store;
    const first = journal.indexOf(Math.max(1, from));
    for (let index = first; index >= 0 && index < journal.length; index += 1) {
      const row = journal.at(index);
      if (row?.kind === 'event' && row.event.seq >= from) yield row.event;
    }
  }

  /** All bytes of a transfer; null while only its first are here. */
  payload(seq: number): Uint8Array | null {
    this.#forgetRunBefore();
    const row = this.#store.journal.bySeq(seq);
    if (row?.kind !== 'event' || !isTransfer(row.event)) return null;
    const { data, captured } = row.event;
    return captured === undefined ? data : (this.#whole.get(seq) ?? null);
  }

  /** Fetches what is not here. Resolves to whether anything came that was not here before. */
  async fetch(seqs: readonly number[]): Promise<boolean> {
    this.#forgetRunBefore();
    const missing = seqs.filter((seq) => !this.#whole.has(seq)).slice(0, limits.payloadsAtOnce);
    const came = await Promise.all(missing.map((seq) => this.#fetch(seq, this.#run)));
    return came.some(Boolean);
  }

  async #fetch(seq: number, run: number): Promise<boolean> {
    if (this.#bytes > limits.payloadBytes) return false;
    this.#whole.set(seq, null);
    const answer = await this.#store.payload(seq, run);
    if (run !== this.#run) return false;
    // Who could not be reached is asked again.
    if (answer.is === 'unreachable') this.#whole.delete(seq);
    if (answer.is !== 'data') return false;
    this.#whole.set(seq, answer.data);
    this.#bytes += answer.data.length;
    return true;
  }

  /** Another run numbers its events from 1 again. */
  #forgetRunBefore(): void {
    const { run } = this.#store.journal;
    if (run === this.#run) return;
    this.#run = run;
    this.#whole.clear();
    this.#bytes = 0;
  }
}
