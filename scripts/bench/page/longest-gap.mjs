/** In the page: notes the longest time between two frames, in ms, until `stopGaps` is called. */
export function startGaps() {
  let [longest, before] = [0, performance.now()];
  let going = true;
  requestAnimationFrame(function frame(now) {
    longest = Math.max(longest, now - before);
    before = now;
    if (going) requestAnimationFrame(frame);
  });
  Object.assign(window, {
    stopGaps: () => {
      going = false;
      return longest;
    },
  });
}

/** In the page: the longest gap. @returns {number} ms */
export const stopGaps = () => /** @type {{ stopGaps(): number }} */ (Object(window)).stopGaps();

/** In the page: whether the log has so many rows. @param {number} rows */
export const hasRows = (rows) =>
  Number(document.querySelector('[aria-label="Packet log"]')?.getAttribute('aria-rowcount')) >= rows;
