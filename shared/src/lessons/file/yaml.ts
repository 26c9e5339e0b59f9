/** YAML with the line of everything in it. */
import { isMap, isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type * as z from 'zod/mini';
import { toldBy } from '../told.ts';
import type { FileMistakes, Spot } from './mistakes.ts';

export type Path = readonly PropertyKey[];
/** Says what is wrong with what is at a path. */
export type Say = (path: Path, reason: string) => void;

export class Yaml {
  readonly value: unknown;
  readonly #document: Document;
  readonly #lines: LineCounter;
  readonly #firstLine: number;

  /** `firstLine` is the line of the file in which the text begins. */
  constructor(text: string, firstLine: number, mistakes: FileMistakes) {
    this.#lines = new LineCounter();
    this.#firstLine = firstLine;
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, uniqueKeys: true });
    for (const { message, pos } of this.#document.errors) mistakes.add(this.#spotAt(pos[0]), message);
    this.value = this.#document.errors.length > 0 ? undefined : this.#document.toJS();
  }

  /** The line of what is at this path, or of the nearest thing around it. */
  lineOf(path: Path): number {
    return this.spotOf(path).line;
  }

  /** The same with its column. */
  spotOf(given: Path): Spot {
    const path = this.#written(given);
    for (let length = path.length; length >= 0; length -= 1) {
      const at = this.#startOf(path.slice(0, length));
      if (at !== null) return this.#spotAt(at);
    }
    return { line: this.#firstLine, column: null };
  }

  /** What a schema makes of it, or null and why not. */
  read<Schema extends z.ZodMiniType>(schema: Schema, mistakes: FileMistakes): z.output<Schema> | null {
    if (this.value === undefined) return null;
    const read = schema.safeParse(this.value);
    if (read.success) return read.data;
    for (const { path, words } of toldBy(read.error.issues)) {
      mistakes.add(this.spotOf(path), `${placeOf(path)}${words}`);
    }
    return null;
  }

  /** One thing may be written where a list of them is read. */
  #written(path: Path): Path {
    const written: PropertyKey[] = [];
    for (const part of path) {
      if (part !== 0 || isSeq(this.#document.getIn(written, true))) written.push(part);
    }
    return written;
  }

  /** Where the key of what is at this path begins; of an item of a list, the item itself. */
  #startOf(path: Path): number | null {
    const [parent, key] = [path.slice(0, -1), path.at(-1)];
    const around = path.length === 0 ? null : this.#document.getIn(parent, true);
    const pair = isMap(around)
      ? around.items.find((item) => isNode(item.key) && String(item.key) === String(key))
      : null;
    if (pair && isNode(pair.key)) return pair.key.range?.[0] ?? null;
    const node = this.#document.getIn(path, true);
    return isNode(node) ? (node.range?.[0] ?? null) : null;
  }

  #spotAt(offset: number): Spot {
    const { line, col } = this.#lines.linePos(offset);
    return { line: line + this.#firstLine - 1, column: col };
  }
}

const placeOf = (path: Path) => (path.length === 0 ? '' : `${path.join('.')}: `);
