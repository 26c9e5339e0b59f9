import type { PayloadAnswer } from './link.ts';

/** All bytes of one event of a kept session, or of the running one (null). */
export async function fetchPayload(
  seq: number,
  session: string | null,
  token: string,
): Promise<PayloadAnswer> {
  const of = session === null ? '' : `/sessions/${encodeURIComponent(session)}`;
  try {
    const response = await fetch(`/api${of}/events/${seq}/data`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (response.ok) return { is: 'data', data: new Uint8Array(await response.arrayBuffer()) };
    // A token of an earlier run: its events are gone with it.
    if (response.status === 404 || response.status === 401) return { is: 'gone' };
    return { is: 'unreachable', message: `The agent answered ${response.status}.` };
  } catch {
    return { is: 'unreachable', message: 'The agent does not answer.' };
  }
}
