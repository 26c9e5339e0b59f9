/** Parts of a pane that scrolls, and whether they are seen. Where the page scrolls instead, nothing is moved. */

type Part = Element | null | undefined;

export function isInSight(part: Part, pane: Element | null): boolean {
  const [inner, outer] = [part, pane].map((element) => element?.getBoundingClientRect());
  return (
    inner !== undefined && outer !== undefined && inner.top >= outer.top && inner.bottom <= outer.bottom + 1
  );
}

export function bringIntoSight(part: Part, pane: Element | null): void {
  if (pane !== null && pane.scrollHeight > pane.clientHeight) part?.scrollIntoView({ block: 'nearest' });
}
