/**
 * When a scene is complete: a command may be answered before the page hears of the events it caused, and what they
 * cause in turn comes later still.
 */
import type { Attempt } from '@socket-playground/shared/lessons/state.ts';
import type { Store } from '../store/store.svelte.ts';

const lookMs = 30;
/** Nothing new for so long is the end of it. */
const quietMs = 120;
/** With other traffic it is never quiet: then it is complete all the same. */
const patienceMs = 3_000;

/** Resolves when the sockets of a scene are seen as they were made, and the log is quiet. */
export async function settled(
  scene: Attempt['scene'],
  store: Store,
  sleep: (ms: number) => Promise<void>,
): Promise<void> {
  let quiet = 0;
  let latest = store.journal.lastSeq;
  for (let waited = 0; waited < patienceMs; waited += lookMs) {
    await sleep(lookMs);
    const now = store.journal.lastSeq;
    quiet = now === latest && isMade(scene, store) ? quiet + lookMs : 0;
    latest = now;
    if (quiet >= quietMs) return;
  }
}

function isMade(scene: Attempt['scene'], { sockets }: Store): boolean {
  const states = Object.values(scene).map(({ socket }) =>
    socket === null ? 'closed' : sockets.table.get(socket)?.state,
  );
  return states.every((state) => state !== undefined && state !== 'opened' && state !== 'connecting');
}
