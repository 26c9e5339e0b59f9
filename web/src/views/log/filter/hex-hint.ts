/** Hex that was typed where text is looked for: what would look for its bytes. */
import { formatHex, parseHex } from '@socket-playground/shared/payload/hex.ts';

export interface HexHint {
  /** The term that looks for the bytes. */
  readonly term: string;
  /** The whole draft with that term in it. */
  readonly draft: string;
}

const hexAtTheEnd = /(?<=^|\s)(?:0x)?[\da-f]{2}(?:[\s,:;-]*(?:0x)?[\da-f]{2})*$/i;
const takesWhatFollows = /(?:^|\s)(?:hex|port|contains)\s+$/i;
/** One number is a port or text. */
const oneNumber = /^(?!0)\d+$/;
const leastBytes = 2;

/** Null when the end of the draft does not look like hex, or looks for bytes already. */
export function hexHint(draft: string): HexHint | null {
  const typed = draft.trimEnd();
  const found = hexAtTheEnd.exec(typed)?.[0] ?? '';
  const before = typed.slice(0, typed.length - found.length);
  if (oneNumber.test(found) || takesWhatFollows.test(before)) return null;
  const parsed = parseHex(found);
  if (!parsed.ok || parsed.bytes.length < leastBytes) return null;
  const term = `hex ${formatHex(parsed.bytes)}`;
  return { term, draft: before + term };
}
