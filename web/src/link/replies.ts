import type { Outcome } from '@socket-playground/shared/wire/messages.ts';

const notSent: Outcome = {
  ok: false,
  problem: {
    code: 'link-lost',
    message: 'The agent does not answer, so nothing was sent to it.',
    hint: 'Wait until the page is connected again, then try once more.',
  },
};
const otherRun: Outcome = {
  ok: false,
  problem: {
    code: 'link-lost',
    message: 'The agent was restarted; this page belongs to the run before.',
    hint: 'Open the new link: the terminal where the agent runs shows it.',
  },
};
const unknown: Outcome = {
  ok: false,
  problem: {
    code: 'link-lost',
    message: 'The connection to the agent broke before it answered.',
    hint: 'It may have been done all the same: the log will tell once the page is connected again.',
  },
};

/** Commands under way, by their id. */
export class Replies {
  readonly #waiting = new Map<number, (outcome: Outcome) => void>();
  #last = 0;

  expect(): { id: number; outcome: Promise<Outcome> } {
    const id = (this.#last += 1);
    return { id, outcome: new Promise((resolve) => this.#waiting.set(id, resolve)) };
  }

  settle(id: number, outcome: Outcome): void {
    this.#waiting.get(id)?.(outcome);
    this.#waiting.delete(id);
  }

  /** The command never left the page. */
  refuse(restarted: boolean): Promise<Outcome> {
    return Promise.resolve(restarted ? otherRun : notSent);
  }

  /** The link broke: whether the agent did it is not known. */
  lose(): void {
    for (const resolve of this.#waiting.values()) resolve(unknown);
    this.#waiting.clear();
  }
}
