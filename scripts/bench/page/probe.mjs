/** @typedef {{ atMs: number, stampMs: number }} Frame when it was drawn, by the wall clock, and the stamp of its newest row; 0: none yet */

/**
 * In the page: notes what each frame showed until `stopProbe` is called. In a flood the log draws its rows on a canvas, and
 * writes them into elements only now and then: what was drawn is read where the canvas is told to.
 */
export function startProbe() {
  const [nanosPerMilli, digits] = [1e6, /\d{19}/];
  /** @type {Frame[]} */
  const frames = [];
  const { port1, port2 } = new MessageChannel();
  const { prototype } = CanvasRenderingContext2D;
  const { fillText } = prototype;
  let sketchedMs = 0;
  prototype.fillText = function (text, ...place) {
    sketchedMs = Math.max(sketchedMs, stampIn(text));
    fillText.call(this, text, ...place);
  };
  const before = newestStamp();
  let going = true;
  const drawn = () => {
    const atMs = performance.timeOrigin + performance.now();
    const stampMs = Math.max(newestStamp(), sketchedMs);
    frames.push({ atMs, stampMs: stampMs === before ? 0 : stampMs });
    if (going) requestAnimationFrame(frame);
  };
  const frame = () => port2.postMessage(null);
  port1.addEventListener('message', drawn);
  port1.start();
  requestAnimationFrame(frame);
  Object.assign(window, {
    stopProbe: () => {
      going = false;
      prototype.fillText = fillText;
      return frames;
    },
  });

  /** The rows of the pool stand in any order: the newest has the highest index. */
  function newestStamp() {
    const rows = document.querySelectorAll('[role="grid"][aria-label="Packet log"] [role="row"]');
    let [highest, text] = [0, ''];
    for (const row of rows) {
      const index = Number(row.getAttribute('aria-rowindex'));
      if (index <= highest) continue;
      [highest, text] = [index, row.lastElementChild?.textContent ?? ''];
    }
    return stampIn(text);
  }

  /** @param {string} text */
  function stampIn(text) {
    return Number(digits.exec(text)?.[0] ?? 0) / nanosPerMilli;
  }
}
