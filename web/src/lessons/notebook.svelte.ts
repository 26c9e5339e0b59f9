/** What is said of an attempt: by step for whoever looks, and the newest of it for whoever listens. */
import type { Lesson } from '@socket-playground/shared/lessons/lesson.ts';
import type { Attempt, StepState } from '@socket-playground/shared/lessons/state.ts';
import type { StepAnswers } from './given-answers.ts';
import { blankNotes, noted, notesFor } from './notes.ts';
import type { Rejection, StepNotes } from './notes.ts';
import type { TakenUp } from './taking-up.ts';

/** What was remembered of a step, by its id. */
type AnswersOf = (id: string) => StepAnswers | null;

const isDone = (state: StepState | undefined): boolean => (state?.proof ?? null) !== null;

export class Notebook {
  readonly #steps: Lesson['steps'];
  #notes: readonly StepNotes[] = $state.raw([]);
  #said = $state.raw('');
  /** What is to be said of the open step though nothing was right or wrong. */
  remark: string | null = $state.raw(null);

  constructor(lesson: Lesson) {
    this.#steps = lesson.steps;
    this.#notes = notesFor(lesson);
  }

  get notes(): readonly StepNotes[] {
    return this.#notes;
  }

  /** For whoever does not see it: what has just happened in the lesson. */
  get said(): string {
    return this.#said;
  }

  say(words: string): void {
    this.#said = words;
  }

  sayRejected(says: string, hint: string | undefined): void {
    this.say(hint === undefined ? says : `${says} Hint: ${hint}`);
  }

  /** Goes on with what was written before a reload. */
  take(notes: readonly StepNotes[]): void {
    this.#notes = notes;
  }

  /** What stands in it as the lesson begins: of what was done before, as far as that is known. */
  begin(attempt: Attempt, how: TakenUp, answersOf: AnswersOf): void {
    if (how !== 'restarted') this.#notes = this.#notes.map(() => blankNotes);
    if (how === 'returned') this.#recall(attempt, answersOf);
    if (how !== null) this.#age(attempt);
  }

  /** The lesson goes on with new sockets: the rows of the steps that stay done are gone. */
  #age({ steps }: Attempt): void {
    this.#notes = this.#notes.map((note, step) =>
      isDone(steps[step])
        ? { ...note, rejection: null, isOld: true }
        : { ...note, rejection: null, explained: [] },
    );
  }

  /** What was answered in a step, to be remembered. */
  answersIn(step: number, attempt: Attempt | null): StepAnswers {
    const { explained, isShown } = this.#notes[step] ?? blankNotes;
    return { predicted: attempt?.steps[step]?.predicted ?? null, explained, isShown };
  }

  /** What was remembered of the steps that stay done. */
  #recall({ steps }: Attempt, answersOf: AnswersOf): void {
    for (const [step, { id }] of this.#steps.entries()) {
      const answers = isDone(steps[step]) ? answersOf(id) : null;
      if (answers !== null) this.change(step, { explained: answers.explained, isShown: answers.isShown });
    }
  }

  change(step: number, change: Partial<StepNotes>): void {
    this.#notes = noted(this.#notes, step, change);
  }

  reject(step: number, said: Omit<Rejection, 'isPast'>): void {
    this.change(step, { rejection: { ...said, isPast: false } });
  }

  /** Takes what was last said of the step for words to an attempt before the present one, where it is that now. */
  overtake(step: number, isOver: (said: Rejection) => boolean): boolean {
    const rejection = this.#notes[step]?.rejection ?? null;
    if (rejection === null || rejection.isPast || !isOver(rejection)) return false;
    this.change(step, { rejection: { ...rejection, isPast: true } });
    return true;
  }

  /** A right answer, in words, with why it is right. */
  explain(step: number, answer: string, why: string): void {
    const { explained, isShown } = this.#notes[step] ?? blankNotes;
    const says = `${isShown ? 'The answer' : 'You answered'}: ${answer}. ${why}`.trim();
    this.change(step, { rejection: null, explained: [...explained, says] });
  }
}
