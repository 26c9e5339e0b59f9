/** The bytes of the selected row: those that are here at once, all of them when they have been fetched. */
import { carriesBytes } from '@socket-playground/shared/events/event.ts';
import { sameRow } from '../../store/rows/rows.ts';
import type { EventRow } from '../../store/rows/rows.ts';
import type { PayloadAnswer } from '../../store/store.svelte.ts';

export type Whole =
  | { readonly is: 'here' }
  | { readonly is: 'loading' }
  | { readonly is: 'gone' }
  | { readonly is: 'failed'; readonly message: string };

type FetchPayload = (seq: number, run: number) => Promise<PayloadAnswer>;

/** Walking through rows does not fetch each of them. */
const restMs = 120;
const noBytes = new Uint8Array();

export class Payload {
  #data = $state.raw<Uint8Array>(noBytes);
  #whole = $state.raw<Whole>({ is: 'here' });
  #row: EventRow | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #fetch: FetchPayload;

  constructor(fetch: FetchPayload) {
    this.#fetch = fetch;
  }

  get data(): Uint8Array {
    return this.#data;
  }

  get whole(): Whole {
    return this.#whole;
  }

  show(row: EventRow | null): void {
    if (sameRow(row ?? undefined, this.#row ?? undefined)) return;
    clearTimeout(this.#timer);
    this.#row = row;
    const event = row !== null && carriesBytes(row.event) ? row.event : null;
    this.#data = event?.data ?? noBytes;
    this.#whole = { is: event?.captured === undefined ? 'here' : 'loading' };
    if (this.#whole.is === 'loading') this.#timer = setTimeout(() => void this.#load(), restMs);
  }

  retry(): void {
    this.#whole = { is: 'loading' };
    void this.#load();
  }

  async #load(): Promise<void> {
    const row = this.#row;
    if (row === null) return;
    const answer = await this.#fetch(row.event.seq, row.run);
    if (row !== this.#row) return;
    switch (answer.is) {
      case 'data':
        this.#data = answer.data;
        this.#whole = { is: 'here' };
        return;
      case 'gone':
        this.#whole = { is: 'gone' };
        return;
      case 'unreachable':
        this.#whole = { is: 'failed', message: answer.message };
    }
  }
}
