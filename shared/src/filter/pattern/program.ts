/** A pattern's nodes → steps of a nondeterministic automaton (Thompson 1968). */
import { filterLimits } from '../../limits.ts';
import type { Assertion, Node } from './syntax.ts';

export type Step =
  | { readonly is: 'byte'; readonly set: Uint8Array; readonly to: number }
  | { readonly is: 'both'; readonly to: readonly number[] }
  | { readonly is: 'assert'; readonly what: Assertion; readonly to: number }
  | { readonly is: 'found' };

export interface Program {
  readonly steps: readonly Step[];
  readonly start: number;
}

/** Null when it would have more steps than `filterLimits.patternSteps`: repeats multiply. */
export function programOf(node: Node): Program | null {
  const writer = new Writer();
  const start = writer.write(node, writer.add({ is: 'found' }));
  return writer.isOver ? null : { steps: writer.steps, start };
}

class Writer {
  readonly steps: Step[] = [];
  #work = 0;

  get isOver(): boolean {
    return this.#work > filterLimits.patternSteps;
  }

  add(step: Step): number {
    return this.steps.push(step) - 1;
  }

  /** The first step of a node that goes on at step `to`. */
  write(node: Node, to: number): number {
    this.#work += 1;
    if (this.isOver) return to;
    switch (node.is) {
      case 'set':
        return this.add({ is: 'byte', set: node.set, to });
      case 'assert':
        return this.add({ is: 'assert', what: node.what, to });
      case 'sequence':
        return node.parts.reduceRight((next, part) => this.write(part, next), to);
      case 'choice':
        return this.add({ is: 'both', to: node.parts.map((part) => this.write(part, to)) });
      case 'repeat':
        return this.#repeat(node, to);
    }
  }

  #repeat({ part, least, most }: Extract<Node, { is: 'repeat' }>, to: number): number {
    let next = to;
    if (most === null) next = this.#loop(part, to);
    else
      for (let at = least; at < most && !this.isOver; at += 1) {
        next = this.add({ is: 'both', to: [this.write(part, next), to] });
      }
    for (let at = 0; at < least && !this.isOver; at += 1) next = this.write(part, next);
    return next;
  }

  #loop(part: Node, to: number): number {
    const again: number[] = [];
    const loop = this.add({ is: 'both', to: again });
    again.push(this.write(part, loop), to);
    return loop;
  }
}
