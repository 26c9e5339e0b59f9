/** The protocols that a filter can ask for. */
import type { Known } from '@socket-playground/shared/filter/field-value.ts';
import type { Dissecting } from '../../../store/sockets/spoken.svelte.ts';

/** As long as the dissectors are not here, any name may be one of theirs. */
export function knownTo(dissecting: Dissecting | null): Known {
  if (dissecting === null) return { protocols: null, shown: [] };
  const { dissectors, telling } = dissecting;
  return { protocols: dissectors.map(({ id }) => id), shown: telling.map(({ id }) => id) };
}
