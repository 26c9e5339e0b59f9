/** One row of the log, ready to be written into its cells. */
import { carriesBytes, isTransfer } from '@socket-playground/shared/events/event.ts';
import type { EventOf, SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { Address, SocketType } from '@socket-playground/shared/events/address.ts';
import { isLoopback } from '@socket-playground/shared/events/special-hosts.ts';
import { visible } from '@socket-playground/shared/payload/visible.ts';
import { directionOf, sourceAndDestination } from '../../store/rows/ends.ts';
import type { Direction, Ends } from '../../store/rows/ends.ts';
import { laneCount } from '../../store/rows/lanes.ts';
import type { LaneMark } from '../../store/rows/lanes.ts';
import type { Spoken } from '../../store/sockets/spoken.svelte.ts';
import type { EventRow, GapRow, RestartRow, Row } from '../../store/rows/rows.ts';
import { dissected } from './dissected.ts';
import type { Meaning } from './dissected.ts';
import { drawn } from '../drawn.ts';
import { infoOf } from './info.ts';
import type { Info, PeerOf } from './info.ts';
import { pauseNs, referenceTime, timeOf } from './time.ts';
import type { TimeBase, TimeText } from './time.ts';
import { formatNumber, openServerThere, plural } from '../words.ts';

export type EventCells = {
  readonly kind: 'event';
  readonly seq: number;
  readonly time: TimeText;
  readonly socket: number | null;
  readonly lanes: readonly string[];
  /** What the direction column shows: an arrow, or the state the socket entered. */
  readonly mark: Mark;
  readonly source: Address | null;
  readonly destination: Address | null;
  readonly protocol: string;
  readonly length: string;
  readonly info: Info | Meaning;
  readonly afterPause: boolean;
  readonly failure: Failure | null;
};

export type Cells = EventCells | (GapRow & { readonly text: string; readonly why: string }) | RestartRow;

export type Mark =
  | {
      readonly is: 'arrow';
      readonly type: 'sent' | 'received';
      readonly direction: Direction;
      readonly name: string;
    }
  | { readonly is: 'state'; readonly glyph: string; readonly name: string };

export interface Failure {
  readonly message: string;
  /** Where there is an action, what stands behind it. */
  readonly hint: string;
  readonly action: OpenServer | null;
}

/** "Open a server there": where nothing was listening. */
export interface OpenServer {
  readonly socketType: SocketType;
  readonly address: Address;
}

export interface RowContext {
  readonly above: Row | undefined;
  readonly time: TimeBase;
  /** Whether the others' times count from this row. */
  readonly isReference?: boolean;
  /** For rows of an earlier run nobody is ours. */
  readonly peerOf: PeerOf;
  /** Tells what payloads mean; without it they are shown as bytes. */
  readonly spoken?: Spoken;
  /** Whether a failure may offer to open what was missing; a recording opens nothing. */
  readonly offers: boolean;
}

export function cellsOf(row: Row, context: RowContext): Cells {
  if (row.kind === 'restart') return row;
  if (row.kind === 'gap') return { ...row, text: gapText(row), why: gapReasons[row.reason] };
  return eventCells(row, context);
}

function eventCells(
  row: EventRow,
  { above, time, isReference, peerOf, spoken, offers }: RowContext,
): EventCells {
  const { event, ends, lanes } = row;
  const before = above?.kind === 'event' && above.run === row.run ? above.event.time : null;
  const message = spoken === undefined ? null : dissected(row, spoken);
  return {
    kind: 'event',
    seq: event.seq,
    time: isReference === true && time.format === 'start' ? referenceTime : timeOf(event.time, before, time),
    socket: event.socket,
    lanes: laneClasses(lanes, event, row),
    mark: markOf(row),
    ...sourceAndDestination(ends, event),
    protocol: message?.protocol ?? transportOf(row),
    length: carriesBytes(event) ? String(event.size) : '',
    info: message?.info ?? infoOf(event, peerOf),
    afterPause: before !== null && event.time - before >= pauseNs,
    failure: event.type === 'failed' ? failureOf(event, row, offers) : null,
  };
}

function transportOf({ event, ends: { socketType } }: EventRow): string {
  if (event.type === 'segment') return visible(event.protocol);
  return socketType === null ? '' : socketType === 'stream' ? 'TCP' : 'UDP';
}

const glyphs: Readonly<Record<Exclude<SocketEvent['type'], 'sent' | 'received'>, string>> = {
  opened: 'opened',
  'option-set': 'opened',
  resolved: 'opened',
  bound: 'bound',
  listening: 'listening',
  connecting: 'connecting',
  connected: 'connected',
  accepted: 'connected',
  blocked: 'blocked',
  drained: 'connected',
  paused: 'paused',
  resumed: 'connected',
  ended: 'half',
  reset: 'reset',
  closed: 'closed',
  behaving: 'opened',
  failed: 'failed',
  dropped: 'failed',
  segment: 'opened',
};

/** All there are. */
export const stateGlyphs: readonly string[] = [...new Set(Object.values(glyphs))];

/** An arrow for bytes, the state the socket entered for the rest. What was captured comes from its source, as what is sent does. */
export function markOf({ event, ends }: EventRow): Mark {
  const moved = event.type === 'segment' && event.from !== null ? 'sent' : event.type;
  if (moved !== 'sent' && moved !== 'received') {
    return { is: 'state', glyph: glyphs[moved], name: event.type };
  }
  const direction = directionOf(ends.side, moved);
  const way = direction === 'to-server' ? 'client to server' : 'server to client';
  return { is: 'arrow', type: moved, direction, name: `${way}, ${event.type}` };
}

/** Classes of each lane that is taken, begun or ended here, and of the row's own mark. */
function laneClasses({ taken, own }: LaneMark, event: SocketEvent, row: EventRow): readonly string[] {
  const lanes = Array.from({ length: laneCount }, (_, lane) => lane).filter((lane) => taken & (1 << lane));
  const bounds = event.type === 'opened' ? ' start' : event.type === 'closed' ? ' stop' : '';
  const lines = lanes.map((lane) => `lane-${lane}${lane === own ? bounds : ''}`);
  return lanes.includes(own) ? [...lines, `lane-${own} here ${ownMark(event, row)}`] : lines;
}

function ownMark(event: SocketEvent, { ends }: EventRow): string {
  if (event.type === 'failed' || event.type === 'reset') return 'cross';
  return isTransfer(event) ? directionOf(ends.side, event.type) : 'hollow';
}

function failureOf(event: EventOf<'failed'>, { ends }: EventRow, mayOffer: boolean): Failure {
  const [message, hint] = [drawn(event.message), drawn(event.hint)];
  const action = mayOffer ? offerOf(event, ends) : null;
  return { message, hint: action === null ? hint : behindOffer(hint), action };
}

/** Where nothing listens, opening a server is one click away; it must be an address of this computer. */
function offerOf({ code }: EventOf<'failed'>, { remote, socketType }: Ends): OpenServer | null {
  if (code !== 'ECONNREFUSED' || remote === null || socketType === null) return null;
  return isLoopback(remote.host) ? { socketType, address: remote } : null;
}

/** A hint that begins with the button's words goes on behind it; any other stands behind it whole. */
const behindOffer = (hint: string): string =>
  hint.startsWith(openServerThere) ? hint.slice(openServerThere.length) : `. ${hint}`;

const gapReasons = {
  'memory-limit': 'the agent’s memory limit',
  'page-limit': 'this page’s limit',
  'not-received': 'they did not arrive',
  disk: 'never stored: the disk would not take them',
  'keep-limit': 'removed to keep within --keep',
  'not-in-file': 'the file does not have them',
} as const satisfies Record<GapRow['reason'], string>;

function gapText({ count, from, to }: GapRow): string {
  const numbers =
    from === to ? `No. ${formatNumber(from)}` : `No. ${formatNumber(from)} to ${formatNumber(to)}`;
  return `${plural(count, 'event')} not kept, ${numbers}`;
}
