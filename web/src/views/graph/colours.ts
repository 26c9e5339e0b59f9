/** The page's colours for what is drawn on a canvas, which knows no custom properties. */
const tokens = {
  toServer: '--to-server',
  toClient: '--to-client',
  level: '--ink-2',
  label: '--ink-3',
  line: '--line-2',
  missing: '--trouble',
  selected: '--accent',
} as const;
type Name = keyof typeof tokens;
export type Colours = Readonly<Record<Name, string>>;

/** In high contrast only the system's own colours may be used. */
const systemColours = {
  toServer: 'CanvasText',
  toClient: 'LinkText',
  level: 'CanvasText',
  label: 'CanvasText',
  line: 'color-mix(in srgb, GrayText 45%, Canvas)',
  missing: 'GrayText',
  selected: 'Highlight',
} as const satisfies Record<Name, string>;

const forced = '(forced-colors: active)';

/** The colours as they are at this element now. */
export function coloursAt(element: HTMLElement): Colours {
  const probe = document.createElement('i');
  probe.style.setProperty('forced-color-adjust', 'none');
  element.append(probe);
  const isForced = matchMedia(forced).matches;
  const colourOf = (name: Name): string => {
    probe.style.color = isForced ? systemColours[name] : `var(${tokens[name]})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    toServer: colourOf('toServer'),
    toClient: colourOf('toClient'),
    level: colourOf('level'),
    label: colourOf('label'),
    line: colourOf('line'),
    missing: colourOf('missing'),
    selected: colourOf('selected'),
  };
  probe.remove();
  return colours;
}

/** Calls `changed` whenever the theme may be another one. Returns what ends that. */
export function watchTheme(changed: () => void): () => void {
  const queries = ['(prefers-color-scheme: dark)', forced].map((query) => matchMedia(query));
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  for (const query of queries) query.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener('change', changed);
  };
}
