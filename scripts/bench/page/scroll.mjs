/** In the page: scrolls a screen a frame and counts frames. @param {number} forMs @returns {Promise<number>} */
export function scrollThrough(forMs) {
  const grid = document.querySelector('[role="grid"][aria-label="Packet log"]');
  return new Promise((resolve) => {
    let frames = 0;
    let begin = 0;
    requestAnimationFrame(function frame(now) {
      begin ||= now;
      if (now - begin >= forMs) return resolve((frames / (now - begin)) * 1000);
      frames += 1;
      grid?.scrollBy(0, grid.clientHeight);
      requestAnimationFrame(frame);
    });
  });
}
