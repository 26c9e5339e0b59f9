/** What the browser stores for this page. Where it blocks that, the page remembers as long as it is open. */

/** `open` throws where a browser stores nothing for a page. */
export function storageOf(open: () => Storage): Storage {
  try {
    return open();
  } catch {
    return forgetful();
  }
}

/** Remembers as long as the page is open. */
export function forgetful(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    clear: () => kept.clear(),
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

/** Shared by the tabs of this browser. */
export const shared = storageOf(() => localStorage);
/** Of this tab alone, also after a reload. */
export const ofTab = storageOf(() => sessionStorage);
