/** What is asked of the log: terms that must all hold. */
import type { Filter, FilterProblem } from '@socket-playground/shared/filter/ast.ts';

export interface Term {
  readonly filter: Filter;
  /** What the person wrote: the chip's words. */
  readonly words: string;
}

export type ParsedTerms =
  | { readonly ok: true; readonly terms: readonly Term[] }
  | { readonly ok: false; readonly problem: FilterProblem };
