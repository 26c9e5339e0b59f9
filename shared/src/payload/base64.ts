import { parsed, refused } from './parsed.ts';
import type { Parsed } from './parsed.ts';

const outsideAlphabet = /[^A-Za-z0-9+/]/;
const bytesPerGroup = 3;
const digitsPerGroup = 4;

/** Bytes of base64 with padding (RFC 4648 §4), without line breaks. */
export function parseBase64(text: string): Parsed {
  const digits = text.replace(/={1,2}$/, '');
  const bad = digits.search(outsideAlphabet);
  if (bad >= 0) return refused(text, bad, 1, 'is not a base64 digit (RFC 4648 §4)');
  if (text.length % digitsPerGroup !== 0) {
    return refused(text, text.length, 0, 'comes too early: base64 is groups of 4 digits, filled up with "="');
  }
  const latin1 = atob(text);
  const bytes = new Uint8Array(latin1.length);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = latin1.charCodeAt(index);
  return parsed(bytes);
}

const sliceBytes = bytesPerGroup * 0x2000;

/** Base64 with padding (RFC 4648 §4). */
export function formatBase64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += sliceBytes) {
    text += btoa(String.fromCharCode(...bytes.subarray(start, start + sliceBytes)));
  }
  return text;
}
