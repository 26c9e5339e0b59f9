/** What the graph is drawn with. */
import { coloursAt } from '../drawn-colours.ts';

export const graphColours = (element: HTMLElement) =>
  coloursAt(element, (colourOf) => ({
    toServer: colourOf('--to-server', 'CanvasText'),
    toClient: colourOf('--to-client', 'LinkText'),
    level: colourOf('--ink-2', 'CanvasText'),
    label: colourOf('--ink-3', 'CanvasText'),
    line: colourOf('--line-2', 'color-mix(in srgb, GrayText 45%, Canvas)'),
    missing: colourOf('--trouble', 'GrayText'),
    selected: colourOf('--accent', 'Highlight'),
  }));

export type Colours = Readonly<ReturnType<typeof graphColours>>;
