/** What is on its way from each socket of a run: one thing at a time, also while another socket is looked at. */
import type { Problem } from '@socket-playground/shared/problem.ts';
import { limits } from '../../store/limits.ts';
import type { RunCommand } from '../../store/store.svelte.ts';
import { formatSize, plural } from '../words.ts';
import { deliver, sizeOf } from './parcel.ts';
import type { Parcel } from './parcel.ts';

/** One parcel on its way, or what became of it. */
export class Work {
  readonly #size: number;
  readonly #everyMs: number | null;
  /** How often all of it went. */
  times = $state.raw(0);
  /** Bytes of it that the agent has, this time. */
  handed = $state.raw(0);
  /** Bytes that waited in the agent for the peer when it had taken the last of them. */
  waiting = $state.raw(0);
  /** Something may still go. */
  isOn = $state.raw(true);
  /** Why it ended, when it was refused. */
  problem = $state.raw<Problem | null>(null);
  isStopped = $state.raw(false);
  #wake: () => void = () => undefined;

  constructor(size: number, everyMs: number | null) {
    this.#size = size;
    this.#everyMs = everyMs;
  }

  /** It takes a while: that is said, and it can be stopped. */
  get isLong(): boolean {
    return this.#everyMs !== null || this.#size > limits.sendPieceBytes;
  }

  /** What there is to say of it; null when the socket's rows tell all. */
  get words(): string | null {
    if (this.#everyMs !== null)
      return `Sent ${plural(this.times, 'time')}${this.isOn ? ' so far. Stop to write something else.' : '.'}`;
    if (!this.isLong || this.handed === this.#size) return null;
    return `${formatSize(this.handed)} of ${formatSize(this.#size)} are with the agent.`;
  }

  stop(): void {
    this.isStopped = true;
    this.#wake();
  }

  /** Until the next time, or until it is stopped. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(0, ms));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

export class Outgoing {
  readonly #isPresent: () => boolean;
  #works: ReadonlyMap<number, Work> = $state.raw(new Map());

  /** `isPresent`: whether the numbers still mean these sockets. Another run has others under the same. */
  constructor(isPresent: () => boolean) {
    this.#isPresent = isPresent;
  }

  /** The last one of this socket, also when it has ended. */
  of(socket: number): Work | null {
    return this.#works.get(socket) ?? null;
  }

  /**
   * Sends it once, or now and every so many ms, until it is stopped or refused: what takes longer than that delays the next
   * time, and nothing is made up for. Answers whether all of it went at last; a socket that is busy takes nothing.
   */
  async send(run: RunCommand, parcel: Parcel, everyMs: number | null = null): Promise<boolean> {
    if (this.of(parcel.socket)?.isOn === true) return false;
    const size = sizeOf(parcel);
    const work = new Work(size, everyMs);
    this.#put(parcel.socket, work);
    const goesOn = () => !work.isStopped && this.#isPresent();
    while (goesOn()) {
      const beganMs = performance.now();
      work.handed = 0;
      const onpiece = (bytes: number, waiting: number) => ([work.handed, work.waiting] = [bytes, waiting]);
      work.problem = await deliver(run, parcel, { goesOn, onpiece });
      if (work.problem === null && work.handed === size) work.times += 1;
      if (everyMs === null || work.problem !== null) break;
      if (goesOn()) await work.pause(beganMs + everyMs - performance.now());
    }
    work.isOn = false;
    return work.times > 0 && work.problem === null;
  }

  stop(socket: number): void {
    this.of(socket)?.stop();
  }

  /** The newest last; of very many sockets those that ended first are forgotten. */
  #put(socket: number, work: Work): void {
    const works = new Map(this.#works);
    works.delete(socket);
    works.set(socket, work);
    for (const [other, { isOn }] of works) if (!isOn && works.size > limits.sheets) works.delete(other);
    this.#works = works;
  }

  /** Nothing more is said of what has ended. */
  forget(socket: number): void {
    if (this.of(socket)?.isOn === false)
      this.#works = new Map([...this.#works].filter(([other]) => other !== socket));
  }
}
