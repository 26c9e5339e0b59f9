/** Somebody who takes one lesson: the engine over a real agent, with a hand that does what it is told. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import {
  advance,
  answer,
  begin,
  draw,
  namesOf,
  predict,
  predictionOf,
} from '@socket-playground/shared/lessons/attempt.ts';
import type { News } from '@socket-playground/shared/lessons/attempt.ts';
import type { Action } from '@socket-playground/shared/lessons/actions.ts';
import type { Lesson } from '@socket-playground/shared/lessons/lesson.ts';
import type { Machine } from '@socket-playground/shared/lessons/names.ts';
import { perform } from '@socket-playground/shared/lessons/perform.ts';
import type { Performed, Stage } from '@socket-playground/shared/lessons/perform.ts';
import type { Given } from '@socket-playground/shared/lessons/questions.ts';
import { doneByName, resumed } from '@socket-playground/shared/lessons/resumed.ts';
import { leaveScene, makeScene, reactionTo } from '@socket-playground/shared/lessons/scene.ts';
import type { Attempt } from '@socket-playground/shared/lessons/state.ts';
import type { Capability } from '@socket-playground/shared/capability.ts';
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { AgentLog } from './agent-log.ts';

export interface Surroundings {
  readonly log: AgentLog;
  readonly machine: Machine;
  readonly can: readonly Capability[];
  readonly random: () => number;
}

type Told =
  News | { readonly is: 'answered'; readonly step: number; readonly right: boolean; readonly says: string };

const noBrowser = (socket: ReturnType<typeof connect>) => socket.on('error', () => undefined);

export class Learner {
  readonly lesson: Lesson;
  readonly told: Told[] = [];
  readonly #around: Surroundings;
  readonly #outside = new Set<ReturnType<typeof connect>>();
  #attempt: Attempt;
  readonly #stopWatching: () => void;

  private constructor(lesson: Lesson, around: Surroundings, attempt: Attempt) {
    this.lesson = lesson;
    this.#around = around;
    this.#attempt = attempt;
    this.#stopWatching = around.log.watch((event) => this.#take(event));
  }

  /** Makes the scene and begins, or goes on after the steps that were done before. */
  static async begin(
    lesson: Lesson,
    around: Surroundings,
    doneBefore: readonly string[] = [],
  ): Promise<Learner> {
    const { log, machine, can, random } = around;
    const vars = draw(lesson.vars, random);
    const made = await makeScene(lesson, { vars, machine, can }, (command) => log.run(command));
    if (!made.ok) throw new Error(`The scene cannot be made: ${made.problem.code}: ${made.problem.message}`);
    await log.settle();
    const { scene } = made;
    const fresh = begin(lesson, { epoch: 'here', vars, machine, can, scene, latest: log.latest });
    const attempt = resumed(lesson, fresh, doneByName(lesson, fresh, doneBefore));
    return new Learner(lesson, around, attempt);
  }

  get attempt(): Attempt {
    return this.#attempt;
  }

  /** The number of the step that is open. */
  get step(): number {
    return this.#attempt.step;
  }

  do(actions: readonly Action[]): Promise<Performed> {
    return perform(actions, this.#stage());
  }

  /** Everything that has happened is judged. */
  async settle(): Promise<void> {
    await this.#around.log.settle();
    this.#judge();
  }

  /** Settles when the step has passed, or when nothing has happened for a while. */
  async until(holds: () => boolean, withinMs: number): Promise<boolean> {
    for (const end = Date.now() + withinMs; !holds() && Date.now() < end;) {
      await this.settle();
      if (!holds()) await sleep(20);
    }
    return holds();
  }

  async leave(): Promise<void> {
    this.#stopWatching();
    for (const socket of this.#outside) socket.destroy();
    await leaveScene(this.#attempt.scene, (command) => this.#around.log.run(command));
    await this.#around.log.closeAll();
  }

  answer(given: Given): void {
    const { log } = this.#around;
    const step = this.lesson.steps[this.step];
    const state = this.#attempt.steps[this.step];
    if (step !== undefined && state?.predicted === null && predictionOf(this.#attempt, step) !== null) {
      this.#attempt = predict(this.lesson, this.#attempt, Number(given), log.latest);
    } else {
      const { attempt, verdict } = answer(this.lesson, this.#attempt, given, log);
      this.told.push({ is: 'answered', step: this.step, ...verdict });
      this.#attempt = attempt;
    }
    this.#judge();
  }

  #take(event: SocketEvent): void {
    this.#judge();
    const actions = reactionTo(this.lesson, this.#attempt, event);
    if (actions.length > 0) void perform(actions, this.#stage(), event.socket);
  }

  #judge(): void {
    const { attempt, news } = advance(this.lesson, this.#attempt, this.#around.log);
    this.#attempt = attempt;
    this.told.push(...news);
  }

  #stage(): Stage {
    const { log } = this.#around;
    const since = log.latest;
    return {
      run: (command) => log.run(command),
      names: () => namesOf(this.lesson, this.#attempt, log),
      sleep: (ms) => sleep(ms),
      answer: async (given) => {
        await log.settle();
        this.answer(given);
      },
      until: (passes, withinMs) => this.#firstEvent(since, passes, withinMs),
      outside: (to, data) => this.#connect(to, data),
    };
  }

  async #firstEvent(since: number, passes: (event: SocketEvent) => boolean, withinMs: number) {
    const found = () => this.#around.log.events(since + 1).find(passes) ?? null;
    await this.until(() => found() !== null, withinMs);
    return found();
  }

  async #connect({ host, port }: Address, data: string | null): Promise<void> {
    const socket = noBrowser(connect(port, host));
    this.#outside.add(socket);
    await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve));
    if (data !== null) socket.write(data);
  }
}
