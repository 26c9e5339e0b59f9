/** What is said to an attempt: what happened first, and apart from it what to look at. */
export interface Said {
  readonly first: string;
  readonly rest: string;
}

/** Cut after the first sentence. A dot within an address, a number or what somebody sent (“Hi! there”) ends none. */
export function inTwo(says: string): Said {
  const first = /^(?:“[^”]*”|.)*?[.!?](?=\s)/s.exec(says)?.[0] ?? says;
  return { first, rest: says.slice(first.length).trim() };
}
