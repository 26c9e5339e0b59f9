/** How far one run through a lesson has come: plain JSON that survives a reload. */
import type { Capability } from '../capability.ts';
import type { Address } from '../events/address.ts';
import type { Machine } from './names.ts';

/** What a name of the scene stands for. */
export interface Placed {
  readonly socket: number | null;
  readonly address: Address | null;
}

export interface StepState {
  /** Events up to this number do not count. */
  readonly horizon: number;
  /** Which option was locked in; null while it was not. */
  readonly predicted: number | null;
  /** Which questions have their right answer. */
  readonly answered: readonly boolean[];
  /** Wrong attempts so far. */
  readonly wrongs: number;
  /** Numbers of the events that proved it; null while it is not passed. */
  readonly proof: readonly number[] | null;
}

export interface Attempt {
  readonly lesson: string;
  readonly epoch: string;
  readonly vars: Readonly<Record<string, string | number>>;
  readonly machine: Machine;
  readonly can: readonly Capability[];
  readonly scene: Readonly<Record<string, Placed>>;
  /** The scene was complete with this event: those after it are the learner's. */
  readonly from: number;
  /** Everything up to here has been judged. */
  readonly seen: number;
  /** The step that is open; as many as there are when all are passed. */
  readonly step: number;
  readonly steps: readonly StepState[];
  /** The events that names were found to be. */
  readonly bound: Readonly<Record<string, number>>;
}
