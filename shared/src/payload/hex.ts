const separators = /0x|[\s,:;-]/gi;
const pairs = /^(?:[0-9a-f]{2})*$/i;

/**
 * Bytes of hex as people paste it: spaces, commas, colons, dashes, newlines and `0x` are passed over.
 * Null when what is left is not pairs of hex digits.
 */
export function parseHex(text: string): Uint8Array | null {
  const digits = text.replaceAll(separators, '');
  if (!pairs.test(digits)) return null;
  const bytes = new Uint8Array(digits.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16);
  }
  return bytes;
}

const digitsOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** `48 65 6c`: lower case, one space between bytes unless another separator is given. */
export function formatHex(bytes: Uint8Array, separator = ' '): string {
  return Array.from(bytes, (byte) => digitsOf[byte]).join(separator);
}
