const lf = 0x0a;

/** Length of the first line with its end; of all there is when it is not ended. A lone LF ends one too (RFC 9112 §2.2). */
export function lineLength(bytes: Uint8Array): number {
  const end = bytes.indexOf(lf);
  return end < 0 ? bytes.length : end + 1;
}

/** Whether a line has its end. */
export const isEnded = (line: Uint8Array): boolean => line.at(-1) === lf;
