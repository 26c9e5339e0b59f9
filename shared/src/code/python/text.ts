/** Text as Python writes it. Nothing that came from outside gets into a program but through these. */
import { codeLimits } from '../../limits.ts';
import { hexOf } from '../../payload/hex.ts';
import { isPrintable } from '../../payload/printable.ts';
import { visible } from '../../payload/visible.ts';

const named: ReadonlyMap<string, string> = new Map([
  ['\n', String.raw`\n`],
  ['\r', String.raw`\r`],
  ['\t', String.raw`\t`],
  ['"', String.raw`\"`],
  ['\\', '\\\\'],
]);

/** A str literal: `"caf\u00e9"` stays `"café"`, what could act on an editor is escaped. */
export function quoted(text: string): string {
  const characters = Array.from(text, (character) => {
    const known = named.get(character);
    if (known !== undefined) return known;
    return visible(character) === character ? character : escaped(character.codePointAt(0) ?? 0);
  });
  return `"${characters.join('')}"`;
}

const lastOfByte = 0xff;
const lastOfBasicPlane = 0xffff;

function escaped(code: number): string {
  const digits = code.toString(16);
  if (code <= lastOfByte) return String.raw`\x${digits.padStart(2, '0')}`;
  return code <= lastOfBasicPlane
    ? String.raw`\u${digits.padStart(4, '0')}`
    : String.raw`\U${digits.padStart(8, '0')}`;
}

/** Bytes as the inside of a bytes literal in double quotes. */
export function byteText(bytes: Uint8Array): string {
  return Array.from(bytes, byteEscape).join('');
}

function byteEscape(byte: number): string {
  const character = String.fromCharCode(byte);
  const known = named.get(character);
  if (known !== undefined) return known;
  return isPrintable(byte) ? character : String.raw`\x${hexOf(byte)}`;
}

/** A comment: one line, whatever the text is. */
export function comment(text: string): string {
  const { commentCharacters } = codeLimits;
  const characters = Array.from(text);
  const shown =
    characters.length > commentCharacters ? [...characters.slice(0, commentCharacters), '…'] : characters;
  return `# ${visible(shown.join(''))}`;
}
