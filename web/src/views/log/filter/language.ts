/** All that reads filters and goes through the log with them, in one part: it comes when somebody filters. */
export { complete } from '@socket-playground/shared/filter/complete.ts';
export { default as Completions } from './Completions.svelte';
export { default as FilterHelp } from './FilterHelp.svelte';
export { hexHint } from './hex-hint.ts';
export { hasProtocol, needlesOf, withBeyond } from './match.ts';
export { offersOf } from './offers.ts';
export { parseFilter } from './parse.ts';
export { sieveOf } from './sieve.ts';
