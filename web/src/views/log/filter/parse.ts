/** What a person types into Filter → terms; the language is `shared/src/filter`. */
import type { Known } from '@socket-playground/shared/filter/field-value.ts';
import { parse } from '@socket-playground/shared/filter/parse.ts';
import type { ParsedTerms } from './terms.ts';

export function parseFilter(text: string, known?: Known): ParsedTerms {
  const parsed = parse(text, known);
  if (!parsed.ok) return parsed;
  const terms = parsed.terms.map(({ filter, from, to, isChoice }) => {
    const words = text.slice(from, to);
    return { filter, words: isChoice ? `(${words})` : words };
  });
  return { ok: true, terms };
}
