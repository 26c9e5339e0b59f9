import type { Run } from '../rows/rows.ts';

interface Begin {
  readonly run: Run;
  /** Absolute position of its first row. */
  readonly position: number;
}

/** Which agent run the rows at each position belong to. */
export class Runs {
  #begins: Begin[] = [{ run: 0, position: 0 }];
  #present: Run = 0;

  get present(): Run {
    return this.#present;
  }

  /** Another run's rows stand from this position on. */
  start(position: number): void {
    this.#present += 1;
    this.#begins.push({ run: this.#present, position });
  }

  at(position: number): Run {
    return this.#begins.findLast((begin) => begin.position <= position)?.run ?? 0;
  }

  /** Position of the run's first row: 0 for one that was forgotten, infinite for one that is still to come. */
  begin(run: Run): number {
    if (run > this.#present) return Infinity;
    return this.#begins.find((begin) => begin.run >= run)?.position ?? 0;
  }

  /** Forgets the runs whose rows all stand before this position. */
  forgetBefore(position: number): void {
    const kept = this.#begins.findLastIndex((begin) => begin.position <= position);
    if (kept > 0) this.#begins = this.#begins.slice(kept);
  }
}
