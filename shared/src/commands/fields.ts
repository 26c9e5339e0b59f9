/** The fields commands are made of. Each carries the words for what a refused value should have been. */
import * as z from 'zod/mini';
import { behaviourConfig } from '../behaviours/index.ts';
import { family, socketType } from '../events/address.ts';
import { optionValues } from '../events/option.ts';
import { payload } from '../payload/payload.ts';
import { characters, expects, integer, oneOf } from '../schema.ts';

const longestHost = 255;
const hostWords = expects(`a name or a numeric address, up to ${longestHost} characters, without spaces`);
/** Nothing that is never meant in a name and could disguise it where it is shown. */
const isPlain = (host: string) => !/[\p{Cc}\p{Cs}\p{Z}\p{Bidi_Control}]/u.test(host);

/** A name or a numeric address. Longer names do not exist (RFC 1035 §2.3.4). */
const host = z
  .string(hostWords)
  .check(z.minLength(1, hostWords), z.maxLength(longestHost, hostWords), z.refine(isPlain, hostWords));

const mostPort = 65535;
const tenMinutesMs = 600_000;

export const fields = {
  socket: integer(1, Number.MAX_SAFE_INTEGER, 'the number of a socket, such as 3 for #3'),
  family,
  socketType,
  host,
  /** Where to bind: 0 means any free port. */
  localPort: integer(0, mostPort),
  /** Where to send: nobody can listen on port 0. */
  remotePort: integer(1, mostPort),
  label: characters(0, 80),
  backlog: integer(0, 65535),
  /** Who calls accept(2): the agent for each connection at once, or the command `accept` for one at a time. */
  accept: oneOf(['auto', 'manual']),
  behaviour: behaviourConfig,
  timeoutMs: integer(1, tenMinutesMs),
  readSize: optionValues.readSize,
  data: payload,
} as const;
