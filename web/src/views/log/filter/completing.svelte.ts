import type { Completion } from '@socket-playground/shared/filter/complete.ts';
import type { SocketTable } from '@socket-playground/shared/events/reduce.ts';
import type { Filter } from './filter.svelte.ts';

interface Around {
  readonly filter: () => Filter;
  /** Whose numbers and addresses are offered. */
  readonly sockets: () => SocketTable;
  /** What payloads can be taken for. */
  readonly protocols: () => readonly string[];
}

const none: readonly Completion[] = [];

/** What may stand at the caret of what is typed, and which of it the keys are at. */
export class Completing {
  readonly #around: Around;
  /** Where what is typed may be completed; null: nobody types. */
  #caret = $state.raw<number | null>(null);
  #active = $state.raw(-1);
  readonly #found = $derived.by(() => {
    const { draft, language } = this.#filter;
    if (this.#caret === null || draft === '' || language === null) return null;
    const { sockets, protocols } = this.#around;
    return language.complete(draft, this.#caret, language.offersOf(sockets(), protocols()));
  });

  constructor(around: Around) {
    this.#around = around;
  }

  get options(): readonly Completion[] {
    return this.#found?.options ?? none;
  }

  /** Index of the option that Enter takes; -1: none yet. */
  get active(): number {
    return this.#active;
  }

  get chosen(): Completion | undefined {
    return this.options[this.#active];
  }

  /** Somebody types, and the caret stands here. */
  typed(caret: number | null): void {
    this.#active = -1;
    this.#caret = caret;
  }

  /** Nothing is offered any more. */
  quiet(): void {
    this.#caret = null;
  }

  /** Writes this option into the draft. Answers where the caret belongs; null when nothing is offered. */
  take({ text }: Completion): number | null {
    if (this.#found === null) return null;
    const { from, to } = this.#found;
    const { draft } = this.#filter;
    const space = /[\w=<>]$/.test(text) ? ' ' : '';
    this.#filter.draft = draft.slice(0, from) + text + space + draft.slice(to).trimStart();
    this.#active = -1;
    return from + text.length + space.length;
  }

  /** Whether it is a key of the list; one that is still on its way can be waved off too. */
  walks(key: string): boolean {
    const { length } = this.options;
    const { draft, language } = this.#filter;
    const isAwaited = language === null && this.#caret !== null && draft !== '';
    if (length === 0 && !(isAwaited && key === 'Escape')) return false;
    if (key === 'ArrowDown') this.#active = (this.#active + 1) % length;
    else if (key === 'ArrowUp') this.#active = (Math.max(this.#active, 0) + length - 1) % length;
    else if (key === 'Escape') this.quiet();
    else return false;
    return true;
  }

  get #filter(): Filter {
    return this.#around.filter();
  }
}
