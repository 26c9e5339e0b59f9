/**
 * One run through a lesson: plain JSON that survives a reload, and pure functions from one state to the next.
 * A step sees only events after its horizon: where it began, where its prediction was locked in, or where the last
 * wrong attempt was, unless that one keeps what was right before it. The moment it passes is the horizon of the next.
 */
import type { SocketEvent } from '../events/event.ts';
import type { LessonJournal } from './journal.ts';
import { questionsOf } from './lesson.ts';
import type { Lesson, Predict, Step, Variable } from './lesson.ts';
import { lessonLimits } from './limits.ts';
import { expand } from './names.ts';
import type { Names } from './names.ts';
import { isDecided, isRight, rightPlaces, withGiven } from './questions.ts';
import type { Given } from './questions.ts';
import { hasWrong, rejection } from './rejecting.ts';
import { remarkOn } from './remark.ts';
import { firstOpen } from './resumed.ts';
import { findAll } from './search.ts';
import { spokenOf } from './spoken.ts';
import { worldOf } from './view.ts';
import type { Attempt, StepState } from './state.ts';
import type { World } from './view.ts';

export type News =
  | { readonly is: 'passed'; readonly step: number; readonly proof: readonly number[] }
  | { readonly is: 'rejected'; readonly step: number; readonly seq: number; readonly says: string };

export interface Advanced {
  readonly attempt: Attempt;
  readonly news: readonly News[];
  /** What is to be said of the open step though nothing was right or wrong; null for nothing. */
  readonly remark: string | null;
  /** Payloads that must be known whole before it can go on: ask for them, then advance again. */
  readonly needs: readonly number[];
}

export interface Beginning extends Pick<Attempt, 'epoch' | 'vars' | 'machine' | 'can' | 'scene'> {
  /** The newest event once the scene was complete. */
  readonly latest: number;
}

export function begin(lesson: Lesson, { latest, ...rest }: Beginning): Attempt {
  const steps = lesson.steps.map((step): StepState => ({
    ...{ horizon: latest, predicted: null, wrongs: 0, proof: null },
    answered: questionsOf(step).map(() => false),
  }));
  return { ...rest, lesson: lesson.id, from: latest, seen: latest, step: 0, steps, bound: {} };
}

/** Values for the variables of one attempt. `random` gives numbers from 0 to below 1. */
export function draw(vars: Lesson['vars'], random: () => number): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(vars ?? {}).map(([name, variable]) => [name, drawn(variable, random)]),
  );
}

function drawn(variable: Variable, random: () => number): string | number {
  if ('int' in variable)
    return variable.int[0] + Math.floor(random() * (variable.int[1] - variable.int[0] + 1));
  return variable.pick[Math.floor(random() * variable.pick.length)] ?? '';
}

/** Whether this machine can show the step; else its prediction alone is the step. */
export const isPossible = ({ can }: Pick<Attempt, 'can'>, step: Step): boolean =>
  step.can === undefined || can.includes(step.can);

/** What is to be predicted in a step on this machine. */
export function predictionOf(attempt: Pick<Attempt, 'can'>, step: Step): Predict | null {
  return (isPossible(attempt, step) ? step.predict : step.otherwise?.predict) ?? null;
}

/** The learner locks in an option: only what happens from now on counts. */
export function predict(lesson: Lesson, attempt: Attempt, option: number, latest: number): Attempt {
  const [step, state] = openStep(lesson, attempt);
  if (step === undefined || state.predicted !== null || predictionOf(attempt, step) === null) return attempt;
  return withStep({ ...attempt, seen: latest }, { ...state, predicted: option, horizon: latest });
}

export interface Verdict {
  readonly right: boolean;
  /** What to say to a wrong answer, or why a right one is right. */
  readonly says: string;
}

/** Said in place of `near`, which speaks of rows that are there. */
const tooEarly = 'The log does not show yet what this asks for. Do first what the step says, then answer.';

/** Answers the question of the open step that is next. */
export function answer(
  lesson: Lesson,
  attempt: Attempt,
  given: Given,
  journal: LessonJournal,
): { readonly attempt: Attempt; readonly verdict: Verdict } {
  const [step, state] = openStep(lesson, attempt);
  const index = state.answered.indexOf(false);
  const question = step === undefined ? undefined : questionsOf(step)[index];
  if (question === undefined)
    return { attempt, verdict: { right: false, says: 'There is nothing to answer here.' } };
  const world = worldOf(lesson, attempt, journal);
  const names = world.names(attempt);
  const said = (words: string) => expand(words, withGiven(names, given));
  if (isRight(question, given, world.asking(attempt), names)) {
    const answered = state.answered.map((done, at) => done || at === index);
    return {
      attempt: withStep(attempt, { ...state, answered }),
      verdict: { right: true, says: said(question.why ?? '') },
    };
  }
  const near = isDecided(question, world.asking(attempt))
    ? said(question.near ?? 'That is not it. Look at the log again.')
    : tooEarly;
  return {
    attempt: withStep(attempt, { ...state, wrongs: state.wrongs + 1 }),
    verdict: { right: false, says: [rightPlaces(question, given, names), near].filter(Boolean).join(' ') },
  };
}

/** Takes in what has happened since: first the present, for what was answered meanwhile, then event by event. */
export function advance(lesson: Lesson, attempt: Attempt, journal: LessonJournal): Advanced {
  const needs = new Set<number>();
  const telling: Telling = { lesson, needs, news: [], world: worldOf(lesson, attempt, journal, needs) };
  let now = judged(attempt, null, telling);
  for (let step = -1; step !== now.step && needs.size === 0;) {
    step = now.step;
    now = duringStep(now, telling);
  }
  if (needs.size === 0) now = { ...now, seen: Math.max(now.seen, lastSeenBy(now, telling)) };
  return { attempt: now, news: telling.news, remark: remarkIn(now, telling), needs: [...needs] };
}

function remarkIn(attempt: Attempt, { lesson, world }: Telling): string | null {
  const [step, state] = openStep(lesson, attempt);
  if (step === undefined || !isPossible(attempt, step)) return null;
  return remarkOn(lesson, attempt, world.at(attempt, attempt.seen), isWaiting(attempt, step, state));
}

/** Until its open step passes, something has to be asked for, or nothing more is there. */
function duringStep(attempt: Attempt, telling: Telling): Attempt {
  let now = attempt;
  for (const moments of momentsOf(now, telling)) {
    for (const event of isQuiet(now, moments, telling) ? moments.slice(-1) : moments) {
      now = judged(now, event, telling);
      if (telling.needs.size > 0) return now;
      now = { ...now, seen: event.seq };
      if (now.step !== attempt.step) return now;
    }
  }
  return now;
}

/** Whether the last of these moments tells all: nothing is right by then, and nothing was wrong among them. */
function isQuiet(attempt: Attempt, moments: readonly SocketEvent[], telling: Telling): boolean {
  const last = moments.at(-1);
  if (last === undefined || moments.length === 1) return true;
  const { lesson, world } = telling;
  const [step, state] = openStep(lesson, attempt);
  if (step === undefined || isWaiting(attempt, step, state)) return true;
  if (passedAt(attempt, last.seq, telling) !== null) return false;
  return !isPossible(attempt, step) || !hasWrong(step, moments, (seq) => world.at(attempt, seq));
}

/** The newest event, or the last before one that the open step cannot judge yet. */
function lastSeenBy(attempt: Attempt, { lesson, world }: Telling): number {
  const [step] = openStep(lesson, attempt);
  const newest = world.events.at(-1)?.seq ?? 0;
  const asksForPeers = step !== undefined && spokenOf(step, world.definitions).peers;
  return asksForPeers ? Math.min(newest, world.undecided - 1) : newest;
}

/** Events that the open step speaks of; very many in groups, of which mostly the last one is judged. */
function momentsOf(attempt: Attempt, telling: Telling): readonly (readonly SocketEvent[])[] {
  const { lesson, world } = telling;
  const [step] = openStep(lesson, attempt);
  if (step === undefined) return [];
  const { types } = spokenOf(step, world.definitions);
  const last = lastSeenBy(attempt, telling);
  const events = world.events.filter(({ seq, type }) => seq > attempt.seen && seq <= last && types.has(type));
  const apart = Math.ceil(events.length / lessonLimits.moments);
  const count = apart === 0 ? 0 : Math.ceil(events.length / apart);
  return Array.from({ length: count }, (_, at) => events.slice(at * apart, (at + 1) * apart));
}

interface Telling {
  readonly lesson: Lesson;
  readonly world: World;
  readonly needs: Set<number>;
  readonly news: News[];
}

/** As many steps as pass with this event; else whether it is a wrong attempt. */
function judged(attempt: Attempt, event: SocketEvent | null, telling: Telling): Attempt {
  const seq = event?.seq ?? attempt.seen;
  let now = attempt;
  for (let passed = passedAt(now, seq, telling); passed; passed = passedAt(now, seq, telling)) {
    telling.news.push({ is: 'passed', step: now.step, proof: passed.steps[now.step]?.proof ?? [] });
    now = passed;
  }
  if (event === null || now.step !== attempt.step || telling.needs.size > 0) return now;
  return rejectedAt(now, event, telling);
}

/** The attempt with its open step passed at this moment, or null. */
function passedAt(attempt: Attempt, seq: number, { lesson, world }: Telling): Attempt | null {
  const [step, state] = openStep(lesson, attempt);
  if (step === undefined || isWaiting(attempt, step, state)) return null;
  if (!isPossible(attempt, step)) return next(attempt, { ...state, proof: [] }, seq, {});
  const found = findAll(step.check, world.at(attempt, seq));
  if (found === null) return null;
  const proof = [...new Set(found.proof)].sort((a, b) => a - b).slice(-lessonLimits.proof);
  const bound = Object.fromEntries(
    [...found.bindings].flatMap(([name, { event }]) => (event === null ? [] : [[name, event.seq] as const])),
  );
  return next(attempt, { ...state, proof }, seq, bound);
}

const isWaiting = (attempt: Attempt, step: Step, { predicted }: StepState) =>
  predicted === null && predictionOf(attempt, step) !== null;

function rejectedAt(attempt: Attempt, event: SocketEvent, { lesson, world, needs, news }: Telling): Attempt {
  const [step, state] = openStep(lesson, attempt);
  if (step === undefined || isWaiting(attempt, step, state) || !isPossible(attempt, step)) return attempt;
  const rejected = rejection(step, event, world.at(attempt, event.seq));
  if (rejected === null || needs.size > 0) return attempt;
  const { says, isKept } = rejected;
  news.push({ is: 'rejected', step: attempt.step, seq: event.seq, says });
  const horizon = isKept ? state.horizon : event.seq;
  return withStep(attempt, { ...state, horizon, wrongs: state.wrongs + 1 });
}

const noStep: StepState = { horizon: 0, predicted: null, answered: [], wrongs: 0, proof: null };

function openStep(lesson: Lesson, attempt: Attempt): readonly [Step | undefined, StepState] {
  return [lesson.steps[attempt.step], attempt.steps[attempt.step] ?? noStep];
}

const withStep = (attempt: Attempt, state: StepState): Attempt => ({
  ...attempt,
  steps: attempt.steps.map((each, index) => (index === attempt.step ? state : each)),
});

function next(attempt: Attempt, passed: StepState, seq: number, bound: Attempt['bound']): Attempt {
  const before = withStep(attempt, passed).steps;
  // Steps that were done before the lesson was taken up again are not asked for twice.
  const step = firstOpen(before, attempt.step + 1);
  const steps = before.map((each, index) => (index === step ? { ...each, horizon: seq } : each));
  return { ...attempt, step, steps, bound: { ...attempt.bound, ...bound } };
}

/** The names of an attempt, for its texts. */
export const namesOf = (lesson: Lesson, attempt: Attempt, journal: LessonJournal): Names =>
  worldOf(lesson, attempt, journal).names(attempt);
