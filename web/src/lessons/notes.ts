/** What the page remembers of a step beside the attempt: what was said, and which help was asked for. */
import type { Lesson } from '@socket-playground/shared/lessons/lesson.ts';

export interface Rejection {
  /** What was wrong. */
  readonly says: string;
  /** The row that shows it; null for an answer. */
  readonly seq: number | null;
  /** The newest event when it was said. */
  readonly after: number;
  /** The next attempt is under way: this was about the one before. */
  readonly isPast: boolean;
}

export interface StepNotes {
  /** Hints that were asked for. */
  readonly hints: number;
  readonly rejection: Rejection | null;
  /** Right answers, and what was said to them. */
  readonly explained: readonly string[];
  readonly decoyPressed: boolean;
  /** Its solution was performed, all of it or what was left. */
  readonly isShown: boolean;
  /** It was done before, on sockets that are gone: the agent was restarted, or the lesson was left. */
  readonly isOld: boolean;
}

export const blankNotes: StepNotes = {
  hints: 0,
  rejection: null,
  explained: [],
  decoyPressed: false,
  isShown: false,
  isOld: false,
};

export const notesFor = ({ steps }: Lesson): readonly StepNotes[] => steps.map(() => blankNotes);

/** The notes with those of one step changed. */
export const noted = (
  notes: readonly StepNotes[],
  step: number,
  change: Partial<StepNotes>,
): readonly StepNotes[] => notes.map((note, index) => (index === step ? { ...note, ...change } : note));
