/** A file somebody opened: which of our formats it has, what it says in order, and any part of it again. */
import type { Block } from '@socket-playground/shared/wire/block.ts';
import { fileProblems } from './file-problems.ts';
import { jsonBlocks, jsonParts } from './json-lines.ts';
import { sessionBlocks, sessionFile } from './session-file.ts';
import type { RecordedPart } from './session-file.ts';

const openingBrace = 0x7b;

export class RecordingFile {
  readonly format: 'session' | 'json';
  readonly #file: File;

  private constructor(file: File, format: RecordingFile['format']) {
    this.#file = file;
    this.format = format;
  }

  /** Rejects when the file cannot be read. */
  static async open(file: File): Promise<RecordingFile> {
    const start = new Uint8Array(await file.slice(0, 1).arrayBuffer());
    return new RecordingFile(file, start[0] === openingBrace ? 'json' : 'session');
  }

  /** Never throws: a file that goes away meanwhile is unreadable from there on. */
  async *parts(): AsyncGenerator<RecordedPart> {
    try {
      yield* this.format === 'json' ? jsonParts(this.#file) : sessionFile(this.#file);
    } catch {
      yield { kind: 'unreadable', problem: fileProblems.changed };
    }
  }

  /** The blocks made of the bytes from `start` to `end`. Rejects when the file cannot be read any more. */
  blocks(start: number, end: number): Promise<readonly Block[]> {
    return (this.format === 'json' ? jsonBlocks : sessionBlocks)(this.#file, start, end);
  }
}
