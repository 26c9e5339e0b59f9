/** The registry of behaviours: one line each. Order is the order of the form. */
import * as z from 'zod/mini';
import { expectsObject } from '../schema.ts';
import { chargen } from './chargen.ts';
import { chat } from './chat.ts';
import { collect } from './collect.ts';
import { daytime } from './daytime.ts';
import { discard } from './discard.ts';
import { echo } from './echo.ts';
import { http } from './http.ts';
import { none } from './none.ts';
import { ok } from './ok.ts';
import { reset } from './reset.ts';
import { time } from './time.ts';
import { upper } from './upper.ts';
import { welcome } from './welcome.ts';

export const behaviours = {
  none,
  echo,
  ok,
  welcome,
  collect,
  upper,
  chat,
  http,
  daytime,
  time,
  chargen,
  discard,
  reset,
} as const;

export type BehaviourName = keyof typeof behaviours;

const isName = (name: string): name is BehaviourName => Object.hasOwn(behaviours, name);
export const behaviourNames: readonly BehaviourName[] = Object.keys(behaviours).filter(isName);

const { none: first, ...others } = behaviours;

/** `{"name":"echo", …options}`, as commands and events carry it. */
export const behaviourConfig = z.discriminatedUnion(
  'name',
  [first.options, ...Object.values(others).map(({ options }) => options)],
  expectsObject('an object such as {"name":"echo"}'),
);
export type BehaviourConfig = z.infer<typeof behaviourConfig>;
