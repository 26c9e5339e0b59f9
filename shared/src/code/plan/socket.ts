/** The program of one socket that no listener made: a client, a datagram server, or one that is not in use yet. */
import type { Plan, Step } from '../plan.ts';
import type { Story } from '../story.ts';
import { stepsOfDatagrams } from './datagram.ts';
import { fits, isSteady } from './fits.ts';
import { withEnds } from './merge.ts';
import { Payloads } from './payloads.ts';
import type { WholePayload } from './payloads.ts';
import { behavingSeqs, unnoted, usualRead } from './served.ts';
import { stepsOfStream } from './stream.ts';

export function socketPlan(story: Story, whole: WholePayload): Plan {
  const payloads = new Payloads(whole);
  const { socket, state } = story;
  const isStream = state.socketType === 'stream';
  const steps = isStream
    ? stepsOfStream(story, payloads, usualRead)
    : stepsOfDatagrams(story, payloads, usualRead);
  const answers = isStream ? null : answered(story, steps);
  return {
    role: roleOf(story),
    sockets: [socket],
    label: state.label,
    names: new Map([[socket, 's']]),
    blocks: new Set([socket]),
    steps: withEnds(answers ?? steps, [socket]),
    about: answers === null ? doneOf(story) : `What ${state.behaviour.name} does with each datagram.`,
    wanted: payloads.wanted,
  };
}

const doneOf = ({ state }: Story): string =>
  state.state === 'closed' ? 'What was done here, as a program.' : 'What you just did, as a program.';

function roleOf({ state, told }: Story): Plan['role'] {
  if (state.role === 'none') return 'socket';
  if (state.role === 'connection') return 'client';
  const first = told.find(({ type }) => type === 'sent' || type === 'received' || type === 'connecting');
  const asks = first !== undefined && first.type !== 'received';
  return asks && state.behaviour.name === 'none' ? 'client' : 'server';
}

const transfers = new Set<Step['is']>(['send', 'sendto', 'recvfrom', 'trouble', 'timeout', 'next']);

/** The same as a loop that answers; null when somebody answered by hand. */
function answered(story: Story, steps: readonly Step[]): readonly Step[] | null {
  const { behaviour, local, remote } = story.state;
  const isByItself = behaviour.name !== 'none' && isSteady(story) && fits(story, behaviour);
  if (!isByItself || local === null || remote !== null) return null;
  const seqsOf = (type: 'sent' | 'received') =>
    story.told.filter((event) => event.type === type).map(({ seq }) => seq);
  const received = seqsOf('received');
  const answer: Step = {
    is: 'answer',
    on: story.socket,
    seqs: behavingSeqs(story),
    behaviour,
    datagrams: received.length,
    isOver: story.state.state === 'closed',
    received,
    sent: seqsOf('sent'),
  };
  const rest = unnoted(steps, behavingSeqs(story)).filter(({ is }) => !transfers.has(is));
  const end = rest.findIndex(({ is }) => is === 'close');
  const at = end < 0 ? rest.length : end;
  return [...rest.slice(0, at), answer, ...rest.slice(at)];
}
