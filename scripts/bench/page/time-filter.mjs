/**
 * In the page: writes the word and waits for the frame that has drawn what it finds.
 *
 * @param {{ word: string, matches: number | null }} wanted null: whatever is there two frames later
 * @returns {Promise<number>} milliseconds
 */
export async function timeFilter({ word: text, matches }) {
  const input = document.querySelector('input[aria-label="Filter"]');
  const grid = document.querySelector('[role="grid"][aria-label="Packet log"]');
  if (!(input instanceof HTMLInputElement) || grid === null) throw new Error('there is no log');
  const drawn = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', resolve);
        port1.start();
        port2.postMessage(null);
      });
    });
  await drawn();
  const begin = performance.now();
  input.value = text;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  const counts = () => Number(grid.getAttribute('aria-rowcount')) - 1;
  do await drawn();
  while (matches !== null && counts() !== matches && performance.now() - begin < 30_000);
  if (matches !== null && counts() !== matches) throw new Error(`${String(counts())} rows match in the page`);
  return performance.now() - begin;
}
