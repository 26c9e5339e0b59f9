/** Filters that a person gave a name to. */
import { filterLimits } from '@socket-playground/shared/limits.ts';
import { Saved } from './saved.svelte.ts';
import type { Named } from './saved.svelte.ts';

export interface SavedFilter extends Named {
  readonly filter: string;
}

export type SavedFilters = Saved<SavedFilter>;

export const savedFilters = (storage: Pick<Storage, 'getItem' | 'setItem'>): SavedFilters =>
  new Saved(storage, 'filters', ({ name, filter }) =>
    typeof filter === 'string' && filter !== '' && filter.length <= filterLimits.characters
      ? { name, filter }
      : null,
  );
