import { visible } from './visible.ts';

/** Bytes of what a person typed, or what is wrong with it: `at` counts UTF-16 units from 0, `wrong` is a sentence. */
export type Parsed =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly at: number; readonly wrong: string };

export const parsed = (bytes: Uint8Array): Parsed => ({ ok: true, bytes });

/** Refuses the text at `at`. `says` follows the culprit: `"g" at character 3 is not a hex digit.` */
export function refused(text: string, at: number, length: number, says: string): Parsed {
  const culprit = text.slice(at, at + length);
  const where = culprit === '' ? 'The end' : `"${visible(culprit)}" at character ${at + 1}`;
  return { ok: false, at, wrong: `${where} ${says}.` };
}
