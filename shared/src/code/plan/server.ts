/** The program of a listener and the connections it accepted. */
import { plural } from '../../plural.ts';
import type { BehaviourConfig } from '../../behaviours/index.ts';
import type { Plan, Step } from '../plan.ts';
import { merged, withEnds } from './merge.ts';
import { Payloads } from './payloads.ts';
import type { WholePayload } from './payloads.ts';
import { areTogether, commonBehaviour, readSizeOf, usualRead, withService } from './served.ts';
import type { Served } from './served.ts';
import { stepsOfStream } from './stream.ts';

export function serverPlan(served: Served, whole: WholePayload): Plan {
  const payloads = new Payloads(whole);
  const { listener, clients } = served;
  const behaviour = commonBehaviour(served);
  const [first] = behaviour === null && clients.length === 1 ? clients : [];
  const blocks = first ? [listener.socket, first.socket] : [listener.socket];
  const own = stepsOfStream(listener, payloads, usualRead);
  const steps = behaviour === null ? byHand(own, served, payloads) : withService(own, served, behaviour);
  return {
    role: 'server',
    sockets: [listener.socket, ...clients.map(({ socket }) => socket)],
    label: listener.state.label,
    names: namesOf(served),
    blocks: new Set(blocks),
    steps: withEnds(steps, blocks),
    about: `${aboutOf(served, behaviour)}${warning(served)}`,
    wanted: payloads.wanted,
  };
}

/** Everything that was called, on whichever socket, in the order it was. */
function byHand(
  own: readonly Step[],
  { listener, clients, more }: Served,
  payloads: Payloads,
): readonly Step[] {
  const ask = readSizeOf(listener);
  const waits = own.filter(({ is }) => is !== 'next' || clients.length === 0);
  const accepted = clients.map((client) => stepsOfStream(client, payloads, ask));
  const steps = merged([waits, ...accepted]);
  if (more === 0) return steps;
  const text = `… ${plural(more, 'more client')} came`;
  return [...steps, { is: 'note', on: listener.socket, text, seqs: [], span: null }];
}

function namesOf({ listener, clients }: Served): ReadonlyMap<number, string> {
  const isOne = clients.length === 1;
  return new Map([
    [listener.socket, 'srv'],
    ...clients.map(({ socket }) => [socket, isOne ? 'conn' : `conn${socket}`] as const),
  ]);
}

function aboutOf({ clients, more }: Served, behaviour: BehaviourConfig | null): string {
  const count = clients.length + more;
  if (behaviour === null)
    return count === 0 ? 'What was called so far.' : 'What was answered by hand, as a program.';
  const { name } = behaviour;
  if (count === 0) return `What ${name} does, for the first client.`;
  if (count === 1) return `What ${name} does, for one client.`;
  const how = areTogether(clients) ? 'each in a thread of its own' : 'one after the other';
  return `What ${name} does, for ${plural(count, 'client')}, ${how}.`;
}

/** One address has one listener at a time. */
const warning = ({ listener }: Served): string =>
  listener.state.state === 'listening'
    ? ` Close #${listener.socket} before you run it: it has the port.`
    : '';
