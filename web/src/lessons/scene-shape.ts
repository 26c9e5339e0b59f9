import * as z from 'zod/mini';
import { address } from '@socket-playground/shared/events/address.ts';

const count = z.int().check(z.minimum(0));

/** The sockets of a scene by their names in the lesson. */
export const sceneShape = z.record(
  z.string(),
  z.strictObject({ socket: z.nullable(count), address: z.nullable(address) }),
);
