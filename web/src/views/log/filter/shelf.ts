import type { SavedFilter, SavedFilters } from '../../../store/kept/saved-filters.ts';
import type { Shelf } from '../../saved/shelf.ts';
import type { Filter } from './filter.svelte.ts';

/** Filters under a name, beside the field. Only the field is called Filter. */
export function filterShelf(filter: Filter, saved: SavedFilters): Shelf<SavedFilter> {
  const { text, empty, problem } = filter;
  return {
    saved,
    label: 'Saved searches',
    kept: empty ? null : saved.nameOf((kept) => kept.filter === text),
    suggested: empty || problem !== null ? null : text,
    refused: problem === null ? null : 'What is typed cannot be read, so it is not saved.',
    none: 'None so far. Filter the log, then save the filter here under a name.',
    keepWords: 'Save filter',
    plural: 'filters',
    text: (kept) => kept.filter,
    keep: (name) => saved.save({ name, filter: text }),
    apply: (kept) => filter.set(kept.filter),
  };
}
