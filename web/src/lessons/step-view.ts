/** A step of a lesson as the page shows it: everything that is said and drawn is decided here. */
import { isPossible, predictionOf } from '@socket-playground/shared/lessons/attempt.ts';
import type { Attempt, StepState } from '@socket-playground/shared/lessons/state.ts';
import { questionsOf } from '@socket-playground/shared/lessons/lesson.ts';
import type { Lesson, Step } from '@socket-playground/shared/lessons/lesson.ts';
import type { Question } from '@socket-playground/shared/lessons/checks.ts';
import { expand } from '@socket-playground/shared/lessons/names.ts';
import type { Names } from '@socket-playground/shared/lessons/names.ts';
import type { Prose } from '@socket-playground/shared/lessons/prose.ts';
import { blankNotes } from './notes.ts';
import type { Rejection, StepNotes } from './notes.ts';
import { shuffled } from './shuffle.ts';
import { solutionWords } from './solution-words.ts';

/** A question with what can be chosen in the order it is shown. */
export type QuestionView =
  | { readonly is: 'text'; readonly ask: string }
  | { readonly is: 'options'; readonly ask: string; readonly options: readonly string[] }
  | {
      readonly is: 'pairs';
      readonly ask: string;
      readonly left: readonly string[];
      readonly right: readonly string[];
    }
  | { readonly is: 'arrange'; readonly ask: string; readonly items: readonly string[] };

export interface PredictView {
  readonly ask: string;
  readonly options: readonly string[];
  /** What was locked in; null while it is open. */
  readonly given: number | null;
  readonly right: number;
  /** Said with either answer, once the step is done. */
  readonly why: string;
}

export interface StepView {
  readonly id: string;
  readonly title: string;
  readonly is: 'done' | 'now' | 'next';
  readonly prose: Prose;
  /** Why this machine cannot show it: then the prediction alone is the step. */
  readonly cannot: string | null;
  readonly predict: PredictView | null;
  /** The question that is open now. */
  readonly question: { readonly key: string; readonly view: QuestionView } | null;
  readonly rejection: Rejection | null;
  /** What is said though nothing was right or wrong. */
  readonly remark: string | null;
  /** Those that are shown so far. */
  readonly hints: readonly string[];
  readonly hintCount: number;
  /** What the solution would do, in words; null while it is not offered. */
  readonly solution: readonly string[] | null;
  /** A button that does nothing. */
  readonly decoy: string | null;
  /** What is said of that once it was pressed. */
  readonly decoySays: string | null;
  /** A button that does for the learner what would be tedious by hand. */
  readonly act: string | null;
  /** What was said to right answers. */
  readonly explained: readonly string[];
  /** Numbers of the rows that prove it, once it is done. */
  readonly proof: readonly number[];
  /** Its solution was performed, all of it or what was left. */
  readonly isShown: boolean;
  /** It was done before, on sockets that are gone, and so are the rows that proved it. */
  readonly isOld: boolean;
}

/** Wrong attempts until the solution is offered. */
const wrongsToSolution = 2;

export interface Scene {
  readonly lesson: Lesson;
  readonly attempt: Attempt;
  readonly notes: readonly StepNotes[];
  readonly names: Names;
  /** The step that is shown open: a moment behind the attempt, so that "done" is seen first. */
  readonly open: number;
  /** What is to be said of the open step though nothing was right or wrong. */
  readonly remark: string | null;
}

export const stepViews = (scene: Scene): readonly StepView[] =>
  scene.lesson.steps.map((step, index) => stepView(scene, step, index));

function stepView(
  { lesson, attempt, notes, names, open, remark }: Scene,
  step: Step,
  index: number,
): StepView {
  const say = (text: string) => expand(text, names);
  const state = attempt.steps[index] ?? nothing;
  const note = notes[index] ?? blankNotes;
  const is = state.proof !== null ? 'done' : index === open ? 'now' : 'next';
  // Hints are about doing it: where that cannot be, there is only the prediction, and any will do.
  const canDo = isPossible(attempt, step);
  const helping = canDo ? step.hints : [];
  const hints = helping.slice(0, hintsShown(step, state, note));
  const isStuck = canDo && (state.wrongs >= wrongsToSolution || hints.length === helping.length);
  return {
    ...{ id: step.id, title: say(step.title), is, prose: step.prose, hintCount: helping.length },
    cannot: canDo ? null : say(step.otherwise?.says ?? ''),
    predict: predictView(attempt, step, state, say),
    question: is === 'now' ? openQuestion(lesson, attempt, step, state, say) : null,
    rejection: note.rejection,
    remark: is === 'now' && !isTold(note) ? remark : null,
    hints: hints.map(say),
    solution: is === 'done' || isStuck ? solutionWords(step, attempt, names) : null,
    decoy: step.decoy === undefined ? null : say(step.decoy.label),
    decoySays: note.decoyPressed ? say(step.decoy?.says ?? '') : null,
    act: step.act === undefined ? null : say(step.act.label),
    explained: note.explained,
    proof: state.proof ?? [],
    isShown: note.isShown,
    isOld: note.isOld,
  };
}

/** Words to a wrong attempt say it, too. */
const isTold = ({ rejection }: StepNotes): boolean => rejection !== null && !rejection.isPast;

const nothing: StepState = { horizon: 0, predicted: null, answered: [], wrongs: 0, proof: null };

/** Each wrong attempt brings the next hint, and so does asking. */
const hintsShown = ({ hints }: Step, { wrongs }: StepState, note: StepNotes): number =>
  Math.min(hints.length, Math.max(wrongs, note.hints));

type Say = (text: string) => string;

function predictView(attempt: Attempt, step: Step, state: StepState, say: Say): PredictView | null {
  const asked = predictionOf(attempt, step);
  if (asked === null) return null;
  const { ask, options, right, why } = asked;
  return { ask: say(ask), options: options.map(say), given: state.predicted, right, why: say(why) };
}

/** Questions come after the prediction, one after the other. */
function openQuestion(
  lesson: Lesson,
  attempt: Attempt,
  step: Step,
  { answered, predicted }: StepState,
  say: Say,
): StepView['question'] {
  if (!isPossible(attempt, step) || (step.predict && predicted === null)) return null;
  const index = answered.indexOf(false);
  const question = questionsOf(step)[index];
  if (question === undefined) return null;
  const seed = `${lesson.id} ${step.id} ${index} ${attempt.epoch} ${attempt.from}`;
  return { key: seed, view: questionView(question, seed, say) };
}

function questionView(question: Question, seed: string, say: Say): QuestionView {
  if ('pairs' in question) {
    const { pairs, left, right } = question;
    return { is: 'pairs', ask: say(pairs), left: left.map(say), right: shuffled(right, seed).map(say) };
  }
  if ('arrange' in question) {
    const items = shuffled(question.items, seed).map(say);
    return { is: 'arrange', ask: say(question.arrange), items };
  }
  const ask = say(question.answer);
  return question.options === undefined
    ? { is: 'text', ask }
    : { is: 'options', ask, options: question.options.map((option) => say(String(option))) };
}

/** The step that opens, for whoever does not see it. */
export function wordsOfStep({ steps }: Lesson, open: number, say: Say): string {
  const step = steps[open];
  if (step === undefined) return 'All steps of this lesson are done.';
  return `Step ${open + 1} of ${steps.length}: ${say(step.title)}`;
}
