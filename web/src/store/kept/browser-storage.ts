/** What the browser stores for this page. Where it blocks that, the page remembers as long as it is open. */

/** `open`, or reading, throws where a browser stores nothing for a page, or what it stored is broken. */
export function storageOf(open: () => Storage): Storage {
  try {
    const storage = open();
    storage.getItem('');
    return storage;
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

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The same storage; what it has no room for is remembered as long as the page is open. Older than that nothing stays in it. */
export function roomy(storage: Kept): Kept {
  const rest = forgetful();
  return {
    getItem: (key) => rest.getItem(key) ?? storage.getItem(key),
    setItem: (key, value) => {
      rest.removeItem(key);
      try {
        storage.setItem(key, value);
      } catch {
        storage.removeItem(key);
        rest.setItem(key, value);
      }
    },
    removeItem: (key) => {
      rest.removeItem(key);
      storage.removeItem(key);
    },
  };
}

/** Shared by the tabs of this browser. Writing to it throws where there is no room: `storeIn` says so. */
export const shared = storageOf(() => localStorage);
/** Of this tab alone, also after a reload. */
export const ofTab = roomy(storageOf(() => sessionStorage));
