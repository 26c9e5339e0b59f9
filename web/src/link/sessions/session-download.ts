/** Any session of the agent as a file, fetched over HTTP. */
import * as z from 'zod/mini';
import { answered, bearer, silent } from './agent-http.ts';
import type { Download, SaveRequest } from './sessions.ts';

const refusal = z.object({ problem: z.object({ message: z.string() }) });

async function whyNot(response: Response): Promise<string> {
  const body = refusal.safeParse(await response.json().catch(() => null));
  return body.success ? body.data.problem.message : answered(response.status);
}

function queryOf({ format, hide }: SaveRequest): URLSearchParams {
  const query = new URLSearchParams({ format, progress: '1' });
  if (hide !== null) query.set('redact', '1');
  for (const words of hide ?? []) query.append('hide', words);
  return query;
}

/** One session of the agent as a file; `current` is the running one. The agent works on it as long as the signal lets it. */
export async function fetchSession(id: string, token: string, request: SaveRequest): Promise<Download> {
  try {
    const path = `/api/sessions/${encodeURIComponent(id)}?${queryOf(request)}`;
    const { toldDownload } = await import('./told-download.ts');
    const response = await fetch(path, { ...bearer(token), signal: request.signal });
    const { ok, body } = response;
    if (!ok || body === null) return { is: 'unreachable', message: await whyNot(response) };
    return await toldDownload(body, request);
  } catch {
    return { is: 'unreachable', message: silent };
  }
}
