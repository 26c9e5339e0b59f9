import type { Problem } from '@socket-playground/shared/problem.ts';

/** What a call came to. Refusals are values: only bugs throw. */
export type Result<Value> = { readonly ok: true; readonly value: Value } | Refusal;
export interface Refusal {
  readonly ok: false;
  readonly problem: Problem;
}

export const done = <Value>(value: Value): Result<Value> => ({ ok: true, value });
export const refuse = (problem: Problem): Refusal => ({ ok: false, problem });
