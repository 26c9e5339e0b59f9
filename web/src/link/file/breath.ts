/** Long work in the page's own thread, with turns for the page in between. */
const workMs = 8;

/** Settles when everything that waited for the page has had its turn. Not a timer: those are slowed down in hidden tabs. */
function pageTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** To be awaited again and again during work: gives the page its turn once enough of a frame is used up. */
export class Breath {
  #since = performance.now();

  async take(): Promise<void> {
    if (performance.now() - this.#since < workMs) return;
    await pageTurn();
    this.#since = performance.now();
  }
}
