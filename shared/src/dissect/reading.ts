/**
 * Reads a payload from front to back, big endian, and writes down each thing it read as a field.
 * Past the end it reads zeros and says `isShort`; it never throws, and stops at the caps of `dissectLimits`.
 */
import { formatHex } from '../payload/hex.ts';
import { decodeUtf8 } from '../payload/utf8.ts';
import { visible } from '../payload/visible.ts';
import type { Dissection, Field, Input } from './dissector.ts';
import { dissectLimits } from './limits.ts';

interface Budget {
  fields: number;
}

export class Reading {
  readonly #fields: Field[] = [];
  readonly #bytes: Uint8Array;
  readonly #end: number;
  readonly #budget: Budget;
  readonly #depth: number;
  #at: number;
  #isShort = false;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length, budget?: Budget, depth = 0) {
    this.#bytes = bytes;
    this.#at = at;
    this.#end = end;
    this.#budget = budget ?? { fields: dissectLimits.fields };
    this.#depth = depth;
  }

  get fields(): readonly Field[] {
    return this.#fields;
  }

  /** Offset of the next byte in the payload. */
  get at(): number {
    return this.#at;
  }

  /** Bytes up to the end of what is being read. */
  get left(): number {
    return this.#end - this.#at;
  }

  /** Whether something was to be read that is not all here. */
  get isShort(): boolean {
    return this.#isShort;
  }

  get isFull(): boolean {
    return this.#budget.fields <= 0;
  }

  /** Whether a group here may have no fields inside of it. */
  get isDeepest(): boolean {
    return this.#depth + 1 >= dissectLimits.depth;
  }

  /** Whether a loop over the rest has come to its end. */
  get isOver(): boolean {
    return this.left <= 0 || this.#isShort || this.isFull;
  }

  /** The number `offset` bytes ahead, without reading it; null when it is not all here. */
  peek(width: number, offset = 0): number | null {
    const from = this.#at + offset;
    return from + width > this.#end ? null : numberAt(this.#bytes, from, width);
  }

  /** The next bytes, without reading them; fewer at the end. */
  ahead(size = this.left): Uint8Array {
    return this.#bytes.subarray(this.#at, Math.min(this.#at + size, this.#end));
  }

  /** An unsigned number of `width` bytes as a field; 0 when it is not all here. */
  number(name: string, width: number, say: (value: number) => string = String): number {
    const value = this.peek(width);
    if (value === null) {
      this.#isShort = true;
      this.rest(name);
      return 0;
    }
    this.#add(name, say(value), this.#at + width);
    return value;
  }

  /** `size` bytes as one field, in hex unless `say` knows better; what there is of them when some are missing. */
  bytes(name: string, size: number, say: (bytes: Uint8Array) => string = hexOf): Uint8Array {
    const bytes = this.ahead(size);
    if (bytes.length < size) this.#isShort = true;
    if (bytes.length > 0 || size === 0) this.#add(name, say(bytes), this.#at + bytes.length);
    return bytes;
  }

  /** `size` bytes of text as one field; returned as it is shown. */
  text(name: string, size: number): string {
    return textOf(this.bytes(name, size, textOf));
  }

  /** All that is left as one field, if anything is. */
  rest(name: string, say?: (bytes: Uint8Array) => string): void {
    if (this.left > 0) this.bytes(name, this.left, say);
  }

  /** Passes over bytes that only the field around them shows. */
  skip(size: number): void {
    this.#at = Math.min(this.#at + size, this.#end);
  }

  /** What was to be read is not all here. */
  cut(): void {
    this.#isShort = true;
  }

  /**
   * A field made of others: what `read` reads of the next `size` bytes; it returns the field's value.
   * Without `size` the field ends where `read` does. With it, all of `size` is taken.
   */
  group(name: string, read: (inner: Reading) => string, size?: number): void {
    const end = size === undefined ? this.#end : Math.min(this.#at + size, this.#end);
    if (size !== undefined && size > this.left) this.#isShort = true;
    if (this.isFull) return;
    // The field itself comes out of the budget before those inside of it.
    this.#budget.fields -= 1;
    const inner = new Reading(this.#bytes, this.#at, end, this.#budget, this.#depth + 1);
    const value = this.isDeepest ? '…' : read(inner);
    if (inner.isShort && end === this.#end) this.#isShort = true;
    this.#put(name, value, size === undefined && !this.isDeepest ? inner.at : end, inner.fields);
  }

  #add(name: string, value: string, to: number): void {
    if (this.isFull) return;
    this.#budget.fields -= 1;
    this.#put(name, value, to, []);
  }

  #put(name: string, value: string, to: number, fields: readonly Field[]): void {
    this.#fields.push({ name, value: shortened(value), from: this.#at, to, fields });
    this.#at = to;
  }
}

/** A dissection of what was read, with a note on what was not. */
export function dissection(protocol: string, info: string, reading: Reading, input: Input): Dissection {
  return {
    protocol,
    info: shortened(info, dissectLimits.infoCharacters),
    fields: reading.fields,
    note: noteOf(reading, input),
  };
}

function noteOf({ isFull, isShort }: Reading, { bytes, size }: Input): string | null {
  if (isFull) return `Only the first ${dissectLimits.fields} fields are shown.`;
  if (bytes.length < size) return `Only the first ${bytes.length} of ${size} bytes were read.`;
  return isShort ? 'It ends in the middle of a message.' : null;
}

/** Unsigned, big endian, up to 6 bytes; what is past the end counts as 0. */
export function numberAt(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let index = at; index < at + width; index += 1) value = value * 256 + (bytes[index] ?? 0);
  return value;
}

/** The first bytes in hex. */
export function hexOf(bytes: Uint8Array): string {
  const cut = bytes.length > dissectLimits.hexBytes;
  return `${formatHex(bytes.subarray(0, dissectLimits.hexBytes))}${cut ? ' …' : ''}`;
}

const longestCharacter = 4;
const plain = /^[ -~]*$/;

/** Bytes as text that is safe to show, its beginning when there is much of it. */
export function textOf(bytes: Uint8Array): string {
  const text = decodeUtf8(bytes.subarray(0, dissectLimits.valueCharacters * longestCharacter));
  return shortened(plain.test(text) ? text : visible(text));
}

function shortened(text: string, most: number = dissectLimits.valueCharacters): string {
  return text.length > most ? `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}
