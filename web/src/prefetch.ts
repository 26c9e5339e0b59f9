/** The lazy parts of the page, fetched while nothing else happens: they must be here when the agent is gone. */
const parts = [
  () => import('./views/talk/Talk.svelte'),
  () => import('./views/open/OpenForm.svelte'),
  () => import('./views/bytes/Bytes.svelte'),
  () => import('./views/timeline/Timeline.svelte'),
  () => import('./views/talk/Details.svelte'),
  () => import('./views/code/Code.svelte'),
  () => import('./views/palette/Palette.svelte'),
  () => import('./views/keys/Keys.svelte'),
  () => import('./views/lessons/Lessons.svelte'),
  () => import('./views/sessions/Sessions.svelte'),
  () => import('./link/recorded.ts'),
];

const whenIdle = (work: () => void): void => {
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in window) requestIdleCallback(work);
  else setTimeout(work);
};

/** What cannot be fetched now is asked for again when it is needed. */
export function prefetch(): void {
  whenIdle(() => {
    void Promise.allSettled(parts.map((part) => part()));
  });
}
