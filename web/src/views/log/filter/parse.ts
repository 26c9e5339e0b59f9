/** What a person types into Filter → terms; the language is `shared/src/filter`. */
import { parse } from '@socket-playground/shared/filter/parse.ts';
import type { ParsedTerms } from './terms.ts';

export function parseFilter(text: string): ParsedTerms {
  const parsed = parse(text);
  if (!parsed.ok) return parsed;
  const terms = parsed.terms.map(({ filter, from, to, isChoice }) => {
    const words = text.slice(from, to);
    return { filter, words: isChoice ? `(${words})` : words };
  });
  return { ok: true, terms };
}
