/**
 * Scroll positions of a list that may be taller than a browser can make an element.
 * Chromium ends at 33,554,432 px: beyond `tallestPx` the scrollbar moves in larger steps than the list.
 */
export const tallestPx = 16_000_000;

export interface Extent {
  /** Height of the whole list, px. */
  readonly contentPx: number;
  /** Height of what is seen of it, px. */
  readonly viewPx: number;
}

/** Height of the element that is scrolled. */
export const scrollHeight = ({ contentPx }: Extent): number => Math.min(contentPx, tallestPx);

function stretch(extent: Extent): number {
  const scrollable = scrollHeight(extent) - extent.viewPx;
  return scrollable <= 0 ? 1 : (extent.contentPx - extent.viewPx) / scrollable;
}

/** The list's offset that the scrollbar stands for. */
export const offsetOf = (scrollTop: number, extent: Extent): number => scrollTop * stretch(extent);

/** Where the scrollbar stands for an offset of the list. */
export function scrollTopOf(offset: number, extent: Extent): number {
  const most = Math.max(0, extent.contentPx - extent.viewPx);
  return Math.min(Math.max(0, offset), most) / stretch(extent);
}

/**
 * The list's offset after somebody scrolled. A wheel or a key moves by no more than a view: the list moves by the same
 * px, whatever the scrollbar stands for. Further is a dragged scrollbar, and both ends are the ends.
 */
export function offsetAfter(scrollTop: number, before: number, extent: Extent): number {
  const moved = scrollTop - scrollTopOf(before, extent);
  const isAtEnd = scrollTop < 1 || scrollTop > scrollHeight(extent) - extent.viewPx - 1;
  if (isAtEnd || Math.abs(moved) > extent.viewPx) return offsetOf(scrollTop, extent);
  return before + moved;
}
