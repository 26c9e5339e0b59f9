/** In the page: pans the timeline half a screen a frame, up and down, and counts frames. @param {number} forMs @returns {Promise<number>} */
export function panThrough(forMs) {
  const grid = document.querySelector('[role="grid"][aria-label="Timeline"]');
  const swingMs = 500;
  return new Promise((resolve) => {
    let frames = 0;
    let begin = 0;
    requestAnimationFrame(function frame(now) {
      begin ||= now;
      if (now - begin >= forMs) return resolve((frames / (now - begin)) * 1000);
      frames += 1;
      const way = Math.floor((now - begin) / swingMs) % 2 === 0 ? -1 : 1;
      const deltaY = (way * (grid?.clientHeight ?? 0)) / 2;
      grid?.dispatchEvent(new WheelEvent('wheel', { deltaY, bubbles: true, cancelable: true }));
      requestAnimationFrame(frame);
    });
  });
}
