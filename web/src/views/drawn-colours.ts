/** The page's colours for what is drawn on a canvas, which knows no custom properties, and when they change. */

const dark = '(prefers-color-scheme: dark)';
const forced = '(forced-colors: active)';

/** A colour as it is now: of a token, or in high contrast, where only the system's own may be used, of its name. */
export type ColourOf = (token: `--${string}`, system: string) => string;

/** What `read` makes of the colours at this element. */
export function coloursAt<Colours>(element: HTMLElement, read: (colourOf: ColourOf) => Colours): Colours {
  const probe = document.createElement('i');
  probe.style.setProperty('forced-color-adjust', 'none');
  element.after(probe);
  const isForced = matchMedia(forced).matches;
  const colours = read((token, system) => {
    probe.style.color = isForced ? system : `var(${token})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return colours;
}

/** Calls `changed` whenever they may be others. Returns what ends that. */
export function watchColours(changed: () => void): () => void {
  const queries = [dark, forced].map((query) => matchMedia(query));
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  for (const query of queries) query.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener('change', changed);
  };
}
