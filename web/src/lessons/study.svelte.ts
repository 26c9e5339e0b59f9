/** The lessons of this tab: which one is open, how far one came, and where that leads. */
import { catalogue, loaders } from 'virtual:lessons';
import type { Row } from '../store/rows/rows.ts';
import type { Store } from '../store/store.svelte.ts';
import { allLessons, goOnWith } from './catalogue.ts';
import { GivenAnswers } from './given-answers.ts';
import type { StepAnswers } from './given-answers.ts';
import { KeptAttempt } from './kept-attempt.ts';
import { closeLeft } from './left-behind.ts';
import { LessonTabs } from './lesson-tabs.ts';
import { LessonRun } from './lesson-run.svelte.ts';
import type { Place } from './place.ts';
import { Progress } from './progress.svelte.ts';
import type { TabLocks } from './tab-locks.ts';
import type { Whereabouts } from './whereabouts.svelte.ts';

export interface StudyWorld {
  readonly store: Store;
  readonly whereabouts: Whereabouts;
  /** Shared by the tabs of this browser. */
  readonly storage: Storage;
  /** Of this tab alone. */
  readonly session: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly locks: TabLocks;
  readonly newId: () => string;
  readonly openTab: (url: string) => void;
  readonly onbegin: () => void;
}

/** What stands in the pane. */
export type Shown =
  | { readonly is: 'list' }
  | { readonly is: 'loading' }
  | { readonly is: 'lesson'; readonly run: LessonRun }
  /** No lesson has this id. */
  | { readonly is: 'missing' }
  /** Its file could not be fetched. */
  | { readonly is: 'unreachable'; readonly again: () => void };

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export class Study {
  readonly catalogue = catalogue;
  readonly progress: Progress;
  readonly answers: GivenAnswers;
  readonly #world: StudyWorld;
  readonly #tabs: LessonTabs;
  readonly #kept: KeptAttempt;
  #shown: Shown = $state.raw({ is: 'loading' });
  /** The lesson that was asked for last: a slower one before it is not shown any more. */
  #wanted: string | null = null;
  /** Resolves once the sockets of the lesson before are gone. */
  #leaving: Promise<unknown> = Promise.resolve();
  readonly #settled: Promise<void>;
  /** Whether this tab is told apart from the others: until then nothing that is stored for it is touched. */
  #isSettled = false;
  /** A lesson that this tab left by loading another page is still to be looked for, once for each that is opened. */
  #looksForOrphan = true;
  /** Tabs that were closed are still to be cleared up after: once for each lesson that is opened here. */
  #looksForLeft = true;

  constructor(world: StudyWorld) {
    this.#world = world;
    this.#tabs = new LessonTabs({ ...world, sleep });
    this.#kept = new KeptAttempt(world.session, this.#tabs);
    this.progress = new Progress(world.storage);
    this.answers = new GivenAnswers(world.storage);
    this.#settled = this.#settle();
  }

  get shown(): Shown {
    return this.#shown;
  }

  /** The row of a number in the present log. */
  readonly rowOf = (seq: number): Row | undefined => this.#world.store.journal.bySeq(seq);

  readonly peerOf = (socket: number): number | null => this.#world.store.sockets.peerOf(socket);

  get run(): LessonRun | null {
    return this.#shown.is === 'lesson' ? this.#shown.run : null;
  }

  /** Opens what the page's place says. Looking at the sockets alone leaves no lesson. */
  stand(place: Place): void {
    switch (place.is) {
      case 'sockets':
        return;
      case 'next':
        return this.#goOn();
      case 'lessons':
        return this.#list();
      case 'lesson':
        void this.#open(place.id);
    }
  }

  /** Takes in whatever has changed in the store. */
  follow(): void {
    this.run?.follow();
    if (!this.#isSettled) return;
    this.#clearUp();
    void this.#clearUpTabs();
  }

  /** A copy of another tab is none of its lesson. */
  async #settle(): Promise<void> {
    if (!(await this.#tabs.isOwn)) this.#kept.drop();
    this.#isSettled = true;
    this.follow();
  }

  #goOn(): void {
    const next = goOnWith(this.catalogue, this.progress.passed) ?? allLessons(this.catalogue)[0];
    this.#world.whereabouts.go(
      next === undefined ? { is: 'lessons' } : { is: 'lesson', id: next.id, step: null },
    );
  }

  #list(): void {
    this.#wanted = null;
    this.#looksForOrphan = true;
    this.#leave();
    this.#shown = { is: 'list' };
  }

  async #open(id: string): Promise<void> {
    if (this.#wanted === id) return;
    this.#wanted = id;
    this.#looksForLeft = this.#looksForOrphan = true;
    this.#leave();
    const load = loaders[id];
    this.#shown = { is: load === undefined ? 'missing' : 'loading' };
    if (load === undefined) return;
    await this.#settled;
    const shown = await load().then(
      ({ default: lesson }): Shown => ({ is: 'lesson', run: new LessonRun(lesson, this.#runWorld(id)) }),
      (): Shown => ({ is: 'unreachable', again: () => this.#again(id) }),
    );
    if (this.#wanted === id) this.#shown = shown;
  }

  #again(id: string): void {
    this.#wanted = null;
    void this.#open(id);
  }

  #runWorld(id: string) {
    const { store, openTab, onbegin, whereabouts } = this.#world;
    return {
      ...{ store, openTab, onbegin, sleep, kept: this.#kept, ready: this.#leaving, random: Math.random },
      passed: this.progress.passed.get(id) ?? [],
      isBeside: () => whereabouts.place.is === 'sockets',
      answersOf: (step: string) => this.answers.of(id, step),
      onpassed: (step: string, answers: StepAnswers) => {
        this.progress.pass(id, [step]);
        this.answers.keep(id, step, answers);
      },
    };
  }

  #leave(): void {
    const { run } = this;
    if (run !== null) this.#leaving = Promise.all([this.#leaving, run.leave()]);
  }

  /** Closes the sockets of a lesson that this tab left by loading another page over it. */
  #clearUp(): void {
    const { agent, status, run } = this.#world.store;
    if (!this.#looksForOrphan || status.is !== 'live' || this.#shown.is === 'loading') return;
    this.#looksForOrphan = false;
    const attempt = this.#kept.orphan(this.#wanted);
    if (attempt === null) return;
    this.#kept.forget();
    if (attempt.epoch === agent?.epoch) void closeLeft(attempt, run);
  }

  /** Closes the sockets of lessons whose tabs were closed. */
  async #clearUpTabs(): Promise<void> {
    if (!this.#looksForLeft || this.#world.store.status.is !== 'live') return;
    this.#looksForLeft = false;
    const left = await this.#tabs.left();
    const { agent, run } = this.#world.store;
    for (const each of left) if (each.epoch === agent?.epoch) await closeLeft(each, run);
  }
}
