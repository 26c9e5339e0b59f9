/** Where the page stands, as its address says it: `#lessons`, `#lesson`, `#lesson/<id>/<step>`, or the sockets alone. */
export type Place =
  | { readonly is: 'sockets' }
  /** The list of lessons. */
  | { readonly is: 'lessons' }
  /** Whichever lesson is the next to do: the first one for who is new. */
  | { readonly is: 'next' }
  | { readonly is: 'lesson'; readonly id: string; readonly step: string | null };

const lesson = /^#lesson\/([a-z0-9-]+\/[a-z0-9-]+)(?:\/([a-z0-9-]+))?$/;

/** Null for what is no place: the agent's token, or anything else somebody wrote there. */
export function placeOf(hash: string): Place | null {
  if (hash === '' || hash === '#') return { is: 'sockets' };
  if (hash === '#lessons') return { is: 'lessons' };
  if (hash === '#lesson') return { is: 'next' };
  const [, id, step] = lesson.exec(hash) ?? [];
  return id === undefined ? null : { is: 'lesson', id, step: step ?? null };
}

/** The fragment of an address, empty for the sockets alone. */
export function hashOf(place: Place): string {
  switch (place.is) {
    case 'sockets':
      return '';
    case 'lessons':
      return '#lessons';
    case 'next':
      return '#lesson';
    case 'lesson':
      return `#lesson/${place.id}${place.step === null ? '' : `/${place.step}`}`;
  }
}
