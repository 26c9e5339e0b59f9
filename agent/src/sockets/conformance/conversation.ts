/** An agent's socket that talks with an outsider, whichever side called. */
import type { AcceptMode, AgentSocket } from '../socket.ts';
import { must, openBench } from './bench.ts';
import type { Bench } from './bench.ts';
import type { Kind } from './kinds.ts';
import type { Outsider } from './worlds.ts';

export interface Conversation {
  readonly socket: AgentSocket;
  readonly peer: Outsider;
}

type Begin = (bench: Bench, kind: Kind) => Promise<Conversation>;

async function connected(bench: Bench, kind: Kind): Promise<Conversation> {
  const callee = await kind.world.callee();
  const socket = bench.open(kind);
  const { local } = must(await socket.connect(callee.address));
  const peer = await callee.caller();
  peer.meet(local);
  return { socket, peer };
}

async function accepted(bench: Bench, kind: Kind): Promise<Conversation> {
  const from = bench.journal.latest + 1;
  const { listener, address } = await listening(bench, kind);
  const peer = await kind.world.call(address);
  return { socket: await bench.accepted(listener, from), peer };
}

/** The ways a conversation can begin for this kind, to go through with `describe.each`. */
export const beginnings = (kind: Kind): readonly { readonly way: string; readonly begin: Begin }[] => [
  { way: 'connected', begin: connected },
  ...(kind.can.listen ? [{ way: 'accepted', begin: accepted }] : []),
];

export const begin: Begin = connected;

export async function bound(bench: Bench, kind: Kind) {
  const socket = bench.open(kind);
  const address = must(await socket.bind({ host: kind.loopback, port: 0 }));
  return { socket, address };
}

export async function listening(bench: Bench, kind: Kind, backlog = 16, mode: AcceptMode = 'auto') {
  const { socket: listener, address } = await bound(bench, kind);
  must(await listener.listen(backlog, mode));
  return { listener, address };
}

export const text = (words: string): Uint8Array => new TextEncoder().encode(words);

/** Bytes that look random and are the same in every run; their period is a prime, so that no cut falls in step with it. */
const period = Buffer.alloc(65_521);
for (let at = 0, state = 2_463_534_242; at < period.length; at += 1) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  period[at] = state & 0xff;
}

export const noise = (size: number): Uint8Array => Buffer.alloc(size, period);

/** Cuts in pieces of odd lengths, none of which divides another. */
export function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  const sizes = [1, 2, 3, 5, 17, 257, 1_021, 4_099, 16_411, 65_537];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

/** More than two kernels keep for a peer that does not read. */
export const tooMuch = 12 * 1024 * 1024;

export type BenchOptions = Parameters<typeof openBench>[0];
const endings = new Set(['failed', 'ended', 'reset', 'closed']);

/** A conversation, and what is told of its end. */
export async function startEnding(kind: Kind, converse: typeof begin, special?: BenchOptions) {
  const bench = openBench(special);
  const talk = await converse(bench, kind);
  const facts = () =>
    bench.eventsOf(talk.socket).flatMap((event) => {
      if (!endings.has(event.type)) return [];
      return [`${event.type}${'by' in event ? ` by ${event.by}` : ''}`];
    });
  return { bench, ...talk, facts };
}
