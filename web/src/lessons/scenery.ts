/** The sockets a lesson stands on, and all that goes with them when it is left. */
import { begin, namesOf } from '@socket-playground/shared/lessons/attempt.ts';
import type { Beginning } from '@socket-playground/shared/lessons/attempt.ts';
import type { Attempt } from '@socket-playground/shared/lessons/state.ts';
import { isSame } from '@socket-playground/shared/lessons/facts.ts';
import type { Lesson } from '@socket-playground/shared/lessons/lesson.ts';
import type { Names } from '@socket-playground/shared/lessons/names.ts';
import { makeScene, reactionTo } from '@socket-playground/shared/lessons/scene.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import type { Welcome } from '@socket-playground/shared/wire/messages.ts';
import type { Store } from '../store/store.svelte.ts';
import type { JournalView } from './journal-view.ts';
import type { Kept } from './kept-attempt.ts';
import { limits } from './limits.ts';
import { machineOf } from './machine.ts';
import type { Part, Performer } from './performer.ts';
import { settled } from './settle.ts';

export type Made =
  { readonly ok: true; readonly beginning: Beginning } | { readonly ok: false; readonly problem: Problem };

export class Scenery {
  readonly #lesson: Lesson;
  readonly #store: Store;
  readonly #performer: Performer;
  readonly #journal: JournalView;
  readonly #sleep: (ms: number) => Promise<void>;
  /** Sockets of this page that were looked at: whether the learner opened them for this lesson. */
  #known: ReadonlySet<number> = new Set();
  /** What stands now; null while nothing does. */
  #standing: Beginning | null = null;
  #reacted = 0;
  #since = 0;
  /** After a reload: what was hidden when it was made is shown still. */
  #mustHideAgain = false;

  constructor(
    lesson: Lesson,
    store: Store,
    performer: Performer,
    journal: JournalView,
    sleep: (ms: number) => Promise<void>,
  ) {
    this.#lesson = lesson;
    this.#store = store;
    this.#performer = performer;
    this.#journal = journal;
    this.#sleep = sleep;
  }

  /** It has done its own part up to this event. */
  get reacted(): number {
    return this.#reacted;
  }

  /** The last event before it was made. */
  get since(): number {
    return this.#since;
  }

  /** What was opened in the lesson and is open still. */
  get made(): readonly number[] {
    const { table } = this.#store.sockets;
    const open = [...this.#performer.made].filter((socket) => table.get(socket)?.state !== 'closed');
    return open.slice(-limits.made);
  }

  /** Goes on with a scene that was made before a reload. */
  take({ attempt, reacted, made, since }: Pick<Kept, 'attempt' | 'reacted' | 'made' | 'since'>): void {
    this.#standing = { ...attempt, latest: attempt.from };
    this.#reacted = reacted;
    this.#since = since;
    this.#mustHideAgain = true;
    for (const socket of made) this.#performer.made.add(socket);
  }

  /** After a reload, once the page has caught up: hides again what was hidden when it was made. */
  hideAgain(): void {
    if (this.#mustHideAgain && this.#standing?.epoch === this.#store.agent?.epoch)
      this.#store.clearUpTo(this.#since);
    this.#mustHideAgain = false;
  }

  /**
   * What this page opened since is the learner's; what was opened beside the lesson stays when it is left. Returns
   * whether there was something new.
   */
  adopt(isBeside: boolean): boolean {
    const { own } = this.#store;
    // Asked in every frame, and nearly always nothing is new.
    if (own.size === this.#known.size) return false;
    const opened = [...own].filter((socket) => !this.#known.has(socket));
    this.#known = new Set(own);
    if (isBeside) return false;
    for (const socket of opened) this.#performer.made.add(socket);
    return opened.length > 0;
  }

  /** Makes it, and waits until the page has seen all of it. */
  async make(vars: Attempt['vars'], agent: Welcome): Promise<Made> {
    const before = this.#journal.latest;
    const about = { ...machineOf(agent), epoch: agent.epoch, vars };
    const made = await makeScene(this.#lesson, about, this.#store.run);
    if (!made.ok) return made;
    this.#reacted = this.#since = before;
    this.#standing = { ...about, scene: made.scene, latest: before };
    this.#known = new Set(this.#store.own);
    await settled(made.scene, this.#store, this.#sleep);
    const beginning = { ...about, scene: made.scene, latest: this.#journal.latest };
    this.#standing = beginning;
    return { ok: true, beginning };
  }

  /** Selects its first socket: where the learner begins. */
  present(): void {
    const first = Object.values(this.#standing?.scene ?? {}).find(({ socket }) => socket !== null);
    if (first !== undefined) this.#store.selection.selectSocket(first.socket);
  }

  /** Does what the scene does by itself with the events that came. Returns whether there was something to do. */
  react(names: (() => Names) | null): boolean {
    const standing = this.#standing;
    if (standing === null) return false;
    let did = false;
    for (const event of this.#journal.events(this.#reacted + 1)) {
      this.#reacted = event.seq;
      const actions = reactionTo(this.#lesson, standing, event);
      if (actions.length === 0) continue;
      did = true;
      const part: Part = {
        names: names ?? (() => this.#namesOf(standing)),
        isEarly: () => false,
        answer: () => undefined,
      };
      // Whoever came may be gone already: then the log says so, and nothing else is to be told.
      void this.#performer.react(actions, part, event.socket);
    }
    return did;
  }

  #namesOf(standing: Beginning): Names {
    return namesOf(this.#lesson, begin(this.#lesson, standing), this.#journal);
  }

  /** Closes it, what was opened for the learner, and what is still connected to either, and sees them go. */
  async clear(): Promise<void> {
    const { agent, run } = this.#store;
    const isHere = this.#standing !== null && this.#standing.epoch === agent?.epoch;
    const sockets = isHere ? this.#belonging() : [];
    this.forget();
    await Promise.all(sockets.map((socket) => run({ type: 'close', socket, connections: true })));
    if (sockets.length > 0) await settled({}, this.#store, this.#sleep);
  }

  /** Its agent is gone, and its sockets with it. */
  forget(): void {
    this.#standing = null;
    this.#performer.made.clear();
  }

  #belonging(): readonly number[] {
    const places = Object.values(this.#standing?.scene ?? {});
    const own = new Set([...places.map(({ socket }) => socket), ...this.#performer.made]);
    const open = [...this.#store.sockets.table.values()].filter(({ state }) => state !== 'closed');
    return open
      .filter(
        ({ socket, remote }) => own.has(socket) || places.some(({ address }) => isSame(address, remote)),
      )
      .map(({ socket }) => socket);
  }
}
