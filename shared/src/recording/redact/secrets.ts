/** What somebody wants hidden, as it is typed: text with escapes, or a pattern between slashes. */
import { compilePattern } from '../../filter/pattern/compile.ts';
import type { Program } from '../../filter/pattern/program.ts';
import { redactLimits } from '../../limits.ts';
import { parseEscapes } from '../../payload/escapes.ts';

export type Secret =
  /** Never empty. */
  | { readonly is: 'text'; readonly bytes: Uint8Array }
  | { readonly is: 'pattern'; readonly program: Program; readonly eachLine: boolean };

export type ParsedSecrets =
  | { readonly ok: true; readonly secrets: readonly Secret[] }
  /** Of these words something is wrong. */
  | { readonly ok: false; readonly words: string; readonly wrong: string };

type ParsedSecret =
  { readonly ok: true; readonly secret: Secret } | { readonly ok: false; readonly wrong: string };

const pattern = /^\/.+\/[a-z]*$/is;

/** One secret each: `hapy`, `\x00\x01`, `/token=\w+/i`. A text between slashes begins with `\x2f`. */
export function parseSecrets(words: readonly string[]): ParsedSecrets {
  const secrets: Secret[] = [];
  if (words.length > redactLimits.patterns)
    return { ok: false, words: words[0] ?? '', wrong: `No more than ${redactLimits.patterns} at once.` };
  for (const each of words) {
    const parsed = pattern.test(each) ? patternOf(each) : textOf(each);
    if (!parsed.ok) return { ok: false, words: each, wrong: parsed.wrong };
    secrets.push(parsed.secret);
  }
  return { ok: true, secrets };
}

function textOf(words: string): ParsedSecret {
  const parsed = parseEscapes(words);
  if (!parsed.ok) return { ok: false, wrong: parsed.wrong };
  const { length } = parsed.bytes;
  if (length === 0) return { ok: false, wrong: 'There is nothing to hide in an empty text.' };
  if (length > redactLimits.patternBytes)
    return { ok: false, wrong: `A text has at most ${redactLimits.patternBytes} bytes.` };
  return { ok: true, secret: { is: 'text', bytes: parsed.bytes } };
}

function patternOf(words: string): ParsedSecret {
  const compiled = compilePattern(words);
  if (!compiled.ok) return compiled;
  const { program, eachLine } = compiled;
  if (program.steps.length > redactLimits.patternSteps)
    return { ok: false, wrong: 'This pattern is too large: its repeats multiply.' };
  return { ok: true, secret: { is: 'pattern', program, eachLine } };
}
