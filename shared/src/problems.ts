/**
 * Every coded problem of our own. The kernel's codes (`ECONNREFUSED` …) are explained in `explain.ts`.
 * A problem says what happened and what to try; `status` is the HTTP status a refused command answers with.
 */
import { visible } from './payload/visible.ts';
import { formatNumber, plural } from './plural.ts';
import { kind } from './problem-kind.ts';
import type { Field, ProblemKind, Queue, Socket, Target } from './problem-kind.ts';
import type { Problem } from './problem.ts';
import { requestProblems } from './request-problems.ts';

const onlyFree = (left: number, most: number): string =>
  `Only ${formatNumber(left)} of ${plural(most, 'file descriptor')} ${left === 1 ? 'is' : 'are'} free`;

export const problemKinds = {
  'bad-json': kind<{ detail: string }>(400, ({ detail }) => ({
    message: `The body is not JSON: ${detail}.`,
    hint: 'Send one JSON object, for example {"type":"socket","family":"inet","socketType":"stream"}.',
  })),
  'bad-command': kind<{ given: string; types: readonly string[] }>(400, ({ given, types }) => ({
    message: `${given} is no command: the field "type" names one.`,
    hint: `Commands are: ${types.join(', ')}.`,
  })),
  'bad-field': kind<Field>(400, (field) => field),
  'unknown-field': kind<{ name: string; known: readonly string[] }>(400, ({ name, known }) => ({
    message: `This command has no field "${name}".`,
    hint: `Its fields are: ${known.join(', ')}.`,
  })),
  'missing-field': kind<{ name: string; expects: string }>(400, ({ name, expects }) => ({
    message: `The field "${name}" is missing.`,
    hint: `It should be ${expects}.`,
  })),
  'bad-query': kind<Field>(400, (field) => field),
  'behaviour-socket-type': kind<{ name: string; socketType: string; serves: readonly string[] }>(
    400,
    ({ name, socketType, serves }) => ({
      message: `The behaviour ${name} does not work on a ${socketType} socket.`,
      hint: `Choose one of: ${serves.join(', ')}.`,
    }),
  ),

  ...requestProblems,
  'too-many-commands': kind<{ most: number }>(429, ({ most }) => ({
    message: `${plural(most, 'command')} of this page are not answered yet.`,
    hint: 'Wait for a reply before sending the next command.',
  })),
  'too-many-searches': kind<{ most: number }>(429, ({ most }) => ({
    message: `${plural(most, 'search', 'searches')} of this page wait for their turn already.`,
    hint: 'Wait for an answer before searching again.',
  })),
  internal: kind<null>(500, () => ({
    message: 'The agent ran into a bug of its own.',
    hint: 'Other sockets are not affected. Its standard error says more.',
  })),

  'policy-self': kind<Target>(403, ({ host, port }) => ({
    message: `${host} port ${port} is the agent itself.`,
    hint: 'Its TCP port is reserved on every local address. Choose another port.',
  })),
  'policy-target': kind<Target>(403, ({ host, port }) => ({
    message: `Sending to ${host} port ${port} is not allowed.`,
    hint: 'Only this computer (loopback) is, unless the agent is started with --allow for that network. Link-local and metadata addresses never are.',
  })),
  'policy-listen': kind<Target>(403, ({ host, port }) => ({
    message: `Listening on ${host} port ${port} would let other computers in.`,
    hint: 'Use 127.0.0.1 or ::1, or start the agent with --expose.',
  })),
  'policy-join': kind<{ group: string }>(403, ({ group }) => ({
    message: `Joining ${group} on this interface would let other computers in.`,
    hint: 'Join on the loopback interface (127.0.0.1 or ::1), or start the agent with --expose.',
  })),
  'policy-rate': kind<{ most: number; seconds: number }>(403, ({ most, seconds }) => ({
    message: `More than ${plural(most, 'new target')} within ${plural(seconds, 'second')}.`,
    hint: 'Wait a moment, or send to targets that were used before.',
  })),

  'no-such-socket': kind<Socket>(404, ({ socket }) => ({
    message: `There is no socket #${socket}.`,
    hint: 'GET /api/sockets lists the open ones.',
  })),
  'no-such-event': kind<{ seq: number }>(404, ({ seq }) => ({
    message: `Event ${seq} is not kept.`,
    hint: 'It has not happened yet, or was removed to keep memory and disk bounded.',
  })),
  'no-such-session': kind<{ id: string }>(404, ({ id }) => ({
    message: `There is no session ${id} that can be read.`,
    hint: 'GET /api/sessions lists the kept ones. The oldest are removed when they grow past --keep; a file that is damaged from its beginning, or of a newer version, is not listed.',
  })),
  'cannot-redact': kind<{ wrong: string }>(400, ({ wrong }) => ({
    message: `What should be hidden cannot be. ${wrong}`,
    hint: 'Give texts with the escapes \\n, \\r, \\t, \\0, \\xNN and \\\\, or patterns between slashes.',
  })),
  'bad-pattern': kind<{ wrong: string }>(400, ({ wrong }) => ({
    message: `This pattern cannot be looked for. ${wrong}`,
    hint: 'Patterns stand between slashes, as in /GET|POST/i, with the flags i, m and s.',
  })),
  recording: kind<null>(409, () => ({
    message: 'This is a recording: its sockets are long closed.',
    hint: 'Go back to the live sockets to run a command.',
  })),
  'no-data': kind<{ seq: number; type: string }>(404, ({ seq, type }) => ({
    message: `Event ${seq} (${type}) carries no data.`,
    hint: 'Only sent and received events do.',
  })),

  'socket-closed': kind<Socket>(409, ({ socket }) => ({
    message: `#${socket} is closed.`,
    hint: 'A closed socket stays closed. Open a new one.',
  })),
  'not-supported': kind<{ socket: number; verb: string; role: string }>(409, ({ socket, verb, role }) => ({
    message: `#${socket} cannot ${verb}: it is a ${role}.`,
    hint: 'listen, accept and shutdown are for stream sockets, sendto for datagram sockets, send for connected ones.',
  })),
  'already-bound': kind<Socket>(409, ({ socket }) => ({
    message: `#${socket} has an address already.`,
    hint: 'A socket is bound once (bind(2) would answer EINVAL), and ipv6Only is decided before. Open a new socket.',
  })),
  'already-connected': kind<Socket>(409, ({ socket }) => ({
    message: `#${socket} is listening, connecting or connected already.`,
    hint: 'What it is, it stays: connect(2) would answer EISCONN. Open a new socket for another target or listener.',
  })),
  'family-mismatch': kind<{ host: string; family: string }>(409, ({ host, family }) => ({
    message: `${host} has no address of the socket's family (${family}).`,
    hint: 'Open a socket of the other family, or use another address.',
  })),
  'not-bound': kind<Socket>(409, ({ socket }) => ({
    message: `#${socket} has no address yet.`,
    hint: 'Bind it first: a listener needs an address that clients can find.',
  })),
  'not-listening': kind<Socket>(409, ({ socket }) => ({
    message: `#${socket} is not listening: no connection waits at it.`,
    hint: 'accept(2) would answer EINVAL. Bind it and listen with "accept": "manual" first; a connection is what accept gives.',
  })),
  'accepts-by-itself': kind<Socket>(409, ({ socket }) => ({
    message: `#${socket} accepts by itself: each connection is a socket already, none waits.`,
    hint: 'Open a listener with "accept": "manual" to take connections one by one.',
  })),
  'no-manual-accept': kind<null>(409, () => ({
    message: 'This system accepts connections as they come: none can be kept waiting.',
    hint: 'Leave "accept" out. Accepting one by one needs Linux or another Unix.',
  })),
  'not-connected': kind<Socket>(409, ({ socket }) => ({
    message: `#${socket} is not connected.`,
    hint: 'Connect it first, or use sendto on a datagram socket.',
  })),
  'write-ended': kind<Socket>(409, ({ socket }) => ({
    message: `#${socket} has ended its own direction.`,
    hint: 'After shutdown nothing more can be sent: send(2) would answer EPIPE. It can still receive.',
  })),
  'queue-full': kind<Queue>(409, ({ socket, socketType, queued, most, of }) => ({
    message: `#${socket} has ${plural(queued, of)} waiting; at most ${formatNumber(most)} may wait.`,
    hint:
      socketType === 'stream'
        ? 'The peer does not read. Wait for "drained", or close the socket.'
        : 'The kernel has not taken them yet. Wait for "sent", or send less at once.',
  })),
  'option-not-supported': kind<{ socket: number; option: string; kind: string }>(
    409,
    ({ socket, option, kind: what }) => ({
      message: `#${socket} has no option ${option}: it is ${what}.`,
      hint: 'noDelay, keepAlive and readSize are for streams; broadcast, ttl, receiveBuffer and memberships for datagrams; ipv6Only for inet6.',
    }),
  ),
  'too-many-options': kind<{ socket: number; most: number }>(409, ({ socket, most }) => ({
    message: `#${socket} keeps ${plural(most, 'option')} already that are set once it is bound.`,
    hint: 'Bind it first: from then on each option is set at once.',
  })),
  unsent: kind<{ bytes: number }>(409, ({ bytes }) => ({
    message: `${plural(bytes, 'byte was', 'bytes were')} never taken by the kernel.`,
    hint: 'The connection ended while the peer was not reading. Wait for "drained" before closing.',
  })),
  'too-many-sockets': kind<{ most: number }>(409, ({ most }) => ({
    message: `${plural(most, 'socket is', 'sockets are')} open already.`,
    hint: 'Close some, then try again.',
  })),
  'agent-stopping': kind<null>(503, () => ({
    message: 'The agent is stopping: it opens no more sockets.',
    hint: 'Start it again.',
  })),
  'accept-held': kind<{ left: number; most: number }>(409, ({ left, most }) => ({
    message: `${onlyFree(left, most)}: whoever connects now waits in the kernel's queue.`,
    hint: 'Accepting goes on by itself once sockets are closed. For more at once, raise the limit (ulimit -n) and restart the agent.',
  })),
  'few-descriptors': kind<{ left: number; most: number }>(503, ({ left, most }) => ({
    message: `${onlyFree(left, most)}: the agent lets nobody more in.`,
    hint: 'Close some sockets, then try again. For more at once, raise the limit (ulimit -n) and restart the agent.',
  })),
  'behaviour-full': kind<{ most: number; of: 'socket' | 'agent' }>(409, ({ most, of }) =>
    of === 'socket'
      ? {
          message: `The behaviour kept ${plural(most, 'byte')} and may keep no more.`,
          hint: 'Send less before the end of the stream.',
        }
      : {
          message: `All behaviours together may keep ${plural(most, 'byte')}, with the answers that wait for slow peers.`,
          hint: 'Close connections that do not read, or that send much before the end of their stream.',
        },
  ),
  'behaviour-loop': kind<{ socket: number; name: string }>(409, ({ socket, name }) => ({
    message: `#${socket} (${name}) would answer the answers it gets, for ever.`,
    hint: 'Put one of the two ends on "none" or "discard".',
  })),
  'slow-member': kind<{ most: number }>(409, ({ most }) => ({
    message: `This member of the room let more than ${plural(most, 'byte')} wait.`,
    hint: 'It was disconnected so that the others are not held up.',
  })),
} as const;

export type ProblemCode = keyof typeof problemKinds;

type Contexts = {
  [Code in ProblemCode]: (typeof problemKinds)[Code] extends ProblemKind<infer Context> ? Context : never;
};
const kinds: { readonly [Code in ProblemCode]: ProblemKind<Contexts[Code]> } = problemKinds;

/**
 * A problem of our own, filled in. `field` is the path of the command's field that caused it, such as `data.hex`. Names may
 * come from anybody: what could act on a terminal or a page is written out.
 */
export function problem<Code extends ProblemCode>(
  code: Code,
  context: Contexts[Code],
  field?: string,
): Problem {
  const { message, hint } = kinds[code].say(context);
  return {
    code,
    message: visible(message),
    hint: visible(hint),
    ...(field === undefined ? {} : { field: visible(field) }),
  };
}

const stateOrKernelSaidNo = 409;

/** The HTTP status a problem answers with; a code that is not ours is the kernel's. */
export function statusOf({ code }: Problem): number {
  return isOwnCode(code) ? problemKinds[code].status : stateOrKernelSaidNo;
}

function isOwnCode(code: string): code is ProblemCode {
  return Object.hasOwn(problemKinds, code);
}
