/** The same list with one item a place further up (-1) or down (1); the very same list when there is no such place. */
export function moved<Item>(order: readonly Item[], item: Item, by: -1 | 1): readonly Item[] {
  const from = order.indexOf(item);
  const to = from + by;
  const other = order[to];
  if (from < 0 || other === undefined) return order;
  return order.map((each, index) => (index === from ? other : index === to ? item : each));
}
