/** Texts of anybody's, as the page draws them. Copies and details have all of them. */
import { visible } from '@socket-playground/shared/payload/visible.ts';

/** More characters than any line of the page has room for. */
const mostCharacters = 1_000;

/** What there could be room for; never half a character. */
export const cut = (text: string): string =>
  text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters).replace(/[\ud800-\udbff]$/, '')}…`;

/** The same, safe to show: a text of hundreds of thousands of characters costs no more than a long line. */
export const drawn = (text: string): string => visible(cut(text));
