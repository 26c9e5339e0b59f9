/** Short messages that come and go by themselves; trouble stays until it is dismissed. */
export interface Toast {
  readonly id: number;
  readonly tone: 'done' | 'note' | 'trouble';
  readonly title: string;
  readonly code?: string;
  readonly detail?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const shownMs = 5_000;

export class Toasts {
  #list: readonly Toast[] = $state.raw([]);
  #last = 0;
  #held = false;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get list(): readonly Toast[] {
    return this.#list;
  }

  show(toast: Omit<Toast, 'id'>): void {
    const id = (this.#last += 1);
    this.#list = [...this.#list, { ...toast, id }].slice(-this.#most);
    if (toast.tone !== 'trouble') this.#dismissLater(id);
  }

  /** While somebody points at them or stands in them nothing goes away by itself. */
  hold(held: boolean): void {
    this.#held = held;
  }

  dismiss(id: number): void {
    this.#list = this.#list.filter((toast) => toast.id !== id);
  }

  #dismissLater(id: number): void {
    setTimeout(() => (this.#held ? this.#dismissLater(id) : this.dismiss(id)), shownMs);
  }
}
