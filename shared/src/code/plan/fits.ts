/** Whether a socket did only what its behaviour does by itself, as far as counting its events can tell. */
import type { BehaviourConfig, BehaviourName } from '../../behaviours/index.ts';
import type { Story } from '../story.ts';

/**
 * The most events `sent` that a behaviour makes of so many `received`; null: no such bound. One that is not here is not
 * written as a loop: a program makes the calls that were made.
 */
const mostSent: Readonly<Partial<Record<BehaviourName, ((received: number) => number) | null>>> = {
  none: () => 0,
  echo: (received) => received,
  ok: (received) => received,
  welcome: (received) => received + 1,
  collect: () => 1,
  upper: (received) => received,
  chat: null,
  http: null,
  daytime: () => 1,
  time: () => 1,
  chargen: null,
  discard: () => 0,
  reset: () => 0,
};

/** Of datagrams each one is answered by itself. */
const answersEach = new Set<BehaviourName>(['daytime', 'time', 'chargen']);

export const isWritten = ({ name }: BehaviourConfig): boolean => name in mostSent;

export function fits({ told, state }: Story, { name }: BehaviourConfig): boolean {
  const most =
    state.socketType === 'dgram' && answersEach.has(name) ? (received: number) => received : mostSent[name];
  if (most === undefined) return false;
  if (most === null) return true;
  const count = (type: string) => told.filter((event) => event.type === type).length;
  const isWhole = !told.some(({ type }) => type === 'omitted');
  return !isWhole || count('sent') <= most(count('received'));
}

/** Whether its behaviour stayed as it was from the beginning. */
export function isSteady({ told }: Story): boolean {
  const first = told.findIndex(({ type }) => type === 'sent' || type === 'received');
  return !told.some(({ type }, index) => type === 'behaving' && first >= 0 && index > first);
}
