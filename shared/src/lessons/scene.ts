/** The sockets a lesson stands on: made when it starts, made again by Reset, closed when it is left. */
import { address } from '../events/address.ts';
import type { SocketEvent } from '../events/event.ts';
import type { Problem } from '../problem.ts';
import type { Outcome } from '../wire/messages.ts';
import type { Action } from './actions.ts';
import { loopback, placeOf } from './commands.ts';
import { Facts } from './facts.ts';
import type { Lesson, SceneEntry } from './lesson.ts';
import { bare, expand } from './names.ts';
import type { Names } from './names.ts';
import { runAction } from './run-action.ts';
import type { Run } from './run-action.ts';
import type { Attempt, Placed } from './state.ts';

type Scene = Readonly<Record<string, Placed>>;

export type MadeScene =
  { readonly ok: true; readonly scene: Scene } | { readonly ok: false; readonly problem: Problem };

/** Makes the sockets of a scene in order. When one cannot be made, those before it are closed again. */
export async function makeScene(
  lesson: Lesson,
  { vars, machine, can }: Pick<Attempt, 'vars' | 'machine' | 'can'>,
  run: Run,
): Promise<MadeScene> {
  const scene: Record<string, Placed> = {};
  const thing = (name: string) => {
    const found = new Map(Object.entries(scene)).get(bare(name));
    return found && { ...found, event: null };
  };
  const names: Names = { vars, machine, facts: new Facts([]), thing };
  for (const [name, entry] of Object.entries(lesson.scene ?? {})) {
    // Steps that need it say so, and are predictions here.
    if ('accept' in entry && entry.accept === 'manual' && !can.includes('manualAccept')) continue;
    const made = await make(entry, names, run);
    if (!('address' in made)) {
      await leaveScene(scene, run);
      return { ok: false, problem: made };
    }
    scene[bare(name)] = made;
  }
  return { ok: true, scene };
}

/** Closes what is still open of a scene, with the connections of its listeners. */
export async function leaveScene(scene: Scene, run: Run): Promise<void> {
  const sockets = Object.values(scene).flatMap(({ socket }) => (socket === null ? [] : [socket]));
  await Promise.all(sockets.map((socket) => run({ type: 'close', socket, connections: true })));
}

async function make(entry: SceneEntry, names: Names, run: Run): Promise<Placed | Problem> {
  if ('closedPort' in entry) return closedPort(run, expand(entry.host ?? loopback, names));
  if ('bind' in entry) {
    const { bind: socketType, host = loopback, port = 0, family = 'inet' } = entry;
    const opened = placedBy(await run({ type: 'socket', family, socketType }));
    if (!('address' in opened) || opened.socket === null) return opened;
    const { socket } = opened;
    const bound = placedBy(await run({ type: 'bind', socket, ...placeOf({ host, port }, names) }));
    if ('address' in bound) return { ...bound, socket };
    await run({ type: 'close', socket });
    return bound;
  }
  const { onAccept: _onAccept, ...action } = 'serve' in entry ? entry : { ...entry, onAccept: undefined };
  return placedBy(await runAction(action, names, run));
}

/**
 * An address where nobody listens: it was free a moment ago. Systems hand out ports from 32768 on (Linux) or 49152 on
 * (RFC 6335, section 6); one below is not given to somebody else while the lesson runs.
 */
async function closedPort(run: Run, host: string): Promise<Placed | Problem> {
  const any = await freedPort({ host, port: 0, label: 'asks for a port' }, run);
  if (!('address' in any) || any.address === null) return any;
  const port = quietPorts.first + (any.address.port % quietPorts.count);
  const quiet = await freedPort({ host, port, label: 'nobody from now on' }, run);
  return 'address' in quiet ? quiet : any;
}

const quietPorts = { first: 10_000, count: 20_000 };

/** The label says why the closed sockets are in the list. */
async function freedPort(
  where: { readonly host: string; readonly port: number; readonly label: string },
  run: Run,
): Promise<Placed | Problem> {
  const made = placedBy(await run({ type: 'serve', socketType: 'stream', ...where }));
  if (!('address' in made) || made.socket === null) return made;
  await run({ type: 'close', socket: made.socket });
  return { socket: null, address: made.address };
}

function placedBy(outcome: Outcome): Placed | Problem {
  if (!outcome.ok) return outcome.problem;
  const { socket, local } = outcome.result;
  const read = address.safeParse(local);
  return { socket: typeof socket === 'number' ? socket : null, address: read.success ? read.data : null };
}

/** What the scene does by itself with this event: a listener's `onAccept`, with the connection as `$it`. */
export function reactionTo(
  lesson: Lesson,
  { scene }: Pick<Attempt, 'scene'>,
  event: SocketEvent,
): readonly Action[] {
  if (event.type !== 'accepted') return [];
  const name = Object.keys(scene).find((each) => scene[each]?.socket === event.listener);
  const entry = Object.entries(lesson.scene ?? {}).find(([each]) => bare(each) === name)?.[1];
  return entry !== undefined && 'serve' in entry ? (entry.onAccept ?? []) : [];
}
