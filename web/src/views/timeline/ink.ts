/** The colours and faces the ladder is drawn with, in both themes and high contrast. */
import { coloursAt } from '../drawn-colours.ts';
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

/** High contrast leaves few colours: shapes and words carry the rest. */
export function inkAt(element: HTMLElement): Ink {
  const style = getComputedStyle(element);
  return coloursAt(element, (colourOf) => ({
    paper: colourOf('--paper-0', 'Canvas'),
    band: colourOf('--paper-2', 'Canvas'),
    hair: colourOf('--line-1', 'color-mix(in srgb, GrayText 45%, Canvas)'),
    lane: colourOf('--line-3', 'CanvasText'),
    selected: colourOf('--accent-16', 'Canvas'),
    edge: colourOf('--accent-16', 'Highlight'),
    ink: colourOf('--ink-1', 'CanvasText'),
    word: colourOf('--ink-2', 'CanvasText'),
    quiet: colourOf('--ink-3', 'CanvasText'),
    accent: colourOf('--accent', 'Highlight'),
    trouble: colourOf('--trouble', 'CanvasText'),
    go: colourOf('--to-server', 'CanvasText'),
    back: colourOf('--to-client', 'LinkText'),
    words: style.getPropertyValue('--words'),
    bytes: style.getPropertyValue('--bytes'),
  }));
}
