/**
 * Performs what a lesson does itself: its solutions, its buttons, what its scene does with who comes. Everything is an
 * ordinary command, so it looks in the log like the learner's own. What it needs of the world is handed to it.
 */
import type { Command } from '../commands/verbs.ts';
import { address } from '../events/address.ts';
import type { Address } from '../events/address.ts';
import type { SocketEvent } from '../events/event.ts';
import type { Outcome } from '../wire/messages.ts';
import type { Action } from './actions.ts';
import type { See } from './checks.ts';
import { commandOf, placeOf } from './commands.ts';
import type { CommandAction } from './commands.ts';
import { msOf } from './duration.ts';
import { lessonLimits } from './limits.ts';
import { fits, isOfType, valueOf } from './match.ts';
import { bare, expand, wordsOf } from './names.ts';
import type { Names, Thing } from './names.ts';
import type { Given } from './questions.ts';
import { runAction } from './run-action.ts';

export interface Stage {
  run(command: Command): Promise<Outcome>;
  /** The names as they are now. */
  names(): Names;
  /** Settles with the first event since the actions began that passes, or null when none came within so many ms. */
  until(passes: (event: SocketEvent) => boolean, withinMs: number): Promise<SocketEvent | null>;
  /** Answers the prediction or question that is open next. */
  answer(given: Given): Promise<void>;
  sleep(ms: number): Promise<void>;
  /** A program that is not the agent connects, and may say something: on a page, the browser itself. */
  outside(to: Address, data: string | null): Promise<void>;
}

export type Performed = { readonly ok: true } | { readonly ok: false; readonly wrong: string };

/** Performs actions one after the other; stops at the first that does not do what the lesson says. `it` is `$it`. */
export async function perform(
  actions: readonly Action[],
  stage: Stage,
  it: number | null = null,
): Promise<Performed> {
  const made = new Map<string, Thing>();
  if (it !== null) made.set('it', { socket: it, event: null, address: null });
  const names = (): Names => {
    const base = stage.names();
    return { ...base, thing: (name) => made.get(bare(name)) ?? base.thing(name) };
  };
  for (const action of actions) {
    const wrong = await performOne(action, stage, names, made).catch(String);
    if (wrong !== null) return { ok: false, wrong };
  }
  return { ok: true };
}

type Made = Map<string, Thing>;

async function performOne(
  action: Action,
  stage: Stage,
  names: () => Names,
  made: Made,
): Promise<string | null> {
  if ('answer' in action) return answerWith(action.answer, stage, names);
  if ('pauseFor' in action) return stage.sleep(msOf(action.pauseFor)).then(() => null);
  if ('wait' in action) return waitFor(action.wait, stage, names, made);
  if ('outside' in action) {
    const data = action.send === undefined ? null : expand(action.send, names());
    return stage.outside(placeOf(action.outside, names()), data).then(() => null);
  }
  if (isAccept(action)) return acceptOne(action, stage, names, made);
  if ('background' in action && action.background === true) {
    // Nothing is made of its outcome, not even of none.
    stage.run(commandOf(action, names())).catch(() => undefined);
    return null;
  }
  return taken(action, await runAction(action, names(), (command) => stage.run(command)), made);
}

/** Its references are filled in as soon as what they stand for has happened. */
async function answerWith(given: Given, stage: Stage, names: () => Names): Promise<string | null> {
  const isKnown = () => filled(given, names()) !== null;
  if (!isKnown()) await stage.until(isKnown, lessonLimits.patienceMs);
  const answer = filled(given, names());
  if (answer === null) return `there is nothing yet that ${JSON.stringify(given)} could be`;
  return stage.answer(answer).then(() => null);
}

/** Null while a name in it stands for nothing. A number stays one, for it may be the place of an option. */
function filled(given: Given, names: Names): Given | null {
  const all = [given].flat().map((one) => (typeof one === 'number' ? one : valueOf(one, names)));
  const known = all.flatMap((one) =>
    one === undefined ? [] : [typeof one === 'number' ? one : wordsOf(one)],
  );
  const [first] = known;
  if (known.length < all.length || first === undefined) return null;
  return typeof given === 'object' ? known : first;
}

async function waitFor(see: See, stage: Stage, names: () => Names, made: Made): Promise<string | null> {
  const passes = (event: SocketEvent) =>
    isOfType(event, see.see) && fits(event, see.where, { names: names(), data: ownData });
  const event = await stage.until(passes, lessonLimits.patienceMs);
  if (event === null) return `waited in vain for ${JSON.stringify(see)}`;
  if (see.as !== undefined) made.set(bare(see.as), { socket: event.socket, event, address: null });
  return null;
}

const ownData = (event: SocketEvent) => ('data' in event ? event.data : null);

type AcceptAction = Extract<Action, { accept: string }>;

/** Listening has a field of that name too. */
const isAccept = (action: Action): action is AcceptAction =>
  'accept' in action && !('serve' in action || 'listen' in action);

/** Asks again while nobody waits: whoever was not let in comes with the next SYN. */
async function acceptOne(
  action: AcceptAction,
  stage: Stage,
  names: () => Names,
  made: Made,
): Promise<string | null> {
  const command = commandOf(action, names());
  for (let waitedMs = 0; waitedMs < lessonLimits.patienceMs; waitedMs += lessonLimits.acceptAgainMs) {
    const outcome = await stage.run(command);
    if (!outcome.ok || outcome.result.connection !== null) return taken(action, outcome, made);
    await stage.sleep(lessonLimits.acceptAgainMs);
  }
  return `nobody came to ${action.accept}`;
}

/** What a command came to against what the lesson says of it. */
function taken({ as, fails, ...action }: CommandAction, outcome: Outcome, made: Made): string | null {
  const expected = fails === undefined ? [] : [fails].flat();
  const may = expected.includes('maybe');
  if (!outcome.ok) {
    const { code, message } = outcome.problem;
    return may || expected.includes(code) ? null : `${JSON.stringify(action)} failed: ${code}: ${message}`;
  }
  if (expected.length > 0 && !may)
    return `${JSON.stringify(action)} did not fail with ${expected.join(' or ')}`;
  const { connection, socket = connection, local } = outcome.result;
  if (as === undefined || typeof socket !== 'number') return null;
  const read = address.safeParse(local);
  made.set(bare(as), { socket, event: null, address: read.success ? read.data : null });
  return null;
}
