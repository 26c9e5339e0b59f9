/** The fields commands are made of. Each says in `expects` what a refused value should have been. */
import * as z from 'zod/mini';
import { behaviourConfig } from '../behaviours/index.ts';
import { family, socketType } from '../events/address.ts';
import { payload } from '../payload/payload.ts';

/** A name or a numeric address. Longer names do not exist (RFC 1035 §2.3.4); a control byte in one is never meant. */
const host = z.string().check(z.minLength(1), z.maxLength(255), z.regex(/^[^\p{Cc}\s]+$/u));
const port = z.int().check(z.minimum(0), z.maximum(65535));

export const fields = {
  socket: z.int().check(z.minimum(1)),
  family,
  socketType,
  host,
  /** Where to bind: 0 means any free port. */
  localPort: port,
  /** Where to send: nobody can listen on port 0. */
  remotePort: z.int().check(z.minimum(1), z.maximum(65535)),
  label: z.string().check(z.maxLength(80)),
  backlog: z.int().check(z.minimum(0), z.maximum(65535)),
  behaviour: behaviourConfig,
  timeoutMs: z.int().check(z.minimum(1), z.maximum(600_000)),
  readSize: z.int().check(z.minimum(1), z.maximum(1024 * 1024)),
  data: payload,
} as const;
