import { answered, bearer, silent } from '../sessions/agent-http.ts';
import type { PayloadAnswer } from '../link.ts';
import { otherRun } from './replies.ts';

/** All bytes of one event of a kept session, or of the running one (null). */
export async function fetchPayload(
  seq: number,
  session: string | null,
  token: string,
): Promise<PayloadAnswer> {
  const of = session === null ? '' : `/sessions/${encodeURIComponent(session)}`;
  try {
    const response = await fetch(`/api${of}/events/${seq}/data`, bearer(token));
    if (response.ok) return { is: 'data', data: new Uint8Array(await response.arrayBuffer()) };
    if (response.status === 404) return { is: 'gone' };
    // A token of an earlier run: what was running is gone with it, but kept sessions are not.
    if (response.status === 401)
      return session === null ? { is: 'gone' } : { is: 'unreachable', message: otherRun.message };
    return { is: 'unreachable', message: answered(response.status) };
  } catch {
    return { is: 'unreachable', message: silent };
  }
}
