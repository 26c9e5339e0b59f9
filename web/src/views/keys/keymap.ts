/** Every key of the page, in one table: the list that `?` shows and what the keyboard does are made from it. */
export type BenchAction =
  | ('filter' | 'next' | 'before' | 'follow' | 'server' | 'client' | 'accept')
  | ('find-in-log' | 'next-match' | 'match-before' | 'mark' | 'next-mark' | 'mark-before' | 'reference');
export type PageAction = BenchAction | 'find' | 'keys' | 'lessons';

export interface KeyEntry {
  readonly keys: readonly string[];
  readonly does: string;
  /** What it starts from anywhere on the page; the others belong to the view that has the focus. */
  readonly action: PageAction | null;
}

export const keymap: readonly KeyEntry[] = [
  { keys: ['Ctrl', 'K'], does: 'find or do anything', action: 'find' },
  { keys: ['/'], does: 'filter the log', action: 'filter' },
  { keys: ['?'], does: 'this list', action: 'keys' },
  { keys: ['l'], does: 'lessons, or the sockets alone', action: 'lessons' },
  { keys: ['s'], does: 'new server', action: 'server' },
  { keys: ['c'], does: 'new client', action: 'client' },
  { keys: ['a'], does: 'accept a client that waits', action: 'accept' },
  { keys: ['j'], does: 'next row', action: 'next' },
  { keys: ['k'], does: 'row before', action: 'before' },
  { keys: ['F'], does: 'find in the log, hiding nothing', action: 'find-in-log' },
  { keys: ['n'], does: 'next match', action: 'next-match' },
  { keys: ['N'], does: 'match before', action: 'match-before' },
  { keys: ['m'], does: 'mark the row, or take the mark away', action: 'mark' },
  { keys: ['.'], does: 'next marked row', action: 'next-mark' },
  { keys: [','], does: 'marked row before', action: 'mark-before' },
  { keys: ['r'], does: 'count times from the row, or from the start', action: 'reference' },
  { keys: ['Shift', 'F10'], does: 'what can be done with the row', action: null },
  { keys: ['Home', 'End'], does: 'first and last row', action: null },
  { keys: ['Enter'], does: 'open the row’s bytes', action: null },
  { keys: ['Ctrl', 'C'], does: 'copy the row or the bytes', action: null },
  { keys: ['Del'], does: 'close the focused socket', action: null },
  { keys: ['Esc'], does: 'close what is open', action: null },
  { keys: ['f'], does: 'follow the tail', action: 'follow' },
  { keys: ['Ctrl', 'Enter'], does: 'send; Enter alone does, too', action: null },
  { keys: ['↑'], does: 'earlier message', action: null },
  { keys: ['↑', '↓'], does: 'on a line to put in order: move it', action: null },
  { keys: ['↓'], does: 'in Filter or Host: what can be chosen', action: null },
];

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** What a key starts; `typing`: the focus is in a field, where letters are letters. */
export function actionOf({ key, ctrlKey, metaKey, altKey }: Pressed, typing: boolean): PageAction | null {
  if (altKey) return null;
  if (ctrlKey || metaKey) return key.toLowerCase() === 'k' ? 'find' : null;
  if (typing) return null;
  return (
    keymap.find(({ keys, action }) => action !== null && keys.length === 1 && keys[0] === key)?.action ?? null
  );
}
