/** A listener and the connections it accepted, as one server. */
import { plural } from '../../plural.ts';
import type { BehaviourConfig } from '../../behaviours/index.ts';
import type { SocketState } from '../../events/state.ts';
import type { ServeStep, Step } from '../plan.ts';
import type { Story } from '../story.ts';
import { fits, isSteady, isWritten } from './fits.ts';
import { rolesOf } from './roles.ts';

/** `clients`: the first ones, in the order they came; `more`: how many others there were. */
export interface Served {
  readonly listener: Story;
  readonly clients: readonly Story[];
  readonly more: number;
}

/** What all its clients met, by itself and nothing else; null when somebody answered by hand, or not all met the same. */
export function commonBehaviour({ listener, clients }: Served): BehaviourConfig | null {
  const [first] = clients;
  const { behaviour } = first?.state ?? listener.state;
  const isListening = listener.state.role === 'listener';
  const isCommon = clients.every(
    (client) =>
      sameBehaviour(client.state.behaviour, behaviour) && isSteady(client) && fits(client, behaviour),
  );
  const isLoop = behaviour.name !== 'none' && isWritten(behaviour);
  return isLoop && isListening && isCommon ? behaviour : null;
}

const sameBehaviour = (a: BehaviourConfig, b: BehaviourConfig): boolean =>
  a.name === b.name && isOnce(a) === isOnce(b);

export const isOnce = (behaviour: BehaviourConfig): boolean => 'once' in behaviour && behaviour.once === true;

/** Whether one client was there while another came. */
export function areTogether(clients: readonly { readonly state: SocketState }[]): boolean {
  let lastClosed = -Infinity;
  for (const { state } of clients) {
    if (state.openedAt < lastClosed) return true;
    lastClosed = Math.max(lastClosed, state.closedAt ?? Infinity);
  }
  return false;
}

function serveStep({ listener, clients, more }: Served, behaviour: BehaviourConfig): ServeStep {
  return {
    is: 'serve',
    on: listener.socket,
    seqs: behavingSeqs(listener),
    behaviour,
    ask: readSizeOf(listener),
    clients: clients.length + more,
    together: areTogether(clients),
    isOver: listener.state.state === 'closed',
    roles: rolesOf(clients, behaviour.name === 'welcome'),
  };
}

/** Bytes a read asks for when nobody set `readSize`: as many as the agent's own reads. */
export const usualRead = 65_536;

/** What a listener's connections ask for in a read. */
export function readSizeOf({ told }: Story): number {
  const set = told.findLast((event) => event.type === 'option-set' && event.option === 'readSize');
  return set?.type === 'option-set' && typeof set.value === 'number' ? set.value : usualRead;
}

/** The events that say what a socket does by itself. */
export const behavingSeqs = ({ told }: Story): readonly number[] =>
  told.filter(({ type }) => type === 'behaving').map(({ seq }) => seq);

/** Steps without the notes that only say what a service of their own shows. */
export function unnoted(steps: readonly Step[], seqs: readonly number[]): readonly Step[] {
  return steps.filter((step) => step.is !== 'note' || !step.seqs.some((seq) => seqs.includes(seq)));
}

/** The listener's own steps, with its service where it had begun to listen. */
export function withService(
  own: readonly Step[],
  served: Served,
  behaviour: BehaviourConfig,
): readonly Step[] {
  const rest = unnoted(own, behavingSeqs(served.listener)).filter(({ is }) => is !== 'next');
  const at = rest.findLastIndex(({ is }) => is === 'listen') + 1;
  return [...rest.slice(0, at), serveStep(served, behaviour), ...leftOut(served), ...rest.slice(at)];
}

/** The events of its clients that nobody looks at: they have no lines of their own anyway. */
function leftOut({ listener, clients }: Served): readonly Step[] {
  const parts = clients.flatMap(({ told }) => told).filter((event) => event.type === 'omitted');
  if (parts.length === 0) return [];
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const span = {
    from: Math.min(...parts.map(({ seq }) => seq)),
    to: Math.max(...parts.map(({ to }) => to)),
  };
  const text = `… ${plural(count, 'more event')} of the same kind, No. ${span.from} to ${span.to}`;
  return [{ is: 'note', on: listener.socket, text, seqs: [], span }];
}
