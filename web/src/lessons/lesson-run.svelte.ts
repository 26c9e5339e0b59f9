/**
 * One lesson while it is open: its scene, its attempt, and what is said of it. It reads the store's events like
 * everything else on the page, and all it does are the store's commands.
 */
import { advance, answer, begin, draw, namesOf, predict } from '@socket-playground/shared/lessons/attempt.ts';
import type { News } from '@socket-playground/shared/lessons/attempt.ts';
import type { Attempt } from '@socket-playground/shared/lessons/state.ts';
import { leftOf, solutionOf } from '@socket-playground/shared/lessons/solution.ts';
import { questionsOf } from '@socket-playground/shared/lessons/lesson.ts';
import type { Lesson } from '@socket-playground/shared/lessons/lesson.ts';
import type { Action } from '@socket-playground/shared/lessons/actions.ts';
import type { Names } from '@socket-playground/shared/lessons/names.ts';
import type { Given } from '@socket-playground/shared/lessons/questions.ts';
import { answerWords } from './answer-words.ts';
import { awaitsPrediction } from './awaits-prediction.ts';
import { filled } from './filled.ts';
import { isEarly } from './is-early.ts';
import { isOvertaken } from './is-overtaken.ts';
import { JournalView } from './journal-view.ts';
import { noNames } from './machine.ts';
import { Notebook } from './notebook.svelte.ts';
import type { Rejection } from './notes.ts';
import { Performer } from './performer.ts';
import type { Part } from './performer.ts';
import { phaseWithout } from './phase.ts';
import type { Phase, RunWorld } from './phase.ts';
import { Scenery } from './scenery.ts';
import { Showing } from './showing.svelte.ts';
import { stepViews, wordsOfStep } from './step-view.ts';
import type { StepView } from './step-view.ts';
import { startAfter, takenUp } from './taking-up.ts';
import type { Start, TakenUp } from './taking-up.ts';

/** "Done" is seen for so long before the next step opens. */
const doneMs = 1_200;

export class LessonRun {
  readonly lesson: Lesson;
  readonly #world: RunWorld;
  readonly #journal: JournalView;
  readonly #showing: Showing;
  readonly #scenery: Scenery;
  readonly #notebook: Notebook;
  /** As it was when something was last said of it. */
  #shown: Attempt | null = $state.raw(null);
  /** The same, with every event taken in. */
  #attempt: Attempt | null = null;
  #phase: Phase = $state.raw({ is: 'waiting' });
  #open = $state.raw(0);
  #takenUp: TakenUp = $state.raw(null);
  #left = false;
  /** Resolves once its sockets are made. */
  #making: Promise<void> = Promise.resolve();

  readonly #names: Names | null = $derived.by(() =>
    this.#shown === null ? null : namesOf(this.lesson, this.#shown, this.#journal),
  );
  readonly steps: readonly StepView[] = $derived.by(() => {
    const attempt = this.#shown;
    if (attempt === null || this.#names === null) return [];
    const scene = { lesson: this.lesson, attempt, notes: this.#notebook.notes, names: this.#names };
    return stepViews({ ...scene, open: this.#open, remark: this.#notebook.remark });
  });
  /** All steps are done, and that was seen. */
  readonly isDone: boolean = $derived.by(() => this.#open >= this.lesson.steps.length);
  /** Its sockets are being made, or something is being done for the learner. */
  readonly busy: boolean = $derived.by(() => this.#showing.isBusy || this.#phase.is === 'making');

  constructor(lesson: Lesson, world: RunWorld) {
    this.lesson = lesson;
    this.#world = world;
    this.#journal = new JournalView(world.store);
    this.#notebook = new Notebook(lesson);
    const performer = new Performer(world, this.#journal);
    this.#showing = new Showing(performer, world.sleep);
    this.#scenery = new Scenery(lesson, world.store, performer, this.#journal, world.sleep);
    this.#goOn();
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Position of the step that is open: a moment behind the attempt, so that "done" is seen first. */
  get open(): number {
    return this.#open;
  }

  /** There is no agent to go on with now. */
  get isAway(): boolean {
    const { status, agent } = this.#world.store;
    return agent === null || status.is !== 'live';
  }

  /** It goes on with new sockets, and no step was passed since. */
  get takenUp(): TakenUp {
    return this.#takenUp;
  }

  /** For whoever does not see it: what has just happened in the lesson. */
  get said(): string {
    return this.#notebook.said;
  }

  /** Why something could not be done for the learner; null when nothing failed. */
  get trouble(): string | null {
    return this.#showing.trouble;
  }

  /** Text of the lesson with what is known filled in. */
  readonly say = (text: string): string => filled(text, this.#names);

  /** Takes in whatever has changed in the store. */
  follow(): void {
    const { agent, status, journal } = this.#world.store;
    if (this.#left || agent === null || status.is !== 'live' || journal.lastSeq < agent.latest) return;
    this.#scenery.hideAgain();
    if (this.#scenery.adopt(this.#world.isBeside())) this.#save();
    const names = this.#phase.is === 'making' ? null : this.#part().names;
    if (this.#scenery.react(names)) this.#save();
    if (this.#phase.is === 'making' || this.#phase.is === 'failed') return;
    if (this.#attempt?.epoch === agent.epoch) this.#advance(this.#attempt);
    // Whoever looks at the sockets alone gets none of a lesson until they come back to it.
    else if (this.#attempt === null || !this.#world.isBeside())
      this.#making = this.#make(startAfter(this.#attempt, this.#world));
  }

  lock(option: number): void {
    if (this.#attempt === null) return;
    this.#set(predict(this.lesson, this.#attempt, option, this.#journal.latest));
    this.#notebook.say('Locked in.');
    this.follow();
  }

  answer(given: Given): void {
    if (this.#attempt === null) return;
    const { step, steps } = this.#attempt;
    const asked = this.lesson.steps[step];
    const index = steps[step]?.answered.indexOf(false) ?? -1;
    const words = answerWords(asked && questionsOf(asked)[index], given, this.say);
    const { attempt, verdict } = answer(this.lesson, this.#attempt, given, this.#journal);
    if (verdict.right) this.#notebook.explain(step, words, verdict.says);
    else this.#notebook.reject(step, { says: verdict.says, seq: null, after: this.#journal.latest });
    this.#set(attempt);
    if (verdict.right) this.#notebook.say(`Right. ${verdict.says}`);
    else this.#sayRejected(verdict.says);
    this.follow();
  }

  hint(): void {
    const step = this.#attempt?.step ?? 0;
    const shown = this.steps[step]?.hints.length ?? 0;
    this.#notebook.change(step, { hints: shown + 1 });
    this.#notebook.say(this.steps[step]?.hints.at(-1) ?? '');
    this.#save();
  }

  pressDecoy(): void {
    this.#notebook.change(this.#attempt?.step ?? 0, { decoyPressed: true });
    this.#save();
  }

  /** The step's own button. */
  act(): Promise<void> {
    return this.#perform(this.lesson.steps[this.#open]?.act?.do ?? [], true);
  }

  /** Performs the solution of a step. What was done before is shown again, without answering anything. */
  async solve(index: number): Promise<void> {
    const [step, attempt] = [this.lesson.steps[index], this.#attempt];
    if (step === undefined || attempt === null) return;
    const [solution, state] = [solutionOf(step, attempt), attempt.steps[index]];
    const isOpen = index === attempt.step;
    if (isOpen) this.#notebook.change(index, { isShown: true });
    await this.#perform(isOpen && state !== undefined ? leftOf(solution, state) : solution, isOpen);
  }

  /** Closes its sockets and makes them anew, with other values: everything can be done again. */
  async reset(): Promise<void> {
    if (!this.busy && !this.isAway) await (this.#making = this.#make({ is: 'reset' }));
  }

  /**
   * Another lesson, or none: nothing more is done, and its sockets go. Resolves once they are gone; what is under way is
   * not waited for without end, and closed when it comes.
   */
  async leave(): Promise<void> {
    this.#left = true;
    this.#world.kept.forget();
    this.#scenery.adopt(this.#world.isBeside());
    await Promise.all([this.#showing.stop(), this.#scenery.clear(), this.#making]);
  }

  /** What this tab had under way before it was reloaded. */
  #goOn(): void {
    const kept = this.#world.kept.load(this.lesson);
    if (kept === null) return;
    this.#attempt = this.#shown = kept.attempt;
    this.#notebook.take(kept.notes);
    this.#open = kept.attempt.step;
    this.#scenery.take(kept);
  }

  async #make(start: Start): Promise<void> {
    const before = start.is === 'restarted' ? start.before : null;
    const { store, random } = this.#world;
    const { agent } = store;
    // Asked anew after each wait.
    const isLeft = () => this.#left;
    if (agent === null) return;
    this.#phase = { is: 'making' };
    this.#showing.clear();
    this.#takenUp = null;
    await this.#world.ready;
    if (isLeft()) return;
    if (before === null) {
      await this.#scenery.clear();
      if (isLeft()) return;
      store.clear();
      this.#world.onbegin();
    } else this.#scenery.forget();
    const vars = before?.vars ?? draw(this.lesson.vars, random);
    const made = await this.#scenery.make(vars, agent);
    if (isLeft()) return this.#scenery.clear();
    if (!made.ok) this.#phase = phaseWithout(made.problem, store.status.is !== 'live');
    else this.#begun(begin(this.lesson, made.beginning), start);
  }

  #begun(fresh: Attempt, start: Start): void {
    const { attempt, how } = takenUp(this.lesson, fresh, start);
    this.#notebook.begin(attempt, how, this.#world.answersOf);
    this.#takenUp = how;
    this.#set(attempt);
    this.#open = attempt.step;
    this.#phase = { is: 'going' };
    this.#scenery.present();
    this.follow();
  }

  #advance(before: Attempt): void {
    const { attempt, news, remark, needs } = advance(this.lesson, before, this.#journal);
    this.#attempt = attempt;
    this.#notebook.remark = remark;
    // After a reload its texts can be filled in only now.
    if (news.length > 0 || this.#phase.is !== 'going') this.#shown = attempt;
    for (const each of news) this.#hear(each);
    // Words to a wrong attempt pale once the next one is under way.
    const isOver = (said: Rejection) => isOvertaken(this.lesson, attempt.step, said, this.#journal);
    if (this.#notebook.overtake(attempt.step, isOver) || news.length > 0) this.#save();
    this.#phase = { is: 'going' };
    if (needs.length > 0) void this.#journal.fetch(needs).then((came) => came && this.follow());
  }

  #hear(news: News): void {
    const step = this.lesson.steps[news.step];
    if (step === undefined) return;
    if (news.is === 'rejected') {
      this.#notebook.reject(news.step, { says: news.says, seq: news.seq, after: news.seq });
      this.#sayRejected(news.says);
      return;
    }
    this.#notebook.change(news.step, { rejection: null });
    this.#takenUp = null;
    this.#world.onpassed(step.id, this.#notebook.answersIn(news.step, this.#attempt));
    this.#notebook.say(`Done: ${this.say(step.title)}`);
    void this.#moveOn();
  }

  async #moveOn(): Promise<void> {
    await this.#world.sleep(doneMs);
    if (this.#left || this.#attempt === null || this.#open >= this.#attempt.step) return;
    this.#open = this.#attempt.step;
    this.#notebook.say(wordsOfStep(this.lesson, this.#open, this.say));
  }

  async #perform(actions: readonly Action[], answers: boolean): Promise<void> {
    if (!this.busy) await this.#showing.show(actions, this.#part(answers));
  }

  #part(answers = false): Part {
    return {
      names: () => (this.#attempt === null ? noNames : namesOf(this.lesson, this.#attempt, this.#journal)),
      isEarly: (given) => answers && isEarly(this.lesson, this.#attempt, given, this.#journal),
      answer: (given: Given) => {
        if (answers) this.#answerNext(given);
      },
    };
  }

  #sayRejected(says: string): void {
    this.#notebook.sayRejected(says, this.steps[this.#open]?.hints.at(-1));
  }

  /** Predictions are answered by position, and come first. */
  #answerNext(given: Given): void {
    const attempt = this.#attempt;
    if (attempt === null || attempt.step >= this.lesson.steps.length) return;
    if (awaitsPrediction(this.lesson, attempt)) this.lock(Number(given));
    else this.answer(given);
  }

  #set(attempt: Attempt): void {
    this.#attempt = this.#shown = attempt;
    this.#save();
  }

  #save(): void {
    const { reacted, made, since } = this.#scenery;
    if (this.#attempt !== null && !this.#left)
      this.#world.kept.save({ attempt: this.#attempt, notes: this.#notebook.notes, reacted, made, since });
  }
}
