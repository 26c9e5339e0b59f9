/** What proves a step: rows of the log, in a few words each. */
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { Run as TextRun } from '@socket-playground/shared/payload/escapes.ts';
import type { EventRow, Row } from '../../store/rows/rows.ts';
import { infoOf } from '../log/info.ts';
import type { PeerOf } from '../log/info.ts';
import { markOf } from '../log/row.ts';
import type { Mark } from '../log/row.ts';

export interface ProofLine {
  readonly seq: number;
  readonly mark: Mark;
  readonly socket: number | null;
  readonly words: string;
  /** The first bytes of what was sent or received. */
  readonly bytes: readonly TextRun[];
  readonly address: Address | null;
}

export interface Proofs {
  readonly lines: readonly ProofLine[];
  /** How many more there are. */
  readonly more: number;
}

const mostLines = 4;
/** Letters of a payload: the row itself has the rest. */
const previewLetters = 60;

/** `rowOf` finds the row of a number; rows that are gone are counted like those there is no room for. */
export function proofsOf(
  seqs: readonly number[],
  { rowOf, peerOf }: { readonly rowOf: (seq: number) => Row | undefined; readonly peerOf: PeerOf },
): Proofs {
  const rows = seqs.map(rowOf).filter((row) => row?.kind === 'event');
  const lines = rows.slice(0, mostLines).map((row) => lineOf(row, peerOf));
  return { lines, more: seqs.length - lines.length };
}

function lineOf(row: EventRow, peerOf: PeerOf): ProofLine {
  const { event } = row;
  const info = infoOf(event, peerOf);
  const line = { seq: event.seq, mark: markOf(row), socket: event.socket, bytes: [], address: null };
  switch (info.is) {
    case 'data':
      return { ...line, words: info.verb, bytes: firstLetters(info.runs) };
    case 'failure':
      return { ...line, words: `${info.code}, ${info.text}` };
    case 'life':
      return { ...line, ...placeOf(row, info.text) };
  }
}

/** The first of it, with an ellipsis where more was left out. */
function firstLetters(runs: readonly TextRun[]): readonly TextRun[] {
  const shown: TextRun[] = [];
  let room = previewLetters;
  for (const run of runs) {
    if (room <= 0) break;
    shown.push({ ...run, text: run.text.slice(0, room) });
    room -= run.text.length;
  }
  const isCut = room < 0 || shown.length < runs.length;
  return isCut ? [...shown, { text: ' …', escaped: false }] : shown;
}

/** Shorter than the log's words where an address says more. */
function placeOf({ event }: EventRow, text: string): Pick<ProofLine, 'words' | 'address'> {
  switch (event.type) {
    case 'bound':
      return { words: 'bound to', address: event.local };
    case 'listening':
      return { words: 'listening at', address: event.local };
    case 'accepted':
      return { words: 'accepted, from', address: event.remote };
    case 'connected':
      return { words: 'connected to', address: event.remote };
    default:
      return { words: text, address: null };
  }
}
