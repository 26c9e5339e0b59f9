/**
 * What could move a cursor, reorder what stands beside it, or hide: control (C0, DEL, C1), format (bidi controls,
 * zero-width, tags, byte order mark), line and paragraph separators, lone surrogates.
 * The two joiners stay: scripts and emoji need them.
 */
const unsafe = String.raw`(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]`;
/** What is drawn into the character before it; emoji modifiers and the AMs of Thai and Lao are no marks, and are drawn so. */
const joined = String.raw`[\p{M}\p{Emoji_Modifier}\u0e33\u0eb3\u200c\u200d]`;
/** More than these on one character are no text (UAX #15, Stream-Safe Text Format), and a browser takes seconds over thousands. */
export const mostJoined = 30;
const any = `${unsafe}|${joined}(?<=${joined}{${mostJoined + 1}})`;
const everyUnsafe = new RegExp(any, 'gu');
const someUnsafe = new RegExp(any, 'u');
const oneJoined = new RegExp(joined, 'u');

const short: ReadonlyMap<string, string> = new Map([
  ['\n', String.raw`\n`],
  ['\r', String.raw`\r`],
  ['\t', String.raw`\t`],
  ['\0', String.raw`\0`],
]);

const lastAscii = 0x7f;
const lastOfBasicPlane = 0xffff;

export function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  if (code <= lastAscii) return short.get(character) ?? String.raw`\x${digits.padStart(2, '0')}`;
  return code <= lastOfBasicPlane ? String.raw`\u${digits.padStart(4, '0')}` : String.raw`\u{${digits}}`;
}

/** Any text, safe to show in a terminal or a page: nothing in it can act on what shows it. Not reversible. */
export function visible(text: string): string {
  return text.replaceAll(everyUnsafe, escapeCharacter);
}

/** Whether `visible` would change the text. */
export function hasUnsafe(text: string): boolean {
  return someUnsafe.test(text);
}

/** Whether a character is drawn into the one before it. */
export const isJoined = (character: string): boolean => oneJoined.test(character);
