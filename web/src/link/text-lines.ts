import { sendQueueBytes } from '@socket-playground/shared/limits.ts';

/** The longest line an event can have: base64 of the largest write, and its other fields. */
export const longestLine = Math.ceil((sendQueueBytes * 4) / 3) + 4_096;

interface TextLine {
  readonly text: string;
  /** Where its bytes begin in the file, and where the next line's do. */
  readonly start: number;
  readonly end: number;
}

const lineFeed = 0x0a;
const decoder = new TextDecoder('utf-8');

/** The lines of a file that are not empty. A line past `longestLine` is handed on cut off there, and is the last. */
export async function* textLines(file: Blob): AsyncGenerator<TextLine> {
  let rest: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  let start = 0;
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    const bytes = done ? rest : joined(rest, value);
    let from = 0;
    for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, from)) {
      if (at > from)
        yield { text: decoder.decode(bytes.subarray(from, at)), start: start + from, end: start + at + 1 };
      from = at + 1;
    }
    rest = bytes.slice(from);
    start += from;
    if (!done && rest.length <= longestLine) continue;
    if (rest.length > 0) yield { text: decoder.decode(rest), start, end: start + rest.length };
    return reader.cancel();
  }
}

function joined(before: Uint8Array, after: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(before.length + after.length);
  whole.set(before);
  whole.set(after, before.length);
  return whole;
}
