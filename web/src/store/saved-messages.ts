/** Messages that a person gave a name to, to be sent again. */
import { limits } from './limits.ts';
import { Saved } from './saved.svelte.ts';
import type { Named } from './saved.svelte.ts';
import { endings, notations } from './written.ts';
import type { Ending, Notation } from './written.ts';

export interface SavedMessage extends Named {
  /** How it is written, as it was typed, and what goes behind it. */
  readonly mode: Notation;
  readonly text: string;
  readonly append: Ending;
}

export type SavedMessages = Saved<SavedMessage>;

export const savedMessages = (storage: Pick<Storage, 'getItem' | 'setItem'>): SavedMessages =>
  new Saved(storage, 'messages', ({ name, text, ...stored }) => {
    const mode = notations.find((notation) => notation === stored.mode);
    const append = endings.find((ending) => ending === stored.append);
    const fits = typeof text === 'string' && text !== '' && text.length <= limits.savedMessageCharacters;
    return fits && mode !== undefined && append !== undefined ? { name, mode, text, append } : null;
  });
