/** In the page, before its own scripts: counts the gaps it is told of. */
export function countGaps() {
  const seen = { gaps: 0 };
  Object.assign(window, { seen });
  window.WebSocket = class extends WebSocket {
    /** @param {ConstructorParameters<typeof WebSocket>} args */
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({ data }) => {
        if (typeof data === 'string' && data.startsWith('{"type":"gap"')) seen.gaps += 1;
      });
    }
  };
}
