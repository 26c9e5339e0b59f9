/** What of a lesson is in sight, and whether the focus is lost. Beside the sockets its text scrolls by itself; on a small screen the page does. */

/** Panes are stacked: the same width as in the styles. */
const small = '(max-width: 720px)';
/** The bar above and the bar of panes below hide so much of a small screen, px. */
const edgePx = 48;

export const isStacked = (): boolean => matchMedia(small).matches;

/** Whether one is at the text; on a small screen that is so while it has the upper half. */
export function isInSight(text: Element): boolean {
  const { top, bottom } = text.getBoundingClientRect();
  const half = window.innerHeight / 2;
  return !isStacked() || (top < half && bottom > half);
}

/** Whether a part of the text begins between the bars of a small screen: then it is seen, whatever fills the rest. */
export function beginsInSight(part: Element): boolean {
  const { top } = part.getBoundingClientRect();
  return top >= edgePx && top < window.innerHeight - 2 * edgePx;
}

/** Nothing has the focus any more. On a page that nobody has used yet that is as it should be. */
export const isAdrift = (): boolean =>
  navigator.userActivation.hasBeenActive && document.activeElement === document.body;

/** Brings a part of the text into sight: all of it, or its beginning when there is no room for all. */
export function bring(part: Element, text: Element): void {
  const room = isStacked() ? window.innerHeight - 2 * edgePx : text.clientHeight;
  if (!isStacked() && text.scrollHeight <= room) return;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const block = part.clientHeight <= room ? 'nearest' : 'start';
  part.scrollIntoView({ block, behavior: calm ? 'auto' : 'smooth' });
}
