/** What is being written to each socket of a run, kept while another one is looked at and when sending fails. */
import { limits } from '../../store/limits.ts';
import type { Draft } from './draft.ts';
import { noHistory, recall, remember } from './history.ts';
import type { History } from './history.ts';
import type { Attached } from './parcel.ts';
import { Outgoing } from './outgoing.svelte.ts';
import type { Destination } from './destination.ts';

export interface Sheet {
  readonly draft: Draft;
  readonly history: History;
  /** Null until a person wrote one: then it is the last sender. */
  readonly destination: Destination | null;
  /** Goes in place of the draft, which stays. */
  readonly file: Attached | null;
  /** Seconds as they were typed; null: what is sent goes once. */
  readonly every: string | null;
}

const blank: Sheet = {
  draft: { mode: 'text', text: '' },
  history: noHistory,
  destination: null,
  file: null,
  every: null,
};

export class Writing {
  #sheets: ReadonlyMap<number, Sheet> = $state.raw(new Map());
  readonly outgoing: Outgoing;

  /** `isPresent`: whether this is still the run whose sockets are meant. */
  constructor(isPresent: () => boolean = () => true) {
    this.outgoing = new Outgoing(isPresent);
  }

  of(socket: number): Sheet {
    return this.#sheets.get(socket) ?? blank;
  }

  write(socket: number, draft: Draft): void {
    this.#put(socket, { ...this.of(socket), draft });
  }

  aim(socket: number, destination: Destination): void {
    this.#put(socket, { ...this.of(socket), destination });
  }

  attach(socket: number, file: Attached | null): void {
    this.#put(socket, { ...this.of(socket), file });
  }

  repeat(socket: number, every: string | null): void {
    this.#put(socket, { ...this.of(socket), every });
  }

  /** The draft goes again and again: it stays, and can be recalled. */
  repeated(socket: number, draft: Draft): void {
    const sheet = this.of(socket);
    this.#put(socket, { ...sheet, history: remember(sheet.history, draft) });
  }

  /** The draft was sent. What was written since stays. */
  sent(socket: number, draft: Draft): void {
    const sheet = this.of(socket);
    const untouched = sheet.draft === draft;
    this.#put(socket, {
      ...sheet,
      draft: untouched ? { mode: draft.mode, text: '' } : sheet.draft,
      history: remember(sheet.history, draft),
    });
  }

  /** Shows an earlier (-1) or later (+1) message; false when there is none. */
  recall(socket: number, step: -1 | 1): boolean {
    const sheet = this.of(socket);
    const recalled = recall(sheet.history, step, sheet.draft);
    if (recalled === null) return false;
    this.#put(socket, { ...sheet, ...recalled });
    return true;
  }

  #put(socket: number, sheet: Sheet): void {
    const sheets = new Map(this.#sheets);
    sheets.delete(socket);
    sheets.set(socket, sheet);
    const [oldest] = sheets.keys();
    if (sheets.size > limits.sheets && oldest !== undefined) sheets.delete(oldest);
    this.#sheets = sheets;
  }
}
