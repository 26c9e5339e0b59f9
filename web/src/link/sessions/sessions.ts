/** The list of kept sessions, and how any session is asked for as a file. */
import * as z from 'zod/mini';
import type { FormatName } from '@socket-playground/shared/recording/export/formats.ts';
import { sessionInfo } from '@socket-playground/shared/recording/session-info.ts';
import type { SessionInfo } from '@socket-playground/shared/recording/session-info.ts';
import { answered, bearer, silent } from './agent-http.ts';

export interface SaveRequest {
  readonly format: FormatName;
  /** Header values and these texts and patterns are hidden; null: everything is saved as it is. */
  readonly hide: readonly string[] | null;
  readonly signal: AbortSignal;
  /** Told while secrets are looked for: how much has been looked through, 0 to 1. */
  readonly looked: (share: number) => void;
}

export type SessionList =
  /** Newest first; `running` is the id of the one that is shown live. */
  | { readonly is: 'sessions'; readonly sessions: readonly SessionInfo[]; readonly running: string | null }
  | { readonly is: 'unreachable'; readonly message: string };

export type Download =
  /** `size` in bytes where it is known. Reading the stream may fail: the agent can go away. */
  | {
      readonly is: 'stream';
      readonly size: number | null;
      /** How much of what it is made of has been read, 0 to 1; null where nobody knows. */
      readonly share: (() => number) | null;
      /** How many places were hidden; null when nothing was asked to be. */
      readonly hidden: number | null;
      readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>;
    }
  | { readonly is: 'unreachable'; readonly message: string };

const listed = z.object({ sessions: z.array(sessionInfo) });

export async function fetchSessions(token: string, epoch: string | null): Promise<SessionList> {
  try {
    const response = await fetch('/api/sessions', bearer(token));
    if (!response.ok) return { is: 'unreachable', message: answered(response.status) };
    const list = listed.safeParse(await response.json());
    if (!list.success) return { is: 'unreachable', message: 'Page and agent are of different versions.' };
    const { sessions } = list.data;
    return { is: 'sessions', sessions, running: sessions.find((one) => one.epoch === epoch)?.id ?? null };
  } catch {
    return { is: 'unreachable', message: silent };
  }
}
