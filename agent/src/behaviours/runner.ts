/**
 * Performs what behaviours decide. It watches the hub's events and commands sockets; nobody calls it.
 *
 * - A socket whose answers wait for a slow peer is held: nothing more is read for it until they are taken.
 * - A member of a room that lets too much wait is disconnected, so that the room is not held up.
 * - What all behaviours keep in memory together is bounded, with the answers that wait: whoever would keep more is
 *   disconnected. Answers alone disconnect nobody, for a socket that is held has but one read of them.
 * - A behaviour that throws ends its own socket, out loud, and nothing else.
 */
import { behaviours } from '@socket-playground/shared/behaviours/index.ts';
import type { Action, Input, Running, Surroundings } from '@socket-playground/shared/behaviours/behaviour.ts';
import type { BehaviourConfig } from '@socket-playground/shared/behaviours/index.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import type { Address, SocketType } from '@socket-playground/shared/events/address.ts';
import type { Result } from '../result.ts';
import { failure } from '../sockets/kernel-problem.ts';
import type { Hub } from '../sockets/hub.ts';
import type { AgentSocket } from '../sockets/socket.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';
import { KeptBytes } from './kept-bytes.ts';
import { DatagramLoops } from './datagram-loops.ts';
import type { LoopLimits } from './datagram-loops.ts';
import { Rooms } from './rooms.ts';
import { StreamLoops } from './stream-loops.ts';

export interface RunnerOptions {
  readonly limits: {
    readonly behaviourBytes: number;
    readonly allBehavioursBytes: number;
    readonly roomQueueBytes: number;
  } & LoopLimits;
  /** Wall clock, milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Where bugs of behaviours are told. */
  onBug(error: unknown): void;
}

/** One socket with a behaviour at work. */
interface Worker {
  readonly socket: AgentSocket;
  readonly config: BehaviourConfig;
  readonly running: Running;
  readonly around: Surroundings;
  readonly listener: number | null;
  /** As it was when the behaviour took over, or when its datagram socket was connected since. */
  state: SocketState;
  /** The sender of the datagram being answered. */
  from: Address | null;
  /** Whether it will be told that nothing is queued any more. */
  drainDue: boolean;
  /** Its connection was reset, which takes the kernel a moment. */
  isGivenUp: boolean;
  /** Bytes of its own answers since its peer does not take them. */
  waitingBytes: number;
}

export class BehaviourRunner {
  readonly #hub: Hub;
  readonly #options: RunnerOptions;
  readonly #workers = new Map<number, Worker>();
  readonly #rooms = new Rooms<Worker>();
  readonly #kept: KeptBytes;
  readonly #loops: DatagramLoops;
  readonly #streams = new StreamLoops();

  constructor(hub: Hub, options: RunnerOptions) {
    this.#hub = hub;
    this.#options = options;
    this.#kept = new KeptBytes(options.limits.allBehavioursBytes);
    this.#loops = new DatagramLoops(options.limits);
    hub.watch((event) => this.#react(event));
  }

  #react(event: SocketEvent): void {
    if (event.socket === null) return;
    const worker = this.#workers.get(event.socket);
    switch (event.type) {
      case 'accepted':
      case 'connected':
      case 'bound':
      case 'behaving':
        return this.#employ(event.socket, worker, event.type === 'behaving');
      case 'received':
        return worker && this.#receive(worker, event.data, event.remote);
      case 'ended':
        return event.by === 'remote' && worker ? this.#feed(worker, { type: 'ended' }) : undefined;
      case 'sent':
        return this.#sent(event.socket, worker, event.remote);
      case 'drained':
        return worker && this.#takenAll(worker);
      case 'closed':
        this.#loops.forget(event.socket);
        return worker && this.#dismiss(worker);
      default:
    }
  }

  /** Puts the socket's behaviour to work as soon as there is someone to talk to, and in place of the one before. */
  #employ(id: number, before: Worker | undefined, changed: boolean): void {
    const state = this.#hub.states.get(id);
    const found = this.#hub.socket(id);
    if (state) this.#loops.moved(state);
    if (!state || !found.ok || !isTalking(state)) return;
    if (before) before.state = state;
    if (before && !changed) return;
    if (before) this.#dismiss(before);
    const loop = this.#streams.enter(state);
    if (loop) return this.#refuse(id, loop);
    const running = behaviours[state.behaviour.name].begin(state.behaviour);
    const worker: Worker = {
      socket: found.value,
      config: state.behaviour,
      running,
      around: new Around(this.#options, state.socketType, running, this.#kept),
      listener: state.listener,
      state,
      from: null,
      drainDue: false,
      isGivenUp: false,
      waitingBytes: 0,
    };
    this.#workers.set(id, worker);
    this.#rooms.enter(worker);
    this.#feed(worker, { type: 'joined', peer: state.remote });
    if (state.endedByRemote) this.#feed(worker, { type: 'ended' });
  }

  /** Nothing is sent by itself: whoever looks sees why, and may choose another. */
  #refuse(id: number, loop: Problem): void {
    this.#hub.record({ socket: id, ...failure('behave', loop) });
    this.#hub.record({ type: 'behaving', socket: id, behaviour: { name: 'none' } });
  }

  #dismiss(worker: Worker): void {
    this.#workers.delete(worker.socket.id);
    this.#streams.leave(worker.state);
    this.#feed(worker, { type: 'left', peer: worker.state.remote });
    this.#rooms.leave(worker);
    this.#kept.change(-worker.running.keptBytes);
    this.#takenAll(worker);
  }

  /** So many bytes of what it said are not taken yet. */
  #waits(worker: Worker, bytes: number): void {
    this.#kept.change(bytes - worker.waitingBytes);
    worker.waitingBytes = bytes;
  }

  #takenAll(worker: Worker): void {
    this.#waits(worker, 0);
    worker.socket.release();
  }

  #receive(worker: Worker, data: Uint8Array, remote: Address | undefined): void {
    const from = remote ?? worker.state.remote;
    if (from === null) return;
    const loop = remote && this.#loops.check(worker.state, worker.config, remote);
    if (loop === 'silent') return;
    if (loop) return this.#report(worker, loop);
    worker.from = from;
    this.#feed(worker, { type: 'received', data, from });
  }

  #sent(id: number, worker: Worker | undefined, remote: Address | undefined): void {
    if (remote) this.#loops.sent(id, remote);
    if (!worker?.running.talksOn || worker.drainDue || worker.socket.queued > 0) return;
    worker.drainDue = true;
    // Everyone else has their turn first.
    setImmediate(() => this.#drained(worker));
  }

  #drained(worker: Worker): void {
    worker.drainDue = false;
    const isStillAtWork = this.#workers.get(worker.socket.id) === worker;
    if (isStillAtWork && worker.socket.queued === 0) this.#feed(worker, { type: 'drained' });
  }

  #feed(worker: Worker, input: Input): void {
    try {
      const before = worker.running.keptBytes;
      const actions = worker.running.feed(input, worker.around);
      this.#kept.change(worker.running.keptBytes - before);
      for (const action of actions) this.#perform(worker, action);
    } catch (error) {
      this.#options.onBug(error);
      this.#giveUp(worker, problem('internal', null));
    }
  }

  #perform(worker: Worker, action: Action): void {
    switch (action.type) {
      case 'send':
        return this.#send(worker, action.data);
      case 'tell':
        for (const other of this.#rooms.others(worker)) this.#tell(other, action.data);
        return;
      case 'end':
        return void worker.socket.shutdown();
      case 'close':
        return void worker.socket.close();
      case 'reset':
        return void worker.socket.reset();
      case 'fail':
        return this.#giveUp(worker, this.#full(worker, action.code));
      default:
        return unreachable(action);
    }
  }

  #send(worker: Worker, data: Uint8Array): void {
    const { socket, state } = worker;
    if (worker.isGivenUp) return;
    if (state.socketType === 'dgram') return void this.#answer(worker, data);
    this.#deliver(worker, data);
    // Only its own answers hold a socket: a person's long send must not keep the peer's answers from being read.
    if (!this.#hub.states.get(socket.id)?.blocked) return;
    socket.hold();
    this.#waits(worker, Math.min(socket.queued, worker.waitingBytes + data.length));
  }

  /** It wants more than the cap of its own, or than all others leave: what it kept until now makes no difference to that. */
  #full({ around }: Worker, code: 'behaviour-full'): Problem {
    const { behaviourBytes: own, allBehavioursBytes: all } = this.#options.limits;
    return around.keepBytes < own
      ? problem(code, { most: all, of: 'agent' })
      : problem(code, { most: own, of: 'socket' });
  }

  /** To the only peer of a connected datagram socket, else to whom it hears. */
  async #answer(worker: Worker, data: Uint8Array): Promise<void> {
    const { socket, state, from } = worker;
    const to = state.remote ?? from;
    if (to === null) return;
    this.#loops.answering(socket.id, to);
    const sent = await (state.remote === null ? socket.sendTo(data, to) : socket.send(data));
    if (sent.ok) return;
    this.#loops.unsent(socket.id, to);
    // What the kernel refuses is told by the socket; what finds no room in the queue would be lost in silence.
    if (sent.problem.code === 'queue-full') this.#report(worker, sent.problem);
  }

  #tell(member: Worker, data: Uint8Array): void {
    if (member.isGivenUp) return;
    this.#deliver(member, data);
    const most = this.#options.limits.roomQueueBytes;
    if (member.socket.queued > most) this.#giveUp(member, problem('slow-member', { most }));
  }

  #deliver(worker: Worker, data: Uint8Array): void {
    const sent = worker.socket.send(data);
    if (sent instanceof Promise) void sent.then((later) => this.#delivered(worker, later));
    else this.#delivered(worker, sent);
  }

  /** What the queue has no room for would be lost in silence: the behaviour gives up instead. */
  #delivered(worker: Worker, sent: Result<number>): void {
    if (sent.ok || sent.problem.code !== 'queue-full') return;
    if (this.#workers.get(worker.socket.id) === worker) this.#giveUp(worker, sent.problem);
  }

  #report(worker: Worker, refused: Problem): void {
    this.#hub.record({ socket: worker.socket.id, ...failure('behave', refused) });
  }

  #giveUp(worker: Worker, refused: Problem): void {
    if (worker.isGivenUp) return;
    worker.isGivenUp = true;
    this.#report(worker, refused);
    this.#waits(worker, 0);
    void worker.socket.reset();
  }
}

/** What one behaviour knows of the world. The clock is only read where a behaviour asks for the time. */
class Around implements Surroundings {
  readonly socketType: SocketType;
  readonly #options: RunnerOptions;
  readonly #running: Running;
  readonly #kept: KeptBytes;

  constructor(options: RunnerOptions, socketType: SocketType, running: Running, kept: KeptBytes) {
    this.#options = options;
    this.socketType = socketType;
    this.#running = running;
    this.#kept = kept;
  }

  get nowMs(): number {
    return this.#options.nowMs();
  }

  get keepBytes(): number {
    return Math.min(this.#options.limits.behaviourBytes, this.#running.keptBytes + this.#kept.left);
  }
}

function isTalking({ role, state, local }: SocketState): boolean {
  if (role === 'datagram') return local !== null;
  return role === 'connection' && (state === 'connected' || state === 'half-closed');
}
