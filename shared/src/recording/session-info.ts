import * as z from 'zod/mini';

const count = z.int().check(z.minimum(0));

/** A kept session, as `GET /api/sessions` lists it. */
export const sessionInfo = z.strictObject({
  /** The base name of its file. */
  id: z.string(),
  epoch: z.string(),
  /** ISO 8601. */
  started: z.string(),
  /** Events that can be read. */
  events: count,
  /** Bytes on disk. */
  bytes: count,
  /** It ended in order, and every event of it is there. Never true of the running one. */
  complete: z.boolean(),
});
export type SessionInfo = Readonly<z.infer<typeof sessionInfo>>;
