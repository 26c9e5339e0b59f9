/**
 * Patterns that take time in proportion to the bytes, whatever the pattern: all ways of matching are followed at once,
 * and what they come to is remembered as one state (a lazy DFA, as in RE2; Cox 2007, "Regular Expression Matching Can Be
 * Simple And Fast"). Memory is bounded: at `filterLimits.patternStates` states it forgets them and goes on.
 */
import { filterLimits } from '../../limits.ts';
import { compilePattern } from './compile.ts';
import { before, endOfBytes, holds, kindOf } from './edges.ts';
import type { Before } from './edges.ts';
import type { Program } from './program.ts';

export interface Pattern {
  /** As it was typed: `/GET|POST/i`. */
  readonly words: string;
  /**
   * Whether it stands somewhere within `from` … `to - 1` of the bytes. When more follows that is not here (`isWhole` is
   * false), only what does not depend on it counts.
   */
  test(bytes: Uint8Array, from: number, to: number, isWhole?: boolean): boolean;
  /** For bytes that are gone through in turns. */
  walk(): Walk;
}

/** A way through bytes that come piece by piece. */
export interface Walk {
  /** Begins anew. */
  restart(): void;
  /** Goes on through bytes `from` … `to - 1`. Where it stopped: earlier than `to` when that took long; -1: it was found. */
  add(bytes: Uint8Array, from: number, to: number): number;
  /** Whether it was found now that nothing follows. */
  end(): boolean;
}

export type ParsedPattern =
  | { readonly ok: true; readonly pattern: Pattern }
  /** `at` counts from the first slash. */
  | { readonly ok: false; readonly wrong: string; readonly at: number };

/** `/…/` with its flags. */
export function patternOf(words: string): ParsedPattern {
  const compiled = compilePattern(words);
  if (!compiled.ok) return compiled;
  const { program, eachLine } = compiled;
  const automaton = new Automaton(program, eachLine);
  const test: Pattern['test'] = (bytes, from, to, isWhole = true) =>
    goesThrough(automaton, bytes, from, to) || (isWhole && automaton.end());
  return { ok: true, pattern: { words, test, walk: () => new Automaton(program, eachLine) } };
}

function goesThrough(walk: Walk, bytes: Uint8Array, from: number, to: number): boolean {
  walk.restart();
  let at = from;
  while (at >= 0 && at < to) at = walk.add(bytes, at, to);
  return at < 0;
}

/** What a transition leads to when it leads to no state. */
const unknown = -1;
const found = -2;
const nowhere = -3;

interface State {
  readonly steps: readonly number[];
  readonly after: Before;
  readonly next: Int32Array;
}

class Automaton implements Walk {
  readonly #program: Program;
  readonly #eachLine: boolean;
  readonly #looksAround: boolean;
  #states: State[] = [];
  #numbers = new Map<string, number>();
  readonly #seen: Uint32Array;
  #round = 0;
  #state = 0;
  /** How often it was not known before what comes next. */
  #steps = 0;

  constructor(program: Program, eachLine: boolean) {
    this.#program = program;
    this.#eachLine = eachLine;
    this.#looksAround = program.steps.some(({ is }) => is === 'assert');
    this.#seen = new Uint32Array(program.steps.length);
    this.restart();
  }

  restart(): void {
    this.#state = this.#number([this.#program.start], before.nothing);
  }

  add(bytes: Uint8Array, from: number, to: number): number {
    const until = this.#steps + filterLimits.patternTurnStates;
    for (let at = from; at < to; at += 1) {
      if (this.#go(bytes[at] ?? 0) === found) return -1;
      if (this.#steps >= until) return at + 1;
    }
    return to;
  }

  end(): boolean {
    return this.#go(endOfBytes) === found;
  }

  #go(symbol: number): number {
    const known = this.#states[this.#state]?.next[symbol] ?? unknown;
    const next = known === unknown ? this.#step(this.#state, symbol) : known;
    if (next >= 0) this.#state = next;
    return next;
  }

  #forget(): void {
    this.#states = [];
    this.#numbers = new Map();
  }

  #number(steps: readonly number[], after: Before): number {
    const key = `${after} ${steps.join(' ')}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#states.length);
    return this.#states.push({ steps, after, next: new Int32Array(endOfBytes + 1).fill(unknown) }) - 1;
  }

  #step(number: number, symbol: number): number {
    const state = this.#states[number];
    if (state === undefined) return nowhere;
    this.#steps += 1;
    const to = this.#target(state, symbol);
    if (typeof to === 'number') {
      state.next[symbol] = to;
      return to;
    }
    if (this.#states.length >= filterLimits.patternStates) {
      this.#forget();
      return this.#number(to, this.#kindOf(symbol));
    }
    return (state.next[symbol] = this.#number(to, this.#kindOf(symbol)));
  }

  /** The steps after this byte, in order; a match may begin at each byte. */
  #target({ steps, after }: State, symbol: number): readonly number[] | number {
    const here = this.#closure(steps, after, symbol);
    if (here === null) return found;
    if (symbol === endOfBytes) return nowhere;
    const to = new Set([this.#program.start]);
    for (const at of here) {
      const step = this.#program.steps[at];
      if (step?.is === 'byte' && step.set[symbol] === 1) to.add(step.to);
    }
    return [...to].sort((a, b) => a - b);
  }

  /** All steps that are come to without a byte; null when the end of the pattern is one of them. */
  #closure(steps: readonly number[], after: Before, symbol: number): readonly number[] | null {
    this.#round += 1;
    const stack = [...steps];
    const here: number[] = [];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (this.#seen[at] === this.#round) continue;
      this.#seen[at] = this.#round;
      const step = this.#program.steps[at];
      if (step?.is === 'found') return null;
      if (step?.is === 'byte') here.push(at);
      else if (step?.is === 'both') stack.push(...step.to);
      else if (step?.is === 'assert' && holds(step.what, after, symbol, this.#eachLine)) stack.push(step.to);
    }
    return here;
  }

  #kindOf(symbol: number): Before {
    return this.#looksAround ? kindOf(symbol) : before.other;
  }
}
