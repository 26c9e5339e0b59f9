/** What is done for the learner, one thing at a time. */
import type { Action } from '@socket-playground/shared/lessons/actions.ts';
import type { Part, Performer } from './performer.ts';

/** A command that nobody waits for any more holds up the next lesson no longer than this. */
const patienceMs = 3_000;

export class Showing {
  readonly #performer: Performer;
  readonly #sleep: (ms: number) => Promise<void>;
  #isBusy = $state.raw(false);
  #trouble = $state.raw<string | null>(null);
  #isStopped = false;
  #underWay: Promise<void> = Promise.resolve();

  constructor(performer: Performer, sleep: (ms: number) => Promise<void>) {
    this.#performer = performer;
    this.#sleep = sleep;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Why something could not be done; null when nothing failed. */
  get trouble(): string | null {
    return this.#trouble;
  }

  clear(): void {
    this.#trouble = null;
  }

  show(actions: readonly Action[], part: Part): Promise<void> {
    this.#underWay = this.#show(actions, part);
    return this.#underWay;
  }

  /** The lesson was left. Resolves once what is under way has come to its end, or after a while. */
  stop(): Promise<void> {
    this.#isStopped = true;
    this.#performer.stop();
    return Promise.race([this.#underWay, this.#sleep(patienceMs)]);
  }

  async #show(actions: readonly Action[], part: Part): Promise<void> {
    this.#isBusy = true;
    this.#trouble = null;
    const performed = await this.#performer.show(actions, part);
    this.#isBusy = false;
    if (!performed.ok && !this.#isStopped) this.#trouble = performed.wrong;
  }
}
