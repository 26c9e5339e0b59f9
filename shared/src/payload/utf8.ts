const encoder = new TextEncoder();
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** UTF-8 (RFC 3629). A lone surrogate becomes U+FFFD: refuse such text before, with `isWellFormed`. */
export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Text of bytes; what is not UTF-8 becomes U+FFFD. A byte order mark is kept: it is a byte like any other. */
export function decodeUtf8(bytes: Uint8Array): string {
  return lenient.decode(bytes);
}

/** Text of bytes, or null when they are not UTF-8. */
export function decodeUtf8Strictly(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

/** Whether every surrogate has its other half, so that UTF-8 can carry the text unchanged. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
