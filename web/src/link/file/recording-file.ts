/** A file somebody opened: which of our formats it has, what it says in order, and any part of it again. */
import type { Block } from '@socket-playground/shared/wire/block.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { isCapture } from '@socket-playground/shared/recording/pcapng/capture.ts';
import { CaptureFile } from './capture-file.ts';
import { fileProblems } from './file-problems.ts';
import { jsonBlocks, jsonParts } from './json-lines.ts';
import { sessionBlocks, sessionFile } from './session-file.ts';
import type { RecordedPart } from './session-file.ts';

const openingBrace = 0x7b;
/** Enough to tell what a file is. */
const startBytes = 32;
const sectionStart = 0x0a;
/** How gzip (RFC 1952), Zstandard (RFC 8878), xz and ZIP files begin. */
const packed = [
  [0x1f, 0x8b],
  [0x28, 0xb5, 0x2f, 0xfd],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a],
  [0x50, 0x4b, 0x03, 0x04],
] as const;

function problemOf(start: Uint8Array): Problem | null {
  if (start.length === 0) return fileProblems.empty;
  return packed.some((magic) => magic.every((byte, at) => start[at] === byte)) ? fileProblems.packed : null;
}

export class RecordingFile {
  readonly format: 'session' | 'json' | 'pcapng' | 'pcap';
  readonly #file: File;
  readonly #capture: CaptureFile;
  /** Why it is not read at all. */
  readonly #problem: Problem | null;

  private constructor(file: File, format: RecordingFile['format'], problem: Problem | null = null) {
    this.#file = file;
    this.format = format;
    this.#problem = problem;
    this.#capture = new CaptureFile(file);
  }

  /** Rejects when the file cannot be read. */
  static async open(file: File): Promise<RecordingFile> {
    const start = new Uint8Array(await file.slice(0, startBytes).arrayBuffer());
    if (isCapture(start)) return new RecordingFile(file, start[0] === sectionStart ? 'pcapng' : 'pcap');
    return new RecordingFile(file, start[0] === openingBrace ? 'json' : 'session', problemOf(start));
  }

  /** Whether these are packets that another program captured. */
  async isOfOthers(): Promise<boolean> {
    return this.format === 'pcap' || (this.format === 'pcapng' && !(await this.#capture.isOurs()));
  }

  /** Never throws: a file that goes away meanwhile is unreadable from there on. */
  async *parts(): AsyncGenerator<RecordedPart> {
    if (this.#problem !== null) {
      yield { kind: 'unreadable', problem: this.#problem };
      return;
    }
    try {
      yield* this.#partsOfFormat();
    } catch {
      yield { kind: 'unreadable', problem: fileProblems.changed };
    }
  }

  /** The blocks made of the bytes from `start` to `end`. Rejects when the file cannot be read any more. */
  blocks(start: number, end: number): Promise<readonly Block[]> {
    if (this.#isCapture) return this.#capture.blocks(start, end);
    return (this.format === 'json' ? jsonBlocks : sessionBlocks)(this.#file, start, end);
  }

  get #isCapture(): boolean {
    return this.format === 'pcapng' || this.format === 'pcap';
  }

  #partsOfFormat(): AsyncGenerator<RecordedPart> {
    if (this.#isCapture) return this.#capture.parts();
    return this.format === 'json' ? jsonParts(this.#file) : sessionFile(this.#file);
  }
}
