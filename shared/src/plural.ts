/** Numbers as they are written in sentences, and nouns that agree with them: the one place for agent and page. */
const grouped = new Intl.NumberFormat('en');

/** `71`, `98,311`. */
export const formatNumber = (value: number): string => grouped.format(value);

/** The noun alone, beside a number that is written in another way; `many` where an s is not all that changes. */
export const nounFor = (count: number, one: string, many = `${one}s`): string => (count === 1 ? one : many);

/** `1 connection`, `2,000 connections`. */
export const plural = (count: number, one: string, many?: string): string =>
  `${formatNumber(count)} ${nounFor(count, one, many)}`;
