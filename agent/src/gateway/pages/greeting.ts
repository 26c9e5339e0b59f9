/** The first message of a page: who it is, which protocol it speaks, and where it stopped reading. */
import * as z from 'zod/mini';
import { closeCodes, goingAway, hello } from '@socket-playground/shared/wire/messages.ts';
import type { Hello } from '@socket-playground/shared/wire/messages.ts';
import { protocolVersion } from '@socket-playground/shared/wire/version.ts';

/** Why a link is closed. The reason is for people who read a console (at most 123 bytes, RFC 6455 §5.5). */
export interface Goodbye {
  readonly code: number;
  readonly reason: string;
}

export type Greeting =
  { readonly ok: true; readonly hello: Hello } | { readonly ok: false; readonly goodbye: Goodbye };

export const goodbyes = {
  malformed: { code: closeCodes.malformed, reason: 'malformed message' },
  refused: {
    code: closeCodes.refused,
    reason: 'unauthorized: the token is missing or not the one of this run',
  },
  tooMany: {
    code: closeCodes.tooMany,
    reason: 'too-many-pages: close a tab of the playground and try again',
  },
  tooManyLooks: {
    code: closeCodes.malformed,
    reason: 'too many looks into the kernel wait: ask again after an answer',
  },
  noSession: { code: closeCodes.noSession, reason: 'no-such-session: the list of kept sessions has changed' },
  leaving: { code: goingAway, reason: 'the agent is shutting down' },
} as const satisfies Record<string, Goodbye>;

const version = (page: number): Goodbye => ({
  code: closeCodes.version,
  reason: `version-mismatch: the page speaks protocol ${page}, the agent ${protocolVersion}`,
});

/** What every version of the protocol has had, so that a mismatch can be told from nonsense. */
const anyHello = z.looseObject({ type: z.literal('hello'), token: z.string(), protocol: z.int() });
const anyMessage = z.looseObject({ type: z.string() });

/** The token is checked before anything else is said about the message. */
export function readGreeting(message: unknown, isToken: (candidate: string) => boolean): Greeting {
  const refuse = (goodbye: Goodbye): Greeting => ({ ok: false, goodbye });
  const greeting = anyHello.safeParse(message);
  if (!greeting.success) {
    const { data } = anyMessage.safeParse(message);
    return refuse(data && data.type !== 'hello' ? goodbyes.refused : goodbyes.malformed);
  }
  if (!isToken(greeting.data.token)) return refuse(goodbyes.refused);
  if (greeting.data.protocol !== protocolVersion) return refuse(version(greeting.data.protocol));
  const parsed = hello.safeParse(message);
  return parsed.success ? { ok: true, hello: parsed.data } : refuse(goodbyes.malformed);
}
