/** What the log says of a payload that is known: its protocol, and what it means. Decided by the bytes that are here. */
import type { Dissector, Input } from '@socket-playground/shared/dissect/dissector.ts';
import { carriesBytes } from '@socket-playground/shared/events/event.ts';
import type { Carrier, Transfer } from '@socket-playground/shared/events/event.ts';
import { automatic, plain } from '../../store/sockets/spoken.svelte.ts';
import type { Dissecting, ShowAs, Spoken } from '../../store/sockets/spoken.svelte.ts';
import type { EventRow } from '../../store/rows/rows.ts';

/** In the Info column in the place of the bytes. */
export interface Meaning {
  readonly is: 'message';
  readonly verb: Transfer['type'] | 'captured';
  readonly text: string;
}

export interface Dissected {
  readonly protocol: string;
  /** Null: the text of the payload says it best. */
  readonly info: Meaning | null;
}

interface Known {
  readonly choice: ShowAs;
  readonly upgraded: string | null;
  readonly dissected: Dissected | null;
}

/** A row is drawn again in each frame that moves it. */
const known = new WeakMap<EventRow, Known>();

/** Null: nothing is known, or the dissectors are not here yet. */
export function dissected(row: EventRow, spoken: Spoken): Dissected | null {
  const { event } = row;
  const { dissecting } = spoken;
  if (dissecting === null) return null;
  const input = spoken.input(row);
  if (input === null || !carriesBytes(event)) return null;
  const choice = spoken.choice(row);
  const upgraded = input.upgraded ?? null;
  const before = known.get(row);
  if (before?.choice === choice && before.upgraded === upgraded) return before.dissected;
  const found = said(dissecting, readerOf(dissecting, choice, input), input, verbOf(event.type));
  known.set(row, { choice, upgraded, dissected: found });
  return found;
}

const verbOf = (type: Carrier['type']): Meaning['verb'] => (type === 'segment' ? 'captured' : type);

function readerOf({ fits, recognise, telling }: Dissecting, choice: ShowAs, input: Input): Dissector | null {
  if (choice === plain) return null;
  if (choice === automatic) return recognise(input, telling);
  const chosen = telling.find(({ id }) => id === choice);
  return chosen !== undefined && fits(chosen, input) ? chosen : null;
}

function said(
  { dissectAs }: Dissecting,
  dissector: Dissector | null,
  input: Input,
  verb: Meaning['verb'],
): Dissected | null {
  if (dissector === null) return null;
  const { protocol, info } = dissectAs(dissector, input);
  const tells = dissector.row === 'info' && info !== '';
  return { protocol, info: tells ? { is: 'message', verb, text: info } : null };
}
