/** What keys and the wheel do in the ladder, beside walking its rows. */
import { measures, zoomLimits } from './limits.ts';

interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const isChord = ({ ctrlKey, metaKey, altKey }: Pressed) => ctrlKey || metaKey || altKey;

/** How much closer a key goes, or everything at once; null for every other key. */
export function zoomOf(pressed: Pressed): number | 'fit' | null {
  if (isChord(pressed)) return null;
  switch (pressed.key) {
    case '+':
    case '=':
      return zoomLimits.step;
    case '-':
    case '_':
      return 1 / zoomLimits.step;
    case '0':
      return 'fit';
    default:
      return null;
  }
}

const panPx = 3 * measures.row;

/** Which way a key goes to the next lane that is not in view; null for every other key. */
export function asideOf(pressed: Pressed): 1 | -1 | null {
  if (isChord(pressed)) return null;
  if (pressed.key === 'ArrowLeft') return -1;
  return pressed.key === 'ArrowRight' ? 1 : null;
}

/** By how many px a key moves the view down; null for every other key. */
export function panOf(pressed: Pressed): number | null {
  if (isChord(pressed) || !pressed.shiftKey) return null;
  if (pressed.key === 'ArrowUp') return -panPx;
  return pressed.key === 'ArrowDown' ? panPx : null;
}

type Turned =
  | { readonly is: 'zoom'; readonly factor: number }
  | { readonly is: 'pan'; readonly down: number; readonly right: number };

/** Px of the wheel that look twice as close. */
const doublePx = 120;

/** The wheel moves the view; with Ctrl, as a pinch says it too, it zooms; with Shift it moves sideways. */
export function turnOf(event: WheelEvent): Turned {
  const line = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? measures.row : 1;
  const [right, down] = [event.deltaX * line, event.deltaY * line];
  if (event.ctrlKey || event.metaKey) return { is: 'zoom', factor: 2 ** (-down / doublePx) };
  return event.shiftKey ? { is: 'pan', down: 0, right: right + down } : { is: 'pan', down, right };
}
