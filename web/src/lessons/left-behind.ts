/** What a lesson leaves open when its tab goes without closing it. */
import { leaveScene } from '@socket-playground/shared/lessons/scene.ts';
import type { Attempt } from '@socket-playground/shared/lessons/state.ts';
import type { RunCommand } from '../store/store.svelte.ts';

export interface Standing extends Pick<Attempt, 'epoch' | 'scene'> {
  /** What was opened in it. */
  readonly made: readonly number[];
}

/** Closes all of it. Sockets that are closed already refuse, which is as good. */
export async function closeLeft({ scene, made }: Standing, run: RunCommand): Promise<void> {
  await leaveScene(scene, run);
  await Promise.all(made.map((socket) => run({ type: 'close', socket, connections: true })));
}
