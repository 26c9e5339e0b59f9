/** Does for the learner what a lesson says, by the same commands as everything else, slowly enough to be seen. */
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import type { Action } from '@socket-playground/shared/lessons/actions.ts';
import type { Names } from '@socket-playground/shared/lessons/names.ts';
import { lessonLimits } from '@socket-playground/shared/lessons/limits.ts';
import { perform } from '@socket-playground/shared/lessons/perform.ts';
import type { Performed, Stage } from '@socket-playground/shared/lessons/perform.ts';
import type { Given } from '@socket-playground/shared/lessons/questions.ts';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import type { Store } from '../store/store.svelte.ts';
import type { JournalView } from './journal-view.ts';

export interface PerformerWorld {
  readonly store: Store;
  readonly sleep: (ms: number) => Promise<void>;
  /** Opens an address of this computer outside this page. */
  readonly openTab: (url: string) => void;
}

export interface Part {
  readonly names: () => Names;
  /** Whether the log does not bear this answer out yet. */
  readonly isEarly: (given: Given) => boolean;
  readonly answer: (given: Given) => void;
}

/** Between two commands, so that one sees what each did. */
const paceMs = 400;
/** An answer after this is no answer to what is being looked at. */
const lateMs = 500;
const lookMs = 30;

export class Performer {
  readonly #world: PerformerWorld;
  readonly #journal: JournalView;
  /** The sockets it opened: they go with the lesson. */
  readonly made = new Set<number>();
  #stopped = false;

  constructor(world: PerformerWorld, journal: JournalView) {
    this.#world = world;
    this.#journal = journal;
  }

  /** The lesson was left: nothing more is done, and what a command still opens is closed at once. */
  stop(): void {
    this.#stopped = true;
  }

  /** One action after the other, each on the socket that is selected for it. */
  show(actions: readonly Action[], part: Part): Promise<Performed> {
    const { store, sleep } = this.#world;
    const run: Stage['run'] = async (command) => {
      if ('socket' in command) store.selection.selectSocket(command.socket);
      const asked = performance.now();
      const outcome = await this.#run(command);
      // What comes late finds the learner somewhere else.
      const isLate = performance.now() - asked > lateMs;
      const opened = openedBy(outcome);
      if (opened !== null) {
        this.made.add(opened);
        if (!isLate) store.selection.selectSocket(opened);
      }
      await sleep(paceMs);
      return outcome;
    };
    return perform(actions, this.#stage(part, run));
  }

  /** What the scene does by itself with a connection, at once and unseen. */
  react(actions: readonly Action[], part: Part, connection: number | null): Promise<Performed> {
    return perform(
      actions,
      this.#stage(part, (command) => this.#run(command)),
      connection,
    );
  }

  #stage({ names, isEarly, answer }: Part, run: Stage['run']): Stage {
    const { sleep, openTab } = this.#world;
    const began = this.#journal.latest;
    return {
      run,
      names,
      sleep: async (ms) => {
        await sleep(ms);
        this.#goOn();
      },
      answer: async (given) => {
        await this.#while(() => isEarly(given), lessonLimits.patienceMs);
        this.#goOn();
        answer(given);
      },
      until: (passes, withinMs) => this.#until(passes, began, withinMs),
      outside: async (to) => {
        this.#goOn();
        openTab(`http://${formatAddress(to)}/`);
      },
    };
  }

  /** Throws once the lesson was left: what performs actions ends with the first that fails. */
  #goOn(): void {
    if (this.#stopped) throw new Error('The lesson was left.');
  }

  async #run(command: Command): Promise<Outcome> {
    this.#goOn();
    const { run } = this.#world.store;
    const outcome = await run(command);
    if (!this.#stopped) return outcome;
    const socket = openedBy(outcome);
    if (socket !== null) await run({ type: 'close', socket, connections: true });
    throw new Error('The lesson was left.');
  }

  async #until(
    passes: (event: SocketEvent) => boolean,
    began: number,
    withinMs: number,
  ): Promise<SocketEvent | null> {
    let found: SocketEvent | null = null;
    await this.#while(() => {
      for (const event of this.#journal.events(began + 1)) if (passes(event)) found ??= event;
      return found === null;
    }, withinMs);
    return found;
  }

  /** Settles when it is so no more, or after so long. */
  async #while(isSo: () => boolean, withinMs: number): Promise<void> {
    for (let waited = 0; waited < withinMs && isSo() && !this.#stopped; waited += lookMs)
      await this.#world.sleep(lookMs);
  }
}

/** The socket that a command opened or accepted. */
function openedBy(outcome: Outcome): number | null {
  const opened = outcome.ok ? (outcome.result.socket ?? outcome.result.connection) : null;
  return typeof opened === 'number' ? opened : null;
}
