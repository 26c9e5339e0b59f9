/**
 * A program before it has a language: calls in their order, each with the events it came from.
 *
 * Promises: the steps, performed one after the other by a blocking program, lead to the same events as those they
 * came from, as far as the bytes are known. What cannot be performed again is a `note`, never a guess.
 */
import type { BehaviourConfig } from '../behaviours/index.ts';
import type { Address, Family, SocketType } from '../events/address.ts';
import type { EventOf } from '../events/event.ts';

/** From one event to another. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Why a call failed, and the events that say so. */
export interface Failure {
  readonly code: string;
  readonly seqs: readonly number[];
}

/** Bytes of a transfer, as far as they are here. */
export interface Data {
  readonly size: number;
  /** The first of them; all when there are `size`. */
  readonly bytes: Uint8Array;
}

interface Common {
  /** The socket it is about. */
  readonly on: number;
  readonly seqs: readonly number[];
}
interface MayFail {
  readonly fails: Failure | null;
}

export type SocketStep = Common & {
  readonly is: 'socket';
  readonly family: Family;
  readonly socketType: SocketType;
};
/** Socket, resolve and connect in one call. The socket is there afterwards unless it fails. */
export type DialStep = Common &
  MayFail & { readonly is: 'dial'; readonly to: Address; readonly timeoutS: number | null };
/** How long each later call may wait; null: without end. */
export type TimeoutStep = Common & { readonly is: 'timeout'; readonly seconds: number | null };
export type OptionStep = Common & {
  readonly is: 'option';
  readonly family: Family;
  readonly socketType: SocketType;
  readonly option: EventOf<'option-set'>['option'];
  readonly value: EventOf<'option-set'>['value'];
};
/** Lets an address be bound that a closed connection still remembers, or that other members of a group share. */
export type ReuseStep = Common & { readonly is: 'reuse' };
/** `was`: any free port is asked for, and it was this one. */
export type BindStep = Common &
  MayFail & { readonly is: 'bind'; readonly at: Address; readonly was: number | null };
export type ListenStep = Common & MayFail & { readonly is: 'listen'; readonly backlog: number };
/** Looks a name up; a later `connect` takes one of the addresses. */
export type ResolveStep = Common &
  MayFail & {
    readonly is: 'resolve';
    readonly host: string;
    readonly port: number;
    readonly family: Family;
    readonly socketType: SocketType;
  };
/** `found`: position of the address among those of the `resolve` before; null where it was given as it is. */
export type ConnectStep = Common &
  MayFail & { readonly is: 'connect'; readonly to: Address; readonly found: number | null };
/** Takes one client of a listener: `on` is the connection. */
export type AcceptStep = Common & { readonly is: 'accept'; readonly listener: number };
export type SendStep = Common & { readonly is: 'send'; readonly data: Data };
export type SendToStep = Common & { readonly is: 'sendto'; readonly data: Data; readonly to: Address };
/** `once`: one call; `exactly`: until `size` bytes have come; `end`: until the peer's FIN. `ask`: bytes a call asks for. */
export type ReceiveStep = Common & {
  readonly is: 'receive';
  readonly how: 'once' | 'exactly' | 'end';
  readonly ask: number;
  readonly data: Data;
};
/** A receive that finds out what is wrong. */
export type TroubleStep = Common & { readonly is: 'trouble'; readonly ask: number; readonly fails: Failure };
/** `count` datagrams in a row; `from` is the sender of the last. Of a connected socket the sender goes without saying. */
export type ReceiveFromStep = Common & {
  readonly is: 'recvfrom';
  readonly count: number;
  readonly from: Address;
  readonly isConnected: boolean;
  readonly data: Data;
};
export type ShutdownStep = Common & { readonly is: 'shutdown' };
/** Close with RST. */
export type ResetStep = Common & { readonly is: 'reset' };
export type CloseStep = Common & { readonly is: 'close' };
/** The end of the block that the socket lives in, which closes it. `again`: because its connect failed. */
export type LeaveStep = Common & { readonly is: 'leave'; readonly why: 'closed' | 'again' };
export type NoteStep = Common & { readonly is: 'note'; readonly text: string; readonly span: Span | null };
/** What could be called now. */
export type NextStep = Common & { readonly is: 'next'; readonly now: Now };
export type Now = 'opened' | 'bound' | 'listening' | 'connected' | 'ended-here' | 'ended-there';

/** What the events of served clients were, over all of them. */
export const roles = [
  'accepted',
  'greeted',
  'received',
  'ended',
  'sent',
  'finished',
  'reset',
  'closed',
] as const;
export type Role = (typeof roles)[number];

/** Accepts clients and does as a behaviour does, for each of them. */
export type ServeStep = Common & {
  readonly is: 'serve';
  readonly behaviour: BehaviourConfig;
  readonly ask: number;
  /** How many came so far. */
  readonly clients: number;
  /** Whether one was there while another was. */
  readonly together: boolean;
  /** Whether it accepts no more. */
  readonly isOver: boolean;
  readonly roles: Readonly<Record<Role, readonly number[]>>;
};
/** The same for datagrams, whoever sends them. */
export type AnswerStep = Common & {
  readonly is: 'answer';
  readonly behaviour: BehaviourConfig;
  readonly datagrams: number;
  readonly isOver: boolean;
  readonly received: readonly number[];
  readonly sent: readonly number[];
};

export type Step =
  | SocketStep
  | DialStep
  | TimeoutStep
  | OptionStep
  | ReuseStep
  | BindStep
  | ListenStep
  | ResolveStep
  | ConnectStep
  | AcceptStep
  | SendStep
  | SendToStep
  | ReceiveStep
  | TroubleStep
  | ReceiveFromStep
  | ShutdownStep
  | ResetStep
  | CloseStep
  | LeaveStep
  | NoteStep
  | NextStep
  | ServeStep
  | AnswerStep;

export type StepOf<Is extends Step['is']> = Extract<Step, { is: Is }>;

export interface Plan {
  readonly role: 'client' | 'server' | 'socket';
  /** The sockets it tells of, the first one first. */
  readonly sockets: readonly number[];
  /** As a person wrote it: anything at all. */
  readonly label: string | null;
  /** What each socket is called: plain words, the same in every language. */
  readonly names: ReadonlyMap<number, string>;
  /** Sockets whose life is a block of the program. */
  readonly blocks: ReadonlySet<number>;
  readonly steps: readonly Step[];
  /** One sentence about it. */
  readonly about: string;
  /** Events whose payload should be asked for: the page has only the first bytes. */
  readonly wanted: readonly number[];
}
