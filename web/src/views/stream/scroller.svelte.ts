/** The part of many rows of one height that is seen; it keeps to the tail until somebody scrolls up. */
import { offsetAfter, scrollHeight, scrollTopOf } from '../../ui/scroll-window.ts';

const tailPx = 4;

export class Scroller {
  readonly rowPx: number;
  #count = $state.raw(0);
  #offset = $state.raw(0);
  #follow = $state.raw(true);
  viewPx = $state.raw(0);

  readonly #extent = $derived.by(() => ({ contentPx: this.#count * this.rowPx, viewPx: this.viewPx }));
  readonly #furthest = $derived(Math.max(0, this.#extent.contentPx - this.viewPx));
  readonly #top = $derived(this.#follow ? this.#furthest : Math.min(this.#offset, this.#furthest));
  readonly heightPx = $derived(scrollHeight(this.#extent));
  readonly scrollTop = $derived(scrollTopOf(this.#top, this.#extent));
  /** The first row that is drawn, and the one behind the last. */
  readonly first = $derived.by(() => Math.floor(this.#top / this.rowPx));
  readonly end = $derived.by(() =>
    Math.min(this.#count, Math.ceil((this.#top + this.viewPx) / this.rowPx) + 1),
  );
  /** Where the first row that is drawn stands, px. */
  readonly originPx = $derived.by(() => this.scrollTop + this.first * this.rowPx - this.#top);

  constructor(rowPx: number, follow = true) {
    this.rowPx = rowPx;
    this.#follow = follow;
  }

  get follow(): boolean {
    return this.#follow;
  }

  set count(count: number) {
    this.#count = count;
  }

  /**
   * The scrollbar stands somewhere else than it was put: somebody scrolled. Or the view has grown, and the browser moved
   * it: that is heard of before the new height is, so it is told here.
   */
  scrolled({ scrollTop, clientHeight }: Pick<Element, 'scrollTop' | 'clientHeight'>): void {
    this.viewPx = clientHeight;
    if (Math.abs(scrollTop - this.scrollTop) < 1) return;
    this.#moveTo(offsetAfter(scrollTop, this.#top, this.#extent));
  }

  /** Keeps the element that scrolls in step, both ways: for `{@attach}`. */
  readonly attach = (view: HTMLElement): (() => void) => {
    const observer = new ResizeObserver(() => (this.viewPx = view.clientHeight));
    const scrolled = () => this.scrolled(view);
    // Before anything is revealed: what is in view needs no scrolling, and so leaves the tail where it is.
    this.viewPx = view.clientHeight;
    observer.observe(view);
    view.addEventListener('scroll', scrolled, { passive: true });
    // After the height: a scrollbar cannot stand where there is nothing yet.
    const topIn = (_heightPx: number) => this.scrollTop;
    $effect(() => {
      view.scrollTop = topIn(this.heightPx);
    });
    return () => {
      observer.disconnect();
      view.removeEventListener('scroll', scrolled);
    };
  };

  toTail(): void {
    this.#follow = true;
  }

  /** Moves as little as needed so that the row is seen. */
  reveal(row: number): void {
    const top = row * this.rowPx;
    if (top < this.#top) this.#moveTo(top);
    else if (top + this.rowPx > this.#top + this.viewPx) this.#moveTo(top + this.rowPx - this.viewPx);
  }

  #moveTo(offset: number): void {
    this.#offset = Math.max(0, offset);
    this.#follow = offset >= this.#furthest - tailPx;
  }
}
