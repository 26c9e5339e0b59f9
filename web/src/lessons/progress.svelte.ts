/** Which steps were passed in this browser: shared by its tabs, kept over reloads and restarts, exported as a file. */
import { storeIn } from '../store/kept/store-in.ts';
import { mergedSteps, parseSteps, writeSteps } from './steps-passed.ts';
import type { StepsPassed } from './steps-passed.ts';

const key = 'progress';

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

export class Progress {
  readonly #storage: Kept;
  #passed: StepsPassed = $state.raw(new Map());
  /** What the browser had no room for: known as long as the page is open. */
  #unsaved: StepsPassed = new Map();

  constructor(storage: Kept) {
    this.#storage = storage;
    this.reload();
  }

  /** The steps passed of each lesson, by id. */
  get passed(): StepsPassed {
    return this.#passed;
  }

  /** Takes over what another tab has written. */
  reload(): void {
    this.#passed = this.#known();
  }

  pass(lesson: string, steps: readonly string[]): void {
    this.#write(mergedSteps(this.#known(), new Map([[lesson, steps]])));
  }

  /** Adds what another browser has passed; nothing is taken away. */
  add(passed: StepsPassed): void {
    this.#write(mergedSteps(this.#known(), passed));
  }

  /** Forgets everything, and returns it, for who did not mean it. */
  reset(): StepsPassed {
    const before = this.#known();
    this.#write(new Map());
    return before;
  }

  #known(): StepsPassed {
    return mergedSteps(this.#stored(), this.#unsaved);
  }

  #stored(): StepsPassed {
    const read = parseSteps(this.#storage.getItem(key) ?? '');
    return read.ok ? read.passed : new Map();
  }

  #write(passed: StepsPassed): void {
    this.#passed = passed;
    this.#unsaved = storeIn(this.#storage, key, writeSteps(passed)) ? new Map() : passed;
  }
}
