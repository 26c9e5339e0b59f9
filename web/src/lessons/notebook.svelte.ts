/** What is said of an attempt: by step for whoever looks, and the newest of it for whoever listens. */
import type { Lesson } from '@socket-playground/shared/lessons/lesson.ts';
import { blankNotes, noted, notesFor } from './notes.ts';
import type { Rejection, StepNotes } from './notes.ts';

export class Notebook {
  #notes: readonly StepNotes[] = $state.raw([]);
  #said = $state.raw('');

  constructor(lesson: Lesson) {
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

  /** Goes on with what was written before a reload. */
  take(notes: readonly StepNotes[]): void {
    this.#notes = notes;
  }

  clear(): void {
    this.#notes = this.#notes.map(() => blankNotes);
  }

  /** The agent was restarted: the rows of these steps are gone, they stay done. */
  age(done: number): void {
    this.#notes = this.#notes.map((note, step) => ({ ...note, rejection: null, isOld: step < done }));
  }

  change(step: number, change: Partial<StepNotes>): void {
    this.#notes = noted(this.#notes, step, change);
  }

  reject(step: number, rejection: Rejection): void {
    this.change(step, { rejection });
  }

  /** A right answer, in words, with why it is right. */
  explain(step: number, answer: string, why: string): void {
    const { explained, isShown } = this.#notes[step] ?? blankNotes;
    const says = `${isShown ? 'The answer' : 'You answered'}: ${answer}. ${why}`.trim();
    this.change(step, { rejection: null, explained: [...explained, says] });
  }
}
