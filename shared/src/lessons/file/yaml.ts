/** YAML with the line of everything in it. */
import { isMap, isNode, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type * as z from 'zod/mini';
import { toldBy } from '../told.ts';
import type { FileMistakes } from './mistakes.ts';

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
    for (const { message, pos } of this.#document.errors) mistakes.add(this.#lineAt(pos[0]), message);
    this.value = this.#document.errors.length > 0 ? undefined : this.#document.toJS();
  }

  /** The line of what is at this path, or of the nearest thing around it. */
  lineOf(path: Path): number {
    for (let length = path.length; length >= 0; length -= 1) {
      const at = this.#startOf(path.slice(0, length));
      if (at !== null) return this.#lineAt(at);
    }
    return this.#firstLine;
  }

  /** What a schema makes of it, or null and why not. */
  read<Schema extends z.ZodMiniType>(schema: Schema, mistakes: FileMistakes): z.output<Schema> | null {
    if (this.value === undefined) return null;
    const read = schema.safeParse(this.value);
    if (read.success) return read.data;
    for (const { path, words } of toldBy(read.error.issues)) {
      mistakes.add(this.lineOf(path), `${placeOf(path)}${words}`);
    }
    return null;
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

  #lineAt(offset: number): number {
    return this.#lines.linePos(offset).line + this.#firstLine - 1;
  }
}

const placeOf = (path: Path) => (path.length === 0 ? '' : `${path.join('.')}: `);
