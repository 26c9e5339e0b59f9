/** For tests: what a filter lets through, row by row, as the sieve must do it for many at a time. */
import { holds } from '@socket-playground/shared/filter/evaluate.ts';
import type { Row } from '../../../store/rows/rows.ts';
import { factsOf } from './match.ts';
import type { ProtocolOf } from './match.ts';
import type { Term } from './terms.ts';

/** All terms must hold. Gaps and restarts always show: what is missing might have matched. Null: no terms. */
export function matcherOf(
  terms: readonly Term[],
  protocolOf: ProtocolOf = () => null,
): ((row: Row) => boolean) | null {
  if (terms.length === 0) return null;
  return (row) => {
    if (row.kind !== 'event') return true;
    const facts = factsOf(row, protocolOf);
    return terms.every(({ filter }) => holds(filter, facts));
  };
}
