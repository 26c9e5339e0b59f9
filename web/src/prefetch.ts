/** The lazy parts of the page, fetched while nothing else happens: they must be here when the agent is gone. */
const parts = [
  () => import('./views/talk/Talk.svelte'),
  () => import('./views/open/OpenForm.svelte'),
  () => import('./views/open/draft.ts'),
  () => import('./views/open/steps.ts'),
  () => import('./views/bytes/Bytes.svelte'),
  () => import('./views/log/filter/language.ts'),
  () => import('./views/saved/SavedPanel.svelte'),
  () => import('./views/log/Find.svelte'),
  () => import('./views/log/RowMenu.svelte'),
  () => import('./views/log/printing/print-log.ts'),
  () => import('./views/log/sketcher.ts'),
  () => import('./views/timeline/Timeline.svelte'),
  () => import('./views/graph/Graph.svelte'),
  () => import('./views/talk/Details.svelte'),
  () => import('./views/code/Code.svelte'),
  () => import('./views/stream/Stream.svelte'),
  () => import('./views/stream/CapturedStream.svelte'),
  () => import('./views/palette/Palette.svelte'),
  () => import('./views/keys/Keys.svelte'),
  () => import('./views/lessons/Lessons.svelte'),
  () => import('./views/sessions/Sessions.svelte'),
  () => import('./views/sessions/SaveForms.svelte'),
  () => import('./views/bar/Switcher.svelte'),
  () => import('./views/sessions/OpeningNote.svelte'),
  () => import('./views/sessions/SavingNote.svelte'),
  () => import('./link/sessions/told-download.ts'),
  () => import('./link/file/recorded.ts'),
  () => import('@socket-playground/shared/problems.ts'),
  () => import('@socket-playground/shared/dissect/index.ts'),
];

const whenIdle = (work: () => Promise<void>): void => {
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in window) requestIdleCallback(() => void work());
  else setTimeout(() => void work());
};

/**
 * What cannot be fetched now is asked for again when it is needed.
 * The end of it is marked in the browser's timeline (W3C User Timing).
 */
export function prefetch(): void {
  whenIdle(async () => {
    await Promise.allSettled(parts.map((part) => part()));
    performance.mark('lazy parts fetched');
  });
}
