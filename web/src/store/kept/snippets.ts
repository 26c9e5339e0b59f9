/** Messages that a person gave a name to, to be sent again as they were written. */
import { limits } from '../limits.ts';
import { Saved } from './saved.svelte.ts';
import type { Named } from './saved.svelte.ts';
import { endings, notations } from './written.ts';
import type { Ending, Notation } from './written.ts';

export interface Snippet extends Named {
  /** As it was typed, and what goes behind it. */
  readonly mode: Notation;
  readonly text: string;
  readonly append: Ending;
}

export type Snippets = Saved<Snippet>;

export const snippets = (storage: Pick<Storage, 'getItem' | 'setItem'>): Snippets =>
  new Saved(storage, 'snippets', ({ name, text, ...stored }) => {
    const mode = notations.find((notation) => notation === stored.mode);
    const append = endings.find((ending) => ending === stored.append);
    const fits = typeof text === 'string' && text !== '' && text.length <= limits.snippetCharacters;
    return fits && mode !== undefined && append !== undefined ? { name, mode, text, append } : null;
  });
