/**
 * Where a pattern stands in bytes that come piece by piece. All ways of matching are followed at once, each with the place
 * where it began (Pike 1987, "The Text Editor sam"; Cox 2009), so that the time is bytes × steps whatever the pattern.
 */
import { before, endOfBytes, holds, kindOf } from './edges.ts';
import type { Before } from './edges.ts';
import type { Program } from './program.ts';

export type Found = (from: number, to: number) => void;

export class Spans {
  readonly #program: Program;
  readonly #eachLine: boolean;
  readonly #first: Uint8Array;
  /** Steps that wait for the next byte, those that began first in front. */
  #waiting: number[] = [];
  #begun: number[] = [];
  /** Steps for the byte after this one, in the same order. */
  #later: number[] = [];
  #laterBegun: number[] = [];
  /** In which round each step was come to last, and in which it was put among the later ones. */
  readonly #seen: Uint32Array;
  readonly #taken: Uint32Array;
  #round = 0;
  readonly #stack: number[] = [];
  #after: Before = before.nothing;
  #at = 0;

  constructor(program: Program, eachLine: boolean) {
    this.#program = program;
    this.#eachLine = eachLine;
    this.#first = firstBytes(program);
    this.#seen = new Uint32Array(program.steps.length);
    this.#taken = new Uint32Array(program.steps.length);
  }

  /**
   * Calls `found` with each place where a match ends and the earliest where such a one begins, counted from the first byte
   * that was ever added: together they are all bytes that are part of a match.
   */
  add(bytes: Uint8Array, found: Found): void {
    for (const byte of bytes) {
      if (this.#waiting.length > 0 || this.#first[byte] === 1) this.#step(byte, found);
      this.#after = kindOf(byte);
      this.#at += 1;
    }
  }

  /** Nothing comes any more. */
  end(found: Found): void {
    this.#step(endOfBytes, found);
  }

  /** Bytes are missing: nothing goes on over them. */
  skip(bytes: number): void {
    this.#waiting = [];
    this.#begun = [];
    this.#after = before.other;
    this.#at += bytes;
  }

  #step(symbol: number, found: Found): void {
    this.#round = (this.#round + 1) >>> 0 || 1;
    const [steps, begun] = [this.#waiting, this.#begun];
    for (let index = 0; index < steps.length; index += 1)
      this.#follow(steps[index] ?? 0, begun[index] ?? 0, symbol, found);
    this.#follow(this.#program.start, this.#at, symbol, found);
    [this.#waiting, this.#begun] = [this.#later, this.#laterBegun];
    [this.#later, this.#laterBegun] = [steps, begun];
    steps.length = begun.length = 0;
  }

  /** All that comes of one way with this byte. What was come to before began no later. */
  #follow(from: number, start: number, symbol: number, found: Found): void {
    const stack = this.#stack;
    stack.push(from);
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (this.#seen[at] === this.#round) continue;
      this.#seen[at] = this.#round;
      const step = this.#program.steps[at];
      if (step?.is === 'byte') {
        if (step.set[symbol] === 1) this.#take(step.to, start);
      } else if (step?.is === 'both') for (const to of step.to) stack.push(to);
      else if (step?.is === 'assert') {
        if (holds(step.what, this.#after, symbol, this.#eachLine)) stack.push(step.to);
      } else if (start < this.#at) found(start, this.#at);
    }
  }

  #take(step: number, start: number): void {
    if (this.#taken[step] === this.#round) return;
    this.#taken[step] = this.#round;
    this.#later.push(step);
    this.#laterBegun.push(start);
  }
}

/** 1 for each byte that a match may begin with: most bytes of most streams are none. */
function firstBytes({ steps, start }: Program): Uint8Array {
  const first = new Uint8Array(endOfBytes);
  const seen = new Set<number>();
  const stack = [start];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const step = steps[at];
    if (step?.is === 'byte') step.set.forEach((has, byte) => (first[byte] = (first[byte] ?? 0) | has));
    else if (step?.is === 'both') stack.push(...step.to);
    else if (step?.is === 'assert') stack.push(step.to);
  }
  return first;
}
