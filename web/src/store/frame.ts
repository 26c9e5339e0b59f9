/** Calls `work` once, in the next frame; in a hidden tab, which has no frames, a moment later. */
export type Scheduler = (work: () => void) => void;

const hiddenMs = 250;

export const nextFrame: Scheduler = (work) => {
  if (document.hidden) setTimeout(work, hiddenMs);
  else requestAnimationFrame(() => work());
};

/** However often it is called, `work` runs at most once a frame. */
export function oncePerFrame(work: () => void, schedule: Scheduler): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    schedule(() => {
      waiting = false;
      work();
    });
  };
}
