/** The kept sessions, and any session as a file: what the page asks of the agent's HTTP API. */
import * as z from 'zod/mini';
import { sessionInfo } from '@socket-playground/shared/recording/session-info.ts';
import type { SessionInfo } from '@socket-playground/shared/recording/session-info.ts';

export const saveFormats = ['session', 'pcapng', 'json', 'csv'] as const;
export type SaveFormat = (typeof saveFormats)[number];
export const extensions = {
  session: 'session',
  pcapng: 'pcapng',
  json: 'jsonl',
  csv: 'csv',
} as const satisfies Record<SaveFormat, string>;

export type SessionList =
  /** Newest first; `running` is the id of the one that is shown live. */
  | { readonly is: 'sessions'; readonly sessions: readonly SessionInfo[]; readonly running: string | null }
  | { readonly is: 'unreachable'; readonly message: string };

export type Download =
  /** `size` in bytes where it is known. Reading the stream may fail: the agent can go away. */
  | {
      readonly is: 'stream';
      readonly name: string;
      readonly size: number | null;
      readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>;
    }
  | { readonly is: 'unreachable'; readonly message: string };

const silent = 'The agent does not answer.';
const answered = (status: number) => `The agent answered ${status}.`;

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
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

/** One session of the agent as a file; `current` is the running one. */
export async function fetchSession(
  id: string,
  format: SaveFormat,
  token: string,
  signal: AbortSignal,
): Promise<Download> {
  try {
    const path = `/api/sessions/${encodeURIComponent(id)}?format=${format}`;
    const { ok, status, body } = await fetch(path, { ...bearer(token), signal });
    if (!ok || body === null) return { is: 'unreachable', message: answered(status) };
    return { is: 'stream', name: `${id}.${extensions[format]}`, size: null, stream: body };
  } catch {
    return { is: 'unreachable', message: silent };
  }
}
