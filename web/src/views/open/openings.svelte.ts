/** Which of the two forms is open, and what stands in them: kept while they are closed. */
import type { SocketTable } from '@socket-playground/shared/events/reduce.ts';
import { withFreePort, withNewestServer } from './help.ts';
import { newForm } from './model.ts';
import type { Form, Kind } from './model.ts';

export class Openings {
  #kind = $state.raw<Kind | null>(null);
  #forms = $state.raw<Readonly<Record<Kind, Form>>>({ server: newForm('server'), client: newForm('client') });
  /** The client that was opened last, until somebody took care of it. */
  #fresh = $state.raw<number | null>(null);
  /** The same of a server. */
  #freshServer = $state.raw<number | null>(null);
  /** Where the focus goes back to. */
  #opener: HTMLElement | null = null;

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

  opened(kind: Kind, socket: number): void {
    this.#fresh = kind === 'client' ? socket : null;
    this.#freshServer = kind === 'server' ? socket : null;
    if (this.#kind !== null) this.hide();
  }

  welcomed(): void {
    this.#fresh = null;
    this.#freshServer = null;
  }

  form(kind: Kind): Form {
    return this.#forms[kind];
  }

  edit(form: Form): void {
    this.#forms = { ...this.#forms, [form.kind]: form };
  }

  /** Opens a form: filled with `entries` where they are given, else with what most likely comes next. */
  show(kind: Kind, sockets: SocketTable, given: Partial<Pick<Form, 'socketType' | 'entries'>> = {}): void {
    const before = this.#forms[kind];
    const form: Form = {
      ...before,
      socketType: given.socketType ?? before.socketType,
      entries: { ...before.entries, ...given.entries },
    };
    const likely = kind === 'server' ? withFreePort(form, sockets) : withNewestServer(form, sockets);
    this.edit(given.entries === undefined ? likely : form);
    if (this.#kind === null) {
      this.#opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    }
    this.#kind = kind;
  }

  /** Closes the form and puts the focus where it was before. */
  hide(): void {
    this.#kind = null;
    this.#opener?.focus();
    this.#opener = null;
  }
}
