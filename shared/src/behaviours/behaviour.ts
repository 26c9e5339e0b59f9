/**
 * A behaviour is what a socket does by itself with what arrives. It is pure: (state, input) → state and actions.
 * It performs nothing; the agent's runner does, in order, and honours back-pressure for all of them:
 * while what a behaviour sent still waits for a slow peer, nothing more is read for it.
 *
 * One running behaviour belongs to one connection, or to one datagram socket.
 * Its room is every other connection of the same listener that runs a behaviour of the same name.
 */
import * as z from 'zod/mini';
import type { Address, SocketType } from '../events/address.ts';

export type Input =
  /** The behaviour takes over: the socket was just made or accepted, or `behave` put it on a live one. */
  | { readonly type: 'joined'; readonly peer: Address | null }
  /** One chunk of the stream, or one datagram (maybe empty), and its sender. */
  | { readonly type: 'received'; readonly data: Uint8Array; readonly from: Address }
  /** The kernel took everything sent so far: told to those that ask for it. */
  | { readonly type: 'drained' }
  /** The peer's FIN: nothing more will be received, sending is still possible. */
  | { readonly type: 'ended' }
  /** The connection is gone, by FIN or RST, or another behaviour takes over. Only `tell` still reaches anyone. */
  | { readonly type: 'left'; readonly peer: Address | null };

export type Action =
  /** To the peer; for a datagram socket, to the sender of what was received. */
  | { readonly type: 'send'; readonly data: Uint8Array }
  /** To everyone else in the room. */
  | { readonly type: 'tell'; readonly data: Uint8Array }
  /** FIN after everything sent before it (a stream); receiving goes on until the peer's own FIN. */
  | { readonly type: 'end' }
  /** Close a datagram socket after what was sent before it. */
  | { readonly type: 'close' }
  /** RST now; what the kernel did not take yet is lost. */
  | { readonly type: 'reset' }
  /** Give up, out loud: the socket records `failed` with this problem code, then resets. */
  | { readonly type: 'fail'; readonly code: 'behaviour-full' };

/** What a behaviour may know of the world: handed in with every input, so that it stays pure. */
export interface Surroundings {
  /** Wall clock, milliseconds since 1970 (UTC). */
  readonly nowMs: number;
  readonly socketType: SocketType;
  /** The most bytes it may keep now, with those it keeps already; past that it fails with `behaviour-full`. */
  readonly keepBytes: number;
}

export interface Step<State> {
  readonly state: State;
  readonly actions: readonly Action[];
}

/** A behaviour at work on one socket. */
export interface Running {
  /** Whether it is told of `drained`. */
  readonly talksOn: boolean;
  /** Bytes of memory that hold what it keeps. */
  readonly keptBytes: number;
  feed(input: Input, around: Surroundings): readonly Action[];
}

interface Definition<Options extends z.ZodMiniType, State> {
  /** Strict schema of `{name, …options}`: the command's `behaviour` field and the form are made from it. */
  readonly options: Options;
  /** What it does with what arrives, in a few words, to stand beside its name. */
  readonly summary: string;
  /** The same of datagrams, which neither begin nor end, where that differs. */
  readonly datagramSummary?: string;
  readonly serves: readonly SocketType[];
  /** Where every input causes output: two of these facing each other would feed each other for ever. */
  readonly answersOn: readonly SocketType[];
  /** It has more to say whenever the kernel took what it said: it is told of `drained`. */
  readonly talksOn?: true;
  /** It keeps what came: the bytes of memory that holds it. */
  kept?(state: State): number;
  start(config: z.infer<Options>): State;
  step(state: State, input: Input, around: Surroundings): Step<State>;
}

const last: ReadonlySet<Action['type']> = new Set(['end', 'close', 'reset', 'fail']);

/**
 * Ties a definition's state to the sockets it runs on. `begin` throws a ZodError on a config that is not its own.
 * After its last action (`end`, `close`, `reset`, `fail`) a behaviour does nothing more: what still arrives is
 * discarded, and only `left` is told to it.
 */
export function defineBehaviour<Options extends z.ZodMiniType, State>(
  definition: Definition<Options, State>,
) {
  const { options, summary, datagramSummary = summary, serves, answersOn } = definition;
  return {
    options,
    summary: { stream: summary, dgram: datagramSummary } satisfies Record<SocketType, string>,
    serves,
    answersOn,
    begin: (config: unknown): Running => new Run(definition, definition.start(z.parse(options, config))),
  };
}

/** One for each socket, of which there may be very many: a class costs less than closures. */
class Run<Options extends z.ZodMiniType, State> implements Running {
  readonly #definition: Definition<Options, State>;
  #state: State;
  #isOver = false;

  constructor(definition: Definition<Options, State>, state: State) {
    this.#definition = definition;
    this.#state = state;
  }

  get talksOn(): boolean {
    return this.#definition.talksOn === true;
  }

  get keptBytes(): number {
    return this.#definition.kept?.(this.#state) ?? 0;
  }

  feed(input: Input, around: Surroundings): readonly Action[] {
    if (this.#isOver && input.type !== 'left') return [];
    const { state, actions } = this.#definition.step(this.#state, input, around);
    this.#state = state;
    this.#isOver ||= actions.some(({ type }) => last.has(type));
    return actions;
  }
}

/** For behaviours that remember nothing: what to do with each input. */
export function stateless(react: (input: Input, around: Surroundings) => readonly Action[]) {
  return {
    start: () => null,
    step: (state: null, input: Input, around: Surroundings): Step<null> => ({
      state,
      actions: react(input, around),
    }),
  };
}
