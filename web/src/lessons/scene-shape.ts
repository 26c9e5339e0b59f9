import * as z from 'zod/mini';
import { address } from '@socket-playground/shared/events/address.ts';
import { limits } from './limits.ts';

const count = z.int().check(z.minimum(0));

/** Sockets that were opened in a lesson. */
export const madeShape = z.array(count).check(z.maxLength(limits.made));

/** The sockets of a scene by their names in the lesson. */
export const sceneShape = z.record(
  z.string(),
  z.strictObject({ socket: z.nullable(count), address: z.nullable(address) }),
);
