/** The programs of a socket: its own, and that of the other side where that is here too. Client left, server right. */
import { languages } from '@socket-playground/shared/code/languages.ts';
import type { Plan } from '@socket-playground/shared/code/plan.ts';
import type { WholePayload } from '@socket-playground/shared/code/plan/payloads.ts';
import { serverPlan } from '@socket-playground/shared/code/plan/server.ts';
import { socketPlan } from '@socket-playground/shared/code/plan/socket.ts';
import { programOf, textOf } from '@socket-playground/shared/code/program.ts';
import type { Line } from '@socket-playground/shared/code/program.ts';
import { storyOf } from '@socket-playground/shared/code/story.ts';
import type { Story } from '@socket-playground/shared/code/story.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { SocketTable } from '@socket-playground/shared/events/reduce.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { codeLimits } from '@socket-playground/shared/limits.ts';
import type { List } from '../../store/rows/rows.ts';
import { plural } from '../words.ts';
import type { Sides } from './sides.ts';

/** What the programs are made from. */
export interface Ground {
  readonly sockets: SocketTable;
  readonly eventsOf: (socket: number) => List<SocketEvent>;
  readonly whole: WholePayload;
}

/** One program as it is shown. */
export interface Shown {
  /** The first socket it tells of: one has one program. */
  readonly socket: number;
  /** `client #2` */
  readonly heading: string;
  readonly role: Plan['role'];
  /** `Python 3` */
  readonly language: string;
  readonly file: string;
  readonly about: string;
  readonly lines: readonly Line[];
  readonly text: string;
}

export interface Programs {
  readonly shown: readonly Shown[];
  /** Events whose whole payload would make them better. */
  readonly wanted: readonly number[];
}

const language = languages.python;
/** Of all events of a server, the listener's own are few. */
const listenerPart = 8;

/** The programs of both sides. */
export function programsOf(sides: Sides, ground: Ground): Programs {
  const plans = plansOf(sides, ground);
  return { shown: plans.map(shownOf), wanted: plans.flatMap(({ wanted }) => wanted) };
}

function plansOf({ client, server }: Sides, ground: Ground): readonly Plan[] {
  const plans: Plan[] = [];
  const own = client === null ? undefined : ground.sockets.get(client);
  if (own) plans.push(socketPlan(tell(own, ground, codeLimits.events), ground.whole));
  if (server?.is === 'listener')
    plans.push(listenerPlan(server.listener, server.clients, server.more, ground));
  if (server?.is === 'datagram')
    plans.push(socketPlan(tell(server.socket, ground, codeLimits.events), ground.whole));
  return plans;
}

const tell = (state: SocketState, { eventsOf }: Ground, most: number): Story =>
  storyOf(state, eventsOf(state.socket), most);

function listenerPlan(
  listener: SocketState,
  clients: readonly SocketState[],
  more: number,
  ground: Ground,
): Plan {
  const own = Math.ceil(codeLimits.events / listenerPart);
  const each = Math.floor((codeLimits.events - own) / Math.max(1, clients.length));
  const stories = clients.map((client) => tell(client, ground, each));
  return serverPlan({ listener: tell(listener, ground, own), clients: stories, more }, ground.whole);
}

function shownOf(plan: Plan): Shown {
  const lines = programOf(plan, language);
  const [first = 0] = plan.sockets;
  return {
    socket: first,
    heading: `${plan.role} ${socketsText(plan.sockets)}`,
    role: plan.role,
    language: language.name,
    file: `${plan.role}-${first}${language.ending}`,
    about: plan.about,
    lines,
    text: textOf(lines),
  };
}

const namedMost = 3;

/** `#1, #3`, `#1, #3, #4 and 5 more` */
function socketsText(sockets: readonly number[]): string {
  const named = sockets
    .slice(0, namedMost)
    .map((socket) => `#${socket}`)
    .join(', ');
  const more = sockets.length - namedMost;
  return more > 0 ? `${named} and ${more} more` : named;
}

const rangesMost = 3;

/** `No. 5 to 7`, `No. 8, 9`, `No. 8, 10, 12 and 17 more`: rising numbers, as the page writes them. */
export function numbersText(seqs: readonly number[]): string {
  const ranges = rangesOf(seqs);
  const shown = ranges.slice(0, rangesMost);
  const counted = shown.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const more = seqs.length - counted;
  const text = shown.map(rangeText).join(', ');
  return more > 0 ? `No. ${text} and ${plural(more, 'more', 'more')}` : `No. ${text}`;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function rangesOf(seqs: readonly number[]): Range[] {
  const ranges: Range[] = [];
  for (const seq of seqs) {
    const last = ranges.at(-1);
    if (last?.to === seq - 1) ranges[ranges.length - 1] = { from: last.from, to: seq };
    else ranges.push({ from: seq, to: seq });
  }
  return ranges;
}

function rangeText({ from, to }: Range): string {
  if (from === to) return String(from);
  return to === from + 1 ? `${from}, ${to}` : `${from} to ${to}`;
}

/** The event that a line leads to: its first, or the one after that which is selected already. */
export function nextOf({ seqs }: Pick<Line, 'seqs'>, picked: number | null): number | null {
  const at = picked === null ? -1 : seqs.indexOf(picked);
  return seqs[at + 1] ?? seqs[0] ?? null;
}
