/** `/…/` as it is typed, as what an automaton goes by. */
import { programOf } from './program.ts';
import type { Program } from './program.ts';
import { parsePattern } from './syntax.ts';

export type Compiled =
  /** `eachLine`: `^` and `$` stand at each line. */
  | { readonly ok: true; readonly program: Program; readonly eachLine: boolean }
  /** `at` counts from the first slash. */
  | { readonly ok: false; readonly wrong: string; readonly at: number };

const knownFlags = 'ims';

/** Flags: `i` (any case of ASCII), `m` (`^` and `$` at each line), `s` (`.` is also a newline). */
export function compilePattern(words: string): Compiled {
  const end = words.lastIndexOf('/');
  const flags = words.slice(end + 1);
  const odd = Array.from(flags).findIndex((flag) => !knownFlags.includes(flag));
  if (odd >= 0)
    return {
      ok: false,
      wrong: 'Flags are i (any case), m (each line) and s (. is every byte).',
      at: end + 1 + odd,
    };
  const source = words.slice(1, end);
  if (source === '')
    return { ok: false, wrong: 'Between the slashes stands what to look for, as in /GET|POST/.', at: 0 };
  const syntax = parsePattern(source, { anyCase: flags.includes('i'), dotAll: flags.includes('s') });
  if (!syntax.ok) return { ...syntax, at: syntax.at + 1 };
  const program = programOf(syntax.node);
  if (program === null)
    return { ok: false, wrong: 'This pattern is too large: its repeats multiply.', at: 0 };
  return { ok: true, program, eachLine: flags.includes('m') };
}
