/** What is sent again and again: for each socket of a run, also while another one is looked at. */
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { plural } from '../words.ts';

const leastMs = 10;
const mostMs = 24 * 3_600_000;

/** What is typed, in seconds, as ms; null when nothing can be repeated like that. */
export function readEvery(seconds: string): number | null {
  const everyMs = /^\s*(\d+\.?\d*|\.\d+)\s*$/.test(seconds) ? Number(seconds) * 1_000 : NaN;
  return everyMs >= leastMs && everyMs <= mostMs ? everyMs : null;
}

export class Repeat {
  /** How often it went. */
  times = $state.raw(0);
  isOn = $state.raw(true);
  /** Why it ended, when it was refused. */
  problem = $state.raw<Problem | null>(null);
}

export class Repeats {
  readonly #isPresent: () => boolean;
  #all: ReadonlyMap<number, Repeat> = $state.raw(new Map());

  /** `isPresent`: whether the numbers still mean these sockets. Another run has others under the same. */
  constructor(isPresent: () => boolean) {
    this.#isPresent = isPresent;
  }

  /** The last one of this socket, also when it has ended. */
  of(socket: number): Repeat | null {
    return this.#all.get(socket) ?? null;
  }

  /**
   * Sends now and every so many ms, until it is stopped or refused. What takes longer than that delays the next one; nothing
   * is made up for.
   */
  async start(socket: number, everyMs: number, send: () => Promise<Outcome>): Promise<void> {
    this.stop(socket);
    const repeat = new Repeat();
    this.#all = new Map(this.#all).set(socket, repeat);
    while (repeat.isOn && this.#isPresent()) {
      const beganMs = performance.now();
      const outcome = await send();
      if (outcome.ok) repeat.times += 1;
      else [repeat.isOn, repeat.problem] = [false, outcome.problem];
      if (repeat.isOn) await pause(beganMs + everyMs - performance.now());
    }
  }

  stop(socket: number): void {
    const repeat = this.of(socket);
    if (repeat !== null) repeat.isOn = false;
  }

  /** Nothing more is said of what has ended. */
  forget(socket: number): void {
    if (this.of(socket)?.isOn === false)
      this.#all = new Map([...this.#all].filter(([other]) => other !== socket));
  }
}

/** What there is to say of it. */
export const repeatWords = ({ times, isOn }: Repeat): string =>
  isOn
    ? `Sent ${plural(times, 'time')} so far. Stop to write something else.`
    : `Sent ${plural(times, 'time')}.`;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
