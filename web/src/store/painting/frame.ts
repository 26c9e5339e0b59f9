/** Calls `work` once, in the next frame; where none comes, a moment later: a hidden tab has no frames. */
export type Scheduler = (work: () => void) => void;

const framelessMs = 250;

/** Asks for both at once: a tab that is hidden while it waits for a frame does not get that one either. */
export const nextFrame: Scheduler = (work) => {
  const once = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    work();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, framelessMs);
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
