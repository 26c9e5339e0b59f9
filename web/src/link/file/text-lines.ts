import { sendQueueBytes } from '@socket-playground/shared/limits.ts';
import { concat } from '@socket-playground/shared/payload/concat.ts';

/** The longest line an event can have: base64 of the largest write, and its other fields. In bytes. */
export const longestLine = Math.ceil((sendQueueBytes * 4) / 3) + 4_096;

interface TextLine {
  readonly text: string;
  /** Where its bytes begin in the file, and where the next line's do. */
  readonly start: number;
  readonly end: number;
}

const lineFeed = 0x0a;

/** The lines of a file that are not empty. One past `longestLine` is handed on cut off there, and is the last. */
export async function* textLines(file: Blob): AsyncGenerator<TextLine> {
  const line = new GrowingLine();
  const reader = file.stream().getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    let bytes = read.value;
    for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed)) {
      yield* line.end(bytes.subarray(0, at), 1);
      bytes = bytes.subarray(at + 1);
    }
    line.add(bytes);
    if (line.length > longestLine) break;
  }
  yield* line.end(new Uint8Array(0), 0);
  await reader.cancel();
}

/** A line as it comes, piece by piece: joined once, however many pieces there are. */
class GrowingLine {
  readonly #decoder = new TextDecoder('utf-8');
  #pieces: Uint8Array[] = [];
  #start = 0;
  length = 0;

  add(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.length += piece.length;
  }

  /** The line ends with this piece and `behind` bytes that are not part of it. */
  *end(last: Uint8Array, behind: number): Generator<TextLine> {
    this.add(last);
    const [start, end] = [this.#start, this.#start + this.length + behind];
    if (this.length > 0) yield { text: this.#text(), start, end };
    [this.#pieces, this.length, this.#start] = [[], 0, end];
  }

  #text(): string {
    return this.#decoder.decode(concat(this.#pieces));
  }
}
