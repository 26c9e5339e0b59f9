/** Bytes as the characters of the same numbers, for protocols whose words are ASCII. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
