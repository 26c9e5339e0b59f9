/** What the Info column says about each event. */
import { formatSize, listeningWords, plural } from '../words.ts';
import type { BehaviourConfig } from '@socket-playground/shared/behaviours/index.ts';
import type { Carrier, EventOf, SocketEvent } from '@socket-playground/shared/events/event.ts';
import { carriesBytes } from '@socket-playground/shared/events/event.ts';
import { escapedRuns } from '@socket-playground/shared/payload/escapes.ts';
import type { Run as TextRun } from '@socket-playground/shared/payload/escapes.ts';
import { visible } from '@socket-playground/shared/payload/visible.ts';
import { tcpFlagNames } from '@socket-playground/shared/events/tcp-flags.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';

export type LifeEvent = Exclude<SocketEvent, Carrier>;

export type Info =
  | { readonly is: 'life'; readonly text: string }
  | { readonly is: 'data'; readonly verb: string; readonly runs: readonly TextRun[]; readonly empty: boolean }
  | { readonly is: 'failure'; readonly code: string; readonly text: string };

/** More of a payload than a row can show, in bytes and in characters. */
const previewBytes = 200;
const previewLength = 240;

/** Which socket is the other end of a connection, when it is ours. */
export type PeerOf = (socket: number) => number | null;

export function infoOf(event: SocketEvent, peerOf: PeerOf): Info {
  if (event.type === 'segment' && event.size === 0) return { is: 'life', text: segmentWords(event) };
  if (carriesBytes(event)) return dataInfo(event);
  if (event.type === 'failed') return { is: 'failure', code: visible(event.code), text: failureWords(event) };
  return { is: 'life', text: lifeText(event, peerOf) };
}

/** Somebody cut them off, or left them out of a file. */
const notHere: TextRun = { text: '(not here)', escaped: true };

function dataInfo({ type, data, size }: Carrier): Info {
  const empty = size === 0;
  return {
    is: 'data',
    verb: type === 'segment' ? 'captured' : type,
    runs: empty ? [] : data.length === 0 ? [notHere] : preview(data.subarray(0, previewBytes)),
    empty,
  };
}

/** As few runs as say it: a row of the log is an element for each. */
function preview(data: Uint8Array): readonly TextRun[] {
  const runs: TextRun[] = [];
  let length = 0;
  for (const run of escapedRuns(data)) {
    const last = runs.at(-1);
    if (last?.escaped === true && run.escaped)
      runs[runs.length - 1] = { ...last, text: last.text + run.text };
    else runs.push(run);
    length += run.text.length;
    if (length >= previewLength) break;
  }
  return runs;
}

/** What a packet without a payload says. */
function segmentWords({ tcp, note, protocol }: EventOf<'segment'>): string {
  if (note !== undefined) return visible(note);
  if (tcp === undefined) return `${visible(protocol)}, no payload`;
  return `${tcpFlagNames(tcp.flags).join(', ') || 'no flags'}, seq ${tcp.sequence}, ack ${tcp.acknowledgement}`;
}

const said: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'connection refused'],
  ['ECONNRESET', 'connection reset'],
  ['EADDRINUSE', 'address in use'],
  ['EACCES', 'permission denied'],
  ['EADDRNOTAVAIL', 'address not available'],
  ['ETIMEDOUT', 'timed out'],
  ['EHOSTUNREACH', 'no route to host'],
  ['ENETUNREACH', 'network is unreachable'],
  ['EMSGSIZE', 'message too long'],
  ['EPIPE', 'broken pipe'],
  ['ENOTFOUND', 'name not found'],
  ['EMFILE', 'too many open files'],
  ['accept-held', 'few descriptors left: callers wait'],
]);

const failureWords = ({ code, during }: EventOf<'failed'>) => said.get(code) ?? `${visible(during)} failed`;

function lifeText(event: Exclude<LifeEvent, EventOf<'failed'>>, peerOf: PeerOf): string {
  switch (event.type) {
    case 'opened':
      return opened(event);
    case 'option-set':
      return `${event.option} = ${visible(JSON.stringify(event.value))}`;
    case 'resolved':
      return `${visible(event.host)} is ${event.addresses.map(({ host }) => visible(host)).join(', ')}`;
    case 'bound':
      return 'bound';
    case 'listening':
      return listeningWords(event);
    case 'connecting':
      return 'connecting';
    case 'connected':
      return withPeer('connected', 'to', peerOf(event.socket));
    case 'accepted':
      return `accepted by #${event.listener}, from ${socketName(peerOf(event.socket))}`;
    case 'blocked':
      return `blocked, ${formatSize(event.queued)} wait for the peer`;
    case 'drained':
      return 'drained, the kernel took everything';
    case 'paused':
      return 'paused, not reading';
    case 'resumed':
      return 'resumed, reading again';
    case 'ended':
      return event.by === 'local' ? 'ended, FIN sent' : 'ended, FIN received';
    case 'reset':
      return event.by === 'local' ? 'reset, RST sent' : 'reset, RST received';
    case 'closed':
      return 'closed';
    case 'behaving':
      return behaving(event.behaviour);
    case 'dropped':
      return dropped(event);
    default:
      return unreachable(event);
  }
}

/** The kernel drops datagrams; what the agent could not keep are events. */
function dropped({ count, reason }: EventOf<'dropped'>): string {
  switch (reason) {
    case 'kernel-buffer':
      return `${plural(count, 'datagram')} lost: the kernel's receive buffer was full`;
    case 'memory-limit':
      return `${plural(count, 'event')} dropped: memory limit`;
    case 'disk':
      return `${plural(count, 'event')} dropped: the disk took no more`;
    default:
      return unreachable(reason);
  }
}

const socketTypes = { stream: 'stream', dgram: 'datagram' } as const;
const families = { inet: 'IPv4', inet6: 'IPv6' } as const;

/** An accepted socket is of its listener's kind. */
function opened({ listener, socketType, family, label }: EventOf<'opened'>): string {
  const what =
    listener === undefined
      ? `opened, ${socketTypes[socketType]}, ${families[family]}`
      : `opened by #${listener}`;
  return label === null || label === '' ? what : `${what}, “${visible(label)}”`;
}

const socketName = (socket: number | null) => (socket === null ? 'outside' : `#${socket}`);

const withPeer = (verb: string, word: string, peer: number | null) =>
  peer === null ? verb : `${verb}, ${word} #${peer}`;

function behaving({ name, ...options }: BehaviourConfig): string {
  const set = Object.entries<unknown>(options).filter(([, value]) => value !== undefined && value !== false);
  const words = set.map(([option, value]) =>
    value === true ? option : `${option} ${JSON.stringify(value)}`,
  );
  return [`behaves as ${name}`, ...words].join(', ');
}
