import { open, rm, truncate } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { segmentEnding, writeSegmentHead } from '@socket-playground/shared/recording/segment.ts';
import type { SegmentHead, SegmentState } from '@socket-playground/shared/recording/segment.ts';
import { errorCode } from '../error-code.ts';

const ownerOnly = 0o600;

/** One file of a session. What it holds always ends with a whole record, also after a write that failed. */
export class SegmentFile {
  readonly path: string;
  /** Bytes that were written whole. */
  #size: number;
  #headBytes: number;
  #isOurs = false;
  #writer: FileHandle | null = null;
  /** Readers share one: kept sessions can be read where nothing can be written. */
  #reader: Promise<FileHandle> | null = null;

  constructor(path: string, size = 0) {
    this.path = path;
    this.#size = size;
    this.#headBytes = size;
  }

  get size(): number {
    return this.#size;
  }

  /** Whether this object made the file. */
  get isOurs(): boolean {
    return this.#isOurs;
  }

  /** Makes the file, which must not be there yet, readable and writable for its owner only. */
  async create(head: SegmentHead): Promise<void> {
    this.#writer = await open(this.path, 'wx', ownerOnly);
    this.#isOurs = true;
    await this.append([writeSegmentHead(head)]);
    this.#headBytes = this.#size;
  }

  /** Appends all of it or nothing: what was written of it before an error is cut off again. */
  async append(parts: readonly Uint8Array[]): Promise<void> {
    const writer = await this.#forWriting();
    await this.#check(writer);
    let left = parts.filter(({ length }) => length > 0);
    let at = this.#size;
    try {
      while (left.length > 0) {
        const { bytesWritten } = await writer.writev(left, at);
        at += bytesWritten;
        left = without(left, bytesWritten);
      }
      this.#size = at;
    } catch (error) {
      await writer.truncate(this.#size).catch(() => undefined);
      throw error;
    }
  }

  /** Up to `length` bytes from byte `at` on. */
  async read(at: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const reader = await this.#forReading();
    const bytes = new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
    let got = 0;
    while (got < length) {
      const { bytesRead } = await reader.read(bytes, got, length - got, at + got);
      if (bytesRead === 0) break;
      got += bytesRead;
    }
    return bytes.subarray(0, got);
  }

  /** Says in the preamble how the segment ended; nothing is appended afterwards. It can still be read. */
  async finish(state: SegmentState, last: number): Promise<void> {
    const writer = await this.#forWriting();
    try {
      await this.#check(writer);
      for (const { at, bytes } of segmentEnding(state, last, this.#size))
        await writer.write(bytes, 0, bytes.length, at);
    } finally {
      this.#writer = null;
      await writer.close();
    }
  }

  /**
   * The kernel writes on into a file that somebody has removed, and nobody ever finds it (unlink(2)); and where somebody has
   * cut it short, with a hole before what is written (pwrite(2)), so that nobody can read it.
   */
  async #check(writer: FileHandle): Promise<void> {
    const { nlink, size } = await writer.stat();
    if (nlink === 0) throw new Error(`${this.path} was removed.`);
    if (size < this.#size) throw new Error(`${this.path} was cut short by somebody else.`);
  }

  /** Takes the records out and leaves the head: the file a session is known by stays where it is. */
  async empty(): Promise<void> {
    await this.close();
    await truncate(this.path, this.#headBytes);
    this.#size = this.#headBytes;
  }

  async remove(): Promise<void> {
    await this.close();
    await rm(this.path, { force: true });
  }

  async close(): Promise<void> {
    const [writer, reader] = [this.#writer, this.#reader];
    this.#writer = null;
    this.#reader = null;
    await writer?.close();
    // One that could not be opened has nothing to close.
    await (await reader?.catch(() => null))?.close();
  }

  async #forWriting(): Promise<FileHandle> {
    this.#writer ??= await open(this.path, 'r+');
    return this.#writer;
  }

  async #forReading(): Promise<FileHandle> {
    this.#reader ??= open(this.path, 'r');
    try {
      return await this.#reader;
    } catch (error) {
      this.#reader = null;
      throw error;
    }
  }
}

/** There is no such file (any more). */
export const isGone = (error: unknown): boolean => errorCode(error) === 'ENOENT';

/** The parts behind the first `written` bytes. */
function without(parts: readonly Uint8Array[], written: number): Uint8Array[] {
  const left: Uint8Array[] = [];
  let skip = written;
  for (const part of parts) {
    if (skip < part.length) left.push(part.subarray(skip));
    skip = Math.max(0, skip - part.length);
  }
  return left;
}
