/** The registry of behaviours: one line each. Order is the order of the form. */
import * as z from 'zod/mini';
import { none } from './none.ts';

export const behaviours = { none } as const;

export type BehaviourName = keyof typeof behaviours;

/** `{"name":"echo", …options}`, as commands and events carry it. */
export const behaviourConfig = z.discriminatedUnion('name', [behaviours.none.options]);
export type BehaviourConfig = z.infer<typeof behaviourConfig>;
