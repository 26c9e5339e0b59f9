/** Stores a text that the tabs of a browser share, and returns whether there was room. Without, the page goes on: a reload finds what was stored before. */
export function storeIn(storage: Pick<Storage, 'setItem'>, key: string, text: string): boolean {
  try {
    storage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}
