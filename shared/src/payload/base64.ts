const alphabet = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Bytes of base64 with padding (RFC 4648 §4), or null. */
export function parseBase64(text: string): Uint8Array | null {
  if (!alphabet.test(text)) return null;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

const sliceBytes = 0x8000;

/** Base64 with padding (RFC 4648 §4). */
export function formatBase64(bytes: Uint8Array): string {
  let latin1 = '';
  for (let start = 0; start < bytes.length; start += sliceBytes) {
    latin1 += String.fromCharCode(...bytes.subarray(start, start + sliceBytes));
  }
  return btoa(latin1);
}
