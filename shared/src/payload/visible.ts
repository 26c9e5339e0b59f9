/**
 * What could move a cursor, reorder what stands beside it, or hide: control (C0, DEL, C1), format (bidi controls,
 * zero-width, tags, byte order mark), line and paragraph separators, lone surrogates.
 * The two joiners stay: scripts and emoji need them.
 */
const unsafe = String.raw`(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]`;
const everyUnsafe = new RegExp(unsafe, 'gu');
const someUnsafe = new RegExp(unsafe, 'u');

const short: ReadonlyMap<string, string> = new Map([
  ['\n', String.raw`\n`],
  ['\r', String.raw`\r`],
  ['\t', String.raw`\t`],
  ['\0', String.raw`\0`],
]);

const lastAscii = 0x7f;
const lastOfBasicPlane = 0xffff;

function escapeCharacter(character: string): string {
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
