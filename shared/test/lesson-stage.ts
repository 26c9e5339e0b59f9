/** A stage on which a lesson acts, for tests: it answers as it is told to and remembers what it was asked. */
import type { Command } from '../src/commands/verbs.ts';
import type { Address } from '../src/events/address.ts';
import type { SocketEvent } from '../src/events/event.ts';
import { Facts } from '../src/lessons/facts.ts';
import type { Names, Thing } from '../src/lessons/names.ts';
import type { Stage } from '../src/lessons/perform.ts';
import type { Given } from '../src/lessons/questions.ts';
import type { Outcome } from '../src/wire/messages.ts';

export const done = (result: Readonly<Record<string, unknown>> = {}): Outcome => ({ ok: true, result });
export const refused = (code: string): Outcome => ({
  ok: false,
  problem: { code, message: `It said ${code}.`, hint: 'Try again.' },
});

/** Names of a lesson: variables, and sockets with their addresses. */
export const namesOf = (
  things: Readonly<Record<string, Partial<Thing>>> = {},
  vars: Names['vars'] = {},
  events: readonly SocketEvent[] = [],
): Names => ({
  ...{ vars, machine: { name: 'here', platform: 'linux' }, facts: new Facts(events) },
  thing: (name) => {
    const found = new Map(Object.entries(things)).get(name);
    return found && { socket: null, event: null, address: null, ...found };
  },
});

export class TestStage implements Stage {
  readonly commands: Command[] = [];
  readonly answers: Given[] = [];
  readonly slept: number[] = [];
  readonly called: { readonly to: Address; readonly data: string | null }[] = [];
  known: Names;
  /** What happens while somebody waits for it. */
  comes: SocketEvent | null = null;
  oncoming: () => void = () => undefined;
  readonly #outcomes: Outcome[];

  /** One outcome after the other; done without a result once there are no more. */
  constructor(outcomes: readonly Outcome[] = [], known: Names = namesOf()) {
    this.#outcomes = [...outcomes];
    this.known = known;
  }

  run(command: Command): Promise<Outcome> {
    this.commands.push(command);
    return Promise.resolve(this.#outcomes.shift() ?? done());
  }

  names(): Names {
    return this.known;
  }

  until(passes: (event: SocketEvent) => boolean): Promise<SocketEvent | null> {
    this.oncoming();
    return Promise.resolve(this.comes !== null && passes(this.comes) ? this.comes : null);
  }

  answer(given: Given): Promise<void> {
    this.answers.push(given);
    return Promise.resolve();
  }

  sleep(ms: number): Promise<void> {
    this.slept.push(ms);
    return Promise.resolve();
  }

  outside(to: Address, data: string | null): Promise<void> {
    this.called.push({ to, data });
    return Promise.resolve();
  }
}
