/** Short messages that come and go by themselves; trouble stays until it is dismissed, or newer trouble needs its place. */
import { visible } from '@socket-playground/shared/payload/visible.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';

export interface Toast {
  readonly id: number;
  readonly tone: 'done' | 'note' | 'trouble';
  readonly title: string;
  readonly code?: string;
  readonly detail?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const shownMs = 5_000;

/** At most so many: the oldest that is no trouble gives way first. */
function withoutOldest(list: readonly Toast[], most: number): readonly Toast[] {
  if (list.length <= most) return list;
  const at = list.findIndex(({ tone }) => tone !== 'trouble');
  return list.toSpliced(Math.max(0, at), 1);
}

export class Toasts {
  #list: readonly Toast[] = $state.raw([]);
  #last = 0;
  #isHeld = () => false;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get list(): readonly Toast[] {
    return this.#list;
  }

  show(toast: Omit<Toast, 'id'>): void {
    const id = (this.#last += 1);
    this.#list = withoutOldest([...this.#list, { ...toast, id }], this.#most);
    if (toast.tone !== 'trouble') this.#dismissLater(id);
  }

  readonly tell = ({ code, message, hint }: Problem): void => {
    this.show({ tone: 'trouble', code, title: visible(message), detail: visible(hint) });
  };

  /** While somebody points at them or stands in them nothing goes away by itself. */
  holdWhile(isHeld: () => boolean): void {
    this.#isHeld = isHeld;
  }

  dismiss(id: number): void {
    this.#list = this.#list.filter((toast) => toast.id !== id);
  }

  #dismissLater(id: number): void {
    setTimeout(() => (this.#isHeld() ? this.#dismissLater(id) : this.dismiss(id)), shownMs);
  }
}
