/** Which of the two forms is open, and what stands in them: kept while they are closed. */
import type { SocketTable } from '@socket-playground/shared/events/reduce.ts';
import type { Given } from './draft.ts';
import type { Form, Kind } from './model.ts';
import type { Entry } from './shapes.ts';

export class Openings {
  #kind = $state.raw<Kind | null>(null);
  #forms = $state.raw<Readonly<Partial<Record<Kind, Form>>>>({});
  /** The client that was opened last, until somebody took care of it. */
  #fresh = $state.raw<number | null>(null);
  /** The same of a server. */
  #freshServer = $state.raw<number | null>(null);
  /** Where the focus goes back to. */
  #opener: HTMLElement | null = null;
  readonly #onlost: () => void;

  /** `onlost`: what fills a form in could not be fetched. */
  constructor(onlost: () => void = () => undefined) {
    this.#onlost = onlost;
  }

  get kind(): Kind | null {
    return this.#kind;
  }

  /** A client was just opened: what comes next is to write to it. */
  get fresh(): number | null {
    return this.#fresh;
  }

  /** A server was just opened: what comes next is to see where it is. */
  get freshServer(): number | null {
    return this.#freshServer;
  }

  /** Closes the form it came from. The other one stays: somebody is at it. */
  opened(kind: Kind, socket: number): void {
    this.#fresh = kind === 'client' ? socket : null;
    this.#freshServer = kind === 'server' ? socket : null;
    if (this.#kind === kind) this.hide();
  }

  welcomed(): void {
    this.#fresh = null;
    this.#freshServer = null;
  }

  /** Of a form that was shown before. */
  form(kind: Kind): Form {
    const form = this.#forms[kind];
    if (form === undefined) throw new Error(`The form New ${kind} was never shown.`);
    return form;
  }

  edit(form: Form): void {
    this.#forms = { ...this.#forms, [form.kind]: form };
  }

  /** A label is for one socket, and the other entries serve for the next one. Another label by now stays. */
  spendLabel(kind: Kind, label: Entry | undefined): void {
    const form = this.#forms[kind];
    if (form !== undefined && form.entries.label === label)
      this.edit({ ...form, entries: { ...form.entries, label: '' } });
  }

  /** Closes the form and forgets what stands in both, unless somebody is at it. The focus stays where it is. */
  reset(): void {
    if (this.#kind !== null && document.activeElement?.closest('.open-form')) return;
    this.#kind = null;
    this.#opener = null;
    this.#forms = {};
  }

  /** Opens a form: filled with `given` entries where there are some, else with what most likely comes next. */
  async show(kind: Kind, sockets: SocketTable, given: Given = {}): Promise<void> {
    const opener = document.activeElement;
    const part = await import('./draft.ts').catch(() => null);
    if (part === null) {
      this.#onlost();
      return;
    }
    this.edit(part.draft(kind, this.#forms[kind], given, sockets));
    if (this.#kind === null) this.#opener = opener instanceof HTMLElement ? opener : null;
    this.#kind = kind;
  }

  /** Closes the form and puts the focus where it was before, or on its button when that is gone. */
  hide(): void {
    const button = document.querySelector<HTMLElement>(`[data-opens="${this.#kind ?? ''}"]`);
    const opener = this.#opener?.isConnected === true ? this.#opener : button;
    this.#kind = null;
    opener?.focus();
    this.#opener = null;
  }
}
