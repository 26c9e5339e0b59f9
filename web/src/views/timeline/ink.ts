/** The colours and faces a canvas draws with, read from the page's tokens: both themes, and high contrast. */
import type { Tone } from './shapes.ts';

export interface Ink extends Readonly<Record<Tone, string>> {
  readonly paper: string;
  readonly band: string;
  readonly hair: string;
  readonly lane: string;
  readonly selected: string;
  /** Around what is selected. */
  readonly edge: string;
  /** Font families. */
  readonly words: string;
  readonly bytes: string;
}

type Colour = Exclude<keyof Ink, 'words' | 'bytes'>;

const tokens: Readonly<Record<Colour, string>> = {
  ...{ paper: '--paper-0', band: '--paper-2', hair: '--line-1', lane: '--line-3', selected: '--accent-16' },
  edge: '--accent-16',
  ...{ ink: '--ink-1', word: '--ink-2', quiet: '--ink-3', accent: '--accent', trouble: '--trouble' },
  ...{ go: '--to-server', back: '--to-client' },
};

/** High contrast leaves few colours: shapes and words carry the rest. */
const forced: Readonly<Record<Colour, string>> = {
  ...{ paper: 'Canvas', band: 'Canvas', lane: 'CanvasText', selected: 'Canvas' },
  ...{ hair: 'color-mix(in srgb, GrayText 45%, Canvas)', edge: 'Highlight' },
  ...{
    ink: 'CanvasText',
    word: 'CanvasText',
    quiet: 'CanvasText',
    accent: 'Highlight',
    trouble: 'CanvasText',
  },
  ...{ go: 'CanvasText', back: 'LinkText' },
};

/** Reads them at an element; again whenever the theme changes. */
export function inkAt(element: HTMLElement): Ink {
  const style = getComputedStyle(element);
  const isForced = matchMedia('(forced-colors: active)').matches;
  const probe = document.createElement('span');
  element.after(probe);
  probe.style.setProperty('forced-color-adjust', 'none');
  const read = (colour: Colour) => {
    probe.style.color = isForced ? forced[colour] : `var(${tokens[colour]})`;
    return getComputedStyle(probe).color;
  };
  const ink: Ink = {
    ...{ paper: read('paper'), band: read('band'), hair: read('hair'), lane: read('lane') },
    ...{
      selected: read('selected'),
      edge: read('edge'),
      ink: read('ink'),
      word: read('word'),
      quiet: read('quiet'),
    },
    ...{ accent: read('accent'), trouble: read('trouble'), go: read('go'), back: read('back') },
    words: style.getPropertyValue('--words'),
    bytes: style.getPropertyValue('--bytes'),
  };
  probe.remove();
  return ink;
}

/** Calls back whenever colours may have changed; returns how to stop. */
export function onNewInk(changed: () => void): () => void {
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) =>
    matchMedia(query),
  );
  for (const query of queries) query.addEventListener('change', changed);
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener('change', changed);
  };
}
